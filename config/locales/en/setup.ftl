setup-menu-setup = Set up this group, or a community without one
setup-help-setup =
    The owner or an administrator sends /setup in the group and taps a few buttons: language, time zone, first day of term, quiet hours, a weekly reflection question. Every step can be skipped, and changed later.
    It works without a group too: send me “/setup NAME” in private and you lead it; teachers join by code and get its posts in private.
    Example: /setup
    Example: /setup South Side Readers
setup-found-sure = To found a community called “{ $name }”, send “/setup { $name }”.
setup-in-group =
    With a teachers’ group, setting up is done there: add me, and let the owner or an administrator send /setup in the group.
    It works without a group too: send “/setup NAME” here, for example “/setup South Side Readers”. You will lead it, and teachers join by code.
setup-founded = “{ $community }” is there, and you lead it. Every step below can be skipped.
setup-name-length = A name has 1 to { $most } characters.
setup-next-code =
    The join code: { $code }. Teachers send me “join { $code }” in private. Joining is voluntary, and they can leave at any time.
    For another code, or to link a group, send /link. To change settings, send /setup again.
setup-admins-only = Setting up is for the group’s owner or an administrator. You could ask one of them to send /setup here.
setup-anonymous = You are writing anonymously. Please turn off “Remain anonymous” and press a button; whoever presses becomes the leader.
setup-step = { $number }/{ $of } { $question }
setup-language = Which language should the group use?
setup-language-now = Language: { $language ->
    [en] English
   *[other] 中文
}
setup-language-name = { $language ->
    [en] English
   *[other] 中文
}
setup-zone = Which time zone are you in?
setup-zone-now = Time zone: { $city }
setup-zone-name = { $city }
setup-zone-ask = Please reply to this message with a city, for example: Tokyo.
setup-zone-unknown = I don’t know where “{ $words }” is. Please name a larger city nearby, for example: Tokyo.
setup-term = What is the first day of term?
setup-term-name = { $day }
setup-term-none = Term: not set yet
setup-term-now = Term: from { $day }; { $passed }
setup-term-week = today is in week { $number }
setup-term-outside = today is outside term
setup-term-ask = Please reply to this message with the first day of term, for example: 31 Aug.
setup-term-unknown = I couldn’t read “{ $words }” as a date. Please write it like “31 Aug” or “2026-08-31”.
setup-quiet = When should I leave everybody in peace?
setup-quiet-name = { $span }
setup-quiet-now = Quiet hours: { $begin }–{ $end }; I don’t speak up by myself then
setup-quiet-ask = Please reply to this message with from and to, for example: 21:00-7:00.
setup-quiet-unknown = I couldn’t read “{ $words }” as a span of time. Please write it like “21:00-7:00”.
setup-prompt = Shall I ask everybody one reflection question a week?
setup-prompt-now = Weekly reflection question: { setup-weekday } { $time }
setup-prompt-none = Weekly reflection question: not asked at present
setup-prompt-name = { setup-weekday } { $time }
setup-prompt-not = Not yet
setup-prompt-ask = Please reply to this message with a day and a time, for example: Friday 16:50.
setup-prompt-unknown = I couldn’t read “{ $words }” as a day and a time. Please write it like “Friday 16:50”.
setup-weekday = { $weekday ->
    [0] Mon
    [1] Tue
    [2] Wed
    [3] Thu
    [4] Fri
    [5] Sat
   *[6] Sun
}
setup-other = Type it
setup-skip = Skip
setup-done = “{ $community }” is set up.
setup-leaders = Leader: { $names }
setup-next = Teachers can tap “Join” below to take part. Joining is voluntary, and you can leave at any time. To change settings, send /setup again.
setup-join = Join
setup-more-prompt = How reflection is asked
setup-log-leader = began to lead
setup-log-language = changed the group’s language to { $language ->
    [en] English
   *[other] 中文
}
setup-log-zone = changed the time zone to { $city }
setup-log-term = changed the first day of term to { $day }
setup-log-quiet = changed the quiet hours to { $begin }–{ $end }
setup-log-prompt = started the weekly reflection question: { setup-weekday } { $time }
setup-log-prompt-not = stopped the weekly reflection question
setup-log-name = changed the name to “{ $name }”
setup-unnamed = Our teaching group
setup-nameless = The group’s name cannot be seen here, so I call it “{ $name }”. To change that, send “setup Grade 3 Maths”, for example.
