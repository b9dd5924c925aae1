setup-menu-setup = Set up this group
setup-help-setup =
    The owner or an administrator sends /setup in the group and taps a few buttons: language, time zone, first day of term, quiet hours. Every step can be skipped, and changed later.
    Example: /setup
setup-in-group = Setting up is done in your teachers’ group: add me there, and let the owner or an administrator send /setup.
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
setup-other = Type it
setup-skip = Skip
setup-done = “{ $community }” is set up.
setup-leaders = Leader: { $names }
setup-next = Teachers can tap “Join” below to take part. Joining is voluntary, and you can leave at any time. To change settings, send /setup again.
setup-join = Join
setup-prompt = Weekly reflection prompt
setup-log-leader = began to lead
setup-log-language = changed the group’s language to { $language ->
    [en] English
   *[other] 中文
}
setup-log-zone = changed the time zone to { $city }
setup-log-term = changed the first day of term to { $day }
setup-log-quiet = changed the quiet hours to { $begin }–{ $end }
setup-log-name = changed the name to “{ $name }”
setup-unnamed = Our teaching group
setup-nameless = The group’s name cannot be seen here, so I call it “{ $name }”. To change that, send “setup Grade 3 Maths”, for example.
