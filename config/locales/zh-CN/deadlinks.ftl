deadlinks-question = 你分享的“{ $title }”（{ $week }）这两晚都打不开了。要怎么办？
deadlinks-new = 换链接
deadlinks-keep = 先留着
deadlinks-ask = 请回复“{ $title }”现在能打开的链接。
deadlinks-no-link = 还没看到链接。发来就换；不换了回“算了”。
deadlinks-there-already = 这个链接资料库里已经有一条了。可以把打不开的这条移除。
deadlinks-changed = 换好了：{ $title }
deadlinks-kept = 好，“{ $title }”先留着，不再问了。
