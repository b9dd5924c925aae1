more-here = 接着看：
