when-ask-anything = What shall we meet about, and when? For example: “Friday 16:00 Fractions workshop”.
when-ask-when = When should “{ $title }” be? For example: “Friday 16:00”.
when-ask-day = Which day? “Friday” or “4 December” will do.
when-ask-weekday = Which day of the week? “Wednesday” will do.
when-ask-month = Which month? “3 December” will do.
when-ask-several_days = That names several days. Please give one, such as “Friday”; to repeat it, say “every Friday”.
when-ask-date_order = That date can be read two ways. Please write it like “3 December”.
when-ask-term = I don’t know when the term began, so I can’t count its weeks. Please give a date such as “4 December”.
when-ask-arrangement = The days off of that year are not published yet, so I can’t tell the day. Please give a date.
when-ask-contradiction = “{ $words }” don’t fit together. Please say the time once more, such as “Friday 16:00”.
when-ask-clock = At what time? “16:00” will do.
when-ask-clock-on = { $day }: at what time? “16:00” will do.
when-ask-hour = At what time exactly? “15:30” will do.
when-ask-hour-on = { $day }: at what time exactly? “15:30” will do.
when-ask-half = Morning or afternoon? “3 pm” will do.
when-ask-half-on = { $day }: morning or afternoon? “3 pm” will do.
when-ask-midnight = Around midnight it is easy to be a day off. Please give date and time, such as “4 December 0:00”.
when-ask-bell = I don’t have your timetable yet. When does { $period } begin? “15:10” will do; I’ll remember it.
when-ask-past = That time has passed. When shall it be instead?
when-ask-bad_time = There is no such date or time. When shall it be? “Friday 16:00” will do.
when-ask-zone = I read times as { $zone }. Please say it in { $zone }.
when-ask-unread = I couldn’t read “{ $words }” and won’t guess. Please say it another way, such as “Friday 16:00”.
when-ask-unread-series = I couldn’t read “{ $words }” and won’t guess. Please say it another way, such as “every Friday 16:00 until week 20”.
when-ask-title = I have the time. What is it about? A name will do.
when-ask-too_long = That is too long for me. Please say in one sentence what it is about, and when.
when-loose = “{ $words }” isn’t exact enough yet.
when-period = { $half ->
    [afternoon] afternoon period { $number }
    [evening] evening period { $number }
   *[day] period { $number }
}
when-zone = { $zone ->
    [Asia-Shanghai] Beijing time
    [Asia-Urumqi] Xinjiang time
    [Asia-Hong_Kong] Hong Kong time
    [Asia-Macau] Macau time
    [Asia-Taipei] Taipei time
    [Asia-Singapore] Singapore time
    [Europe-London] London time
    [America-New_York] New York time
   *[other] { $city } time
}
