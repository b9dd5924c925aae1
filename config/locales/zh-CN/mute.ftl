mute-menu-mute = 我的静音时间
mute-help-mute =
    静音时，提醒和反思提示不会发给你，别人也不会知道。
    例：/mute 3天，/mute 到12月20日；发 /mute off 恢复。
mute-now = 你的提醒停到 { $until }。
mute-not = 你现在没有静音。静音后，提醒和反思提示先不发给你，别人不会知道。要停多久？
mute-days = { $days } 天
mute-other = 到某一天
mute-stop = 取消静音
mute-until-when = 停到哪一天？请回复日期，例如：12月20日。
mute-unknown = “{ $words }”是哪一天我还不知道。请回复一个日期，例如：1月20日。
mute-past = { $day }已经过了。请回复一个以后的日期。
mute-too-long = 最长可以停一年。请回复一个近一点的日期。
mute-until = 好。你的提醒和反思提示停到 { $until }。想早点恢复，发 /mute off。
mute-through = 好。你的提醒和反思提示停到 { $day }，包括这一天。想早点恢复，发 /mute off。
mute-ended = 好，提醒恢复了。
mute-was-not = 你现在没有静音，提醒照常。
