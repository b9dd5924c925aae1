schedule-menu-schedule = 约一次研讨，或固定的例会
schedule-help-schedule =
    说清时间和主题就行：/schedule 周五 16:00 分数教学研讨
    也可以重复：/schedule 每双周周五 16:00 读书会 直到第20周
    要限人数，加上“限20人”；要写地点，在最后加“@201会议室”。
    我先把读成的日期给你看，点了“就这样”才算数。老师们都可以提，由负责人来定。
schedule-leader-confirms = 谢谢你提议。负责人点过“就这样”就定下来了。
schedule-too-late = 这个时间已经过去了，请点“改”换一个。
schedule-told = “{ $title }”定下了，会告诉大家。
schedule-posted = “{ $title }”定下了，已经发到群里。
schedule-series = 定下了，共 { $count } 场，发“日程”看全部。下一场：
schedule-redo = “{ $title }”怎么改？回新的时间，比如“周四 15:00”；要换名称或地点，回“名称：分数备课”“@202教室”这样。
schedule-dropped = “{ $title }”不约了。
schedule-sent = “{ $title }”已发到群里，等负责人定。
schedule-log-bell =
    作息表：{ $half ->
        [afternoon] 下午第
        [evening] 晚上第
       *[day] 第
    } { $number } 节从 { $time } 开始
schedule-log-fixed = 定下研讨“{ $title }”
