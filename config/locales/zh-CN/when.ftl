when-ask-anything = 想约什么、什么时候？回“周五 16:00 分数教学研讨”这样就行。
when-ask-when = “{ $title }”安排在什么时候？回“周五 16:00”这样就行。
when-ask-day = 哪一天？回“周五”或“12月4日”都行。
when-ask-weekday = 每周的哪一天？回“周三”这样就行。
when-ask-month = 是几月？回“12月3日”这样就行。
when-ask-several_days = 这里说了好几天。请回一个日子，比如“周五”；要重复就说“每周五”。
when-ask-date_order = 这个日期有两种读法。请回“12月3日”这样的写法。
when-ask-term = 还不知道学期从哪天开始，数不出是第几周。请直接回“12月4日”这样的日期。
when-ask-arrangement = 那一年的放假安排还没公布，算不出是哪天。请回一个确切的日期。
when-ask-contradiction = “{ $words }”放在一起对不上。请把时间重新说一遍，比如“周五 16:00”。
when-ask-clock = 几点开始？回“16:00”这样就行。
when-ask-clock-on = { $day } 几点开始？回“16:00”这样就行。
when-ask-hour = 具体几点开始？回“15:30”这样就行。
when-ask-hour-on = { $day } 具体几点开始？回“15:30”这样就行。
when-ask-half = 是上午还是下午？回“下午3点”这样就行。
when-ask-half-on = { $day } 是上午还是下午？回“下午3点”这样就行。
when-ask-midnight = 半夜的时间容易差一天。请回日期和钟点，比如“12月4日 0:00”。
when-ask-bell = 还没有你们的作息表，“{ $period }”是几点？回“15:10”这样就行，我记住后不再问。
when-ask-past = 这个时间已经过去了。改到什么时候？
when-ask-bad_time = 没有这样的日期或钟点。是什么时候？回“周五 16:00”这样就行。
when-ask-zone = 我按{ $zone }读时间。请换成{ $zone }的钟点再说一遍。
when-ask-unread = “{ $words }”我没读懂，不敢猜。请换个说法，比如“周五 16:00”。
when-ask-unread-series = “{ $words }”我没读懂，不敢猜。请换个说法，比如“每周五 16:00 到第20周”。
when-ask-title = 时间看懂了。这次谈什么？回一个名称就行。
when-ask-too_long = 太长了，我读不过来。请用一句话说清什么时候、谈什么。
when-loose = “{ $words }”还说得不够准。
when-period = { $half ->
    [afternoon] 下午第{ $chinese }节
    [evening] 晚上第{ $chinese }节
   *[day] 第{ $chinese }节
}
when-zone = { $zone ->
    [Asia-Shanghai] 北京时间
    [Asia-Urumqi] 新疆时间
    [Asia-Hong_Kong] 香港时间
    [Asia-Macau] 澳门时间
    [Asia-Taipei] 台北时间
    [Asia-Singapore] 新加坡时间
    [Europe-London] 伦敦时间
    [America-New_York] 纽约时间
   *[other] { $city } 时间
}
