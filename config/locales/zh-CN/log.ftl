log-menu-log = 谁改过什么
log-help-log =
    发 /log 看负责人改过哪些设置，大家都看得到。
    例：/log
log-title = 负责人改过的，新的在前：
log-line = { $day } { $who }：{ $what }
log-none = 还没有改过什么。
log-newer = 新一些
log-older = 早一些
log-someone = 一位老师
log-something = 改了一项设置
