meeting-day = { $month }月{ $day }日
meeting-day-of-week = 第{ $week }周 { $day }
meeting-weekday = { $number ->
    [0] 周一
    [1] 周二
    [2] 周三
    [3] 周四
    [4] 周五
    [5] 周六
   *[6] 周日
}
meeting-holiday-new-year = 元旦
meeting-holiday-spring = 春节
meeting-holiday-tomb-sweeping = 清明节
meeting-holiday-labour = 劳动节
meeting-holiday-dragon-boat = 端午节
meeting-holiday-mid-autumn = 中秋节
meeting-holiday-national = 国庆节
meeting-holiday-other = 放假的日子
meeting-when = { $start }
meeting-when-long = { $start }，{ $minutes } 分钟
meeting-read = 我读成这样，请看一眼：<b>{ $title }</b>
meeting-read-when = { $when }
meeting-read-series = 我读成这样，请看一眼：<b>{ $title }</b>，{ $dates }。
meeting-same-weekday = { $days }，都是{ $weekday } { $time }（{ $zone }）
meeting-weekdays = { $days }，都是 { $time }（{ $zone }）
meeting-and-more = { $dates }；往后照此，共 { $count } 场，最后一场 { $last }
meeting-place = 地点：{ $place }
meeting-seats = 限 { $seats } 人，满了自动候补。
meeting-off-skipped = 其中 { $day }是{ $name }，这一场默认不开。
meeting-off-kept = 其中 { $day }是{ $name }，这一场照常开。
meeting-off-moved = 其中 { $day }是{ $name }，这一场挪到 { $to }。
meeting-off-waiting = 其中 { $day }是{ $name }，下一个工作日要等放假调休安排公布才知道，这一场先标“待定”，到时候问你。
meeting-off-single = 请留意，{ $day }是{ $name }。
meeting-make-up = { $day }{ $weekday }是调休上课的日子，照常开。
meeting-unpublished = { $years } 年的放假调休安排我手里还没有，{ $days }先标“待定”，拿到安排后会再问你。
meeting-unpublished-many = { $years } 年的放假调休安排我手里还没有，{ $days }等几场先标“待定”，拿到安排后会再问你。
meeting-clash = 和 { $when } 的“{ $title }”时间重叠了，请看看要不要错开。
meeting-clash-more = 和 { $when } 的“{ $title }”时间重叠了，另外还有 { $more } 场重叠，请看看要不要错开。
meeting-leader-confirms = 请负责人看过后点“就这样”，定下来才算数。
meeting-too-late = 这个时间已经过去了，请重新约一次。
meeting-fixed-already = 这一条已经定下来了。
meeting-button-fix = 就这样
meeting-button-redo = 改
meeting-button-drop-schedule = 不约了
meeting-button-drop-move = 不改了
meeting-button-send = 请负责人定
meeting-button-next = { $name }那场挪到下一个工作日
meeting-button-on = 照常开
meeting-title = <b>{ $title }</b>
meeting-line-on = { $when }
meeting-line-moved = { $when }（已改期）
meeting-line-held = { $when }（待定，等放假安排）
meeting-line-off = { $when }（放假，不开）
meeting-line-cancelled = { $when }（已取消）
meeting-coming = 来的有 { $count } 位：{ $names }
meeting-maybe = 还没定的有 { $count } 位
meeting-seats-left = 还有 { $count } 个名额
meeting-just-full = 名额已满，再报名会排在候补
meeting-full = 名额已满，候补 { $waiting } 位
meeting-outcome = 小结：{ $outcome }
meeting-button-yes = 参加
meeting-button-maybe = 不确定
meeting-button-no = 不能
meeting-button-remind = 到时提醒我
meeting-button-file = 加到日历
meeting-button-newest = 看最新
meeting-changed-one = “{ $title }”改期了：原定 { $old }，改到 { $new }。你之前答过，来不了的话点一下下面的按钮。
meeting-changed-series = “{ $title }”整个改期了，下一场是 { $new }。你之前答过，来不了的话点一下下面的按钮。
meeting-cancelled-one = “{ $title }”{ $old } 这一场取消了。
meeting-cancelled-series = “{ $title }”这个系列取消了，原定的下一场 { $old } 也不开了。
meeting-choice = { $title }，{ $when }
meeting-moves-one = “{ $title }”原定 { $old }。
meeting-moves-series = “{ $title }”整个系列改期，从 { $old } 那一场起。
meeting-moved-up = { $when } 的“{ $title }”有人让出了名额，轮到你了。来不了的话，点群里那条的“不能”。
meeting-how-to-answer = 要定下来，点“就这样”；要改，回新的时间，或点“改”。
