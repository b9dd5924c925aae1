lastyear-same-week = 去年第{ $week }周，大家分享过这些：
lastyear-open = 打开
lastyear-no-more = 今年不用提醒
lastyear-silenced = 好，这个学年不再提醒。资料库里一直能看到。
lastyear-log-silenced = 让“去年这一周”本学年不再提醒
