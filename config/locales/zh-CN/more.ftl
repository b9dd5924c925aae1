more-here = 接着看：
more-none = 没有别的了。
