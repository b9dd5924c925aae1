setup-menu-setup = 设置这个群，或建一个没有群的共同体
setup-help-setup =
    群主或管理员在群里发 /setup，按几下按钮就好：语言、时区、开学日期、安静时间、每周反思题。每一步都可以跳过，以后也可以再改。
    没有群也可以：私聊我发“/setup 名字”，你就是负责人，老师们用加入码加入，消息到各自的私聊里。
    例：/setup
    例：/setup 城南语文共读
setup-found-sure = 要建一个叫“{ $name }”的共同体，请发“/setup { $name }”。
setup-in-group =
    有教研群的，设置要在你的教研群里做：把我加进群，由群主或管理员在群里发 /setup。
    没有群也可以：在这里发“/setup 名字”，例如“/setup 城南语文共读”。你就是负责人，老师们用加入码加入。
setup-founded = “{ $community }”建好了，你是负责人。下面几步都可以跳过。
setup-name-length = 名字请写 1 到 { $most } 个字。
setup-next-code =
    加入码：{ $code }。老师们私聊我发“加入 { $code }”就加入了，加入自愿，随时可以退出。
    要换加入码，或者连一个群，发 /link。要改设置，再发 /setup。
setup-admins-only = 设置由群主或管理员来做。可以请他们在群里发 /setup。
setup-anonymous = 你现在是匿名身份。请关掉“匿名发言”后按按钮，按的那位老师会成为负责人。
setup-step = { $number }/{ $of } { $question }
setup-language = 群里用哪种语言？
setup-language-now = 语言：{ $language ->
    [en] English
   *[other] 中文
}
setup-language-name = { $language ->
    [en] English
   *[other] 中文
}
setup-zone = 大家在哪个时区？
setup-zone-now = 时区：{ $city }时间
setup-zone-name = { $city }
setup-zone-ask = 请回复这条消息，写一个城市，例如：东京。
setup-zone-unknown = 我没认出“{ $words }”是哪里。请换一个附近的大城市，例如：东京。
setup-term = 学期第一天是哪天？
setup-term-name = { $day }
setup-term-none = 学期：还没有设
setup-term-now = 学期：{ $day }开学，{ $passed }
setup-term-week = 今天是第{ $number }周
setup-term-outside = 今天不在学期里
setup-term-ask = 请回复这条消息，写学期第一天，例如：8月31日。
setup-term-unknown = “{ $words }”我没读成日期。请写成“8月31日”或“2026-08-31”这样。
setup-quiet = 什么时候不打扰大家？
setup-quiet-name = { $span }
setup-quiet-now = 安静时间：{ $begin }–{ $end }，这段时间我不主动说话
setup-quiet-ask = 请回复这条消息，写从几点到几点，例如：21:00-7:00。
setup-quiet-unknown = “{ $words }”我没读成一段时间。请写成“21:00-7:00”这样。
setup-prompt = 每周问大家一个反思题吗？
setup-prompt-now = 每周反思题：{ setup-weekday } { $time }
setup-prompt-none = 每周反思题：现在没有在发
setup-prompt-name = { setup-weekday } { $time }
setup-prompt-not = 先不发
setup-prompt-ask = 请回复这条消息，写星期几和几点，例如：周五 16:50。
setup-prompt-unknown = “{ $words }”我没读成星期几几点。请写成“周五 16:50”这样。
setup-weekday = { $weekday ->
    [0] 周一
    [1] 周二
    [2] 周三
    [3] 周四
    [4] 周五
    [5] 周六
   *[6] 周日
}
setup-other = 自己写
setup-skip = 跳过
setup-done = “{ $community }”设置好了。
setup-leaders = 负责人：{ $names }
setup-next = 老师们按下面的“加入”就能一起用，加入自愿，随时可以退出。要改设置，再发 /setup。
setup-join = 加入
setup-more-prompt = 反思题怎么问
setup-log-leader = 开始做负责人
setup-log-language = 群里的语言改为{ $language ->
    [en] English
   *[other] 中文
}
setup-log-zone = 时区改为{ $city }时间
setup-log-term = 学期第一天改为{ $day }
setup-log-quiet = 安静时间改为 { $begin }–{ $end }
setup-log-prompt = 开始发每周反思题：{ setup-weekday } { $time }
setup-log-prompt-not = 停发每周反思题
setup-log-name = 名字改为“{ $name }”
setup-unnamed = 我们的教研组
setup-nameless = 这里看不到群名，先叫“{ $name }”。要换，发“设置 三年级数学教研组”这样。
