schedule-menu-schedule = Arrange a discussion, once or regularly
schedule-help-schedule =
    Say when and what about: /schedule Friday 16:00 Fractions workshop
    It may repeat: /schedule every Wednesday 15:30 Team meeting until week 20
    For a limit add “20 seats”; for a place end with “@Room 201”.
    I first show the dates as I read them; they count once “That’s right” is pressed. Everybody may propose, a leader confirms.
schedule-leader-confirms = Thank you for proposing. It is settled once a leader presses “That’s right”.
schedule-too-late = That time has passed. Please press “Change”.
schedule-told = “{ $title }” is settled; everybody will be told.
schedule-posted = “{ $title }” is settled and posted in the group.
schedule-series = Settled: { $count } meetings, send “agenda” to see them all. The next one:
schedule-redo = What shall change about “{ $title }”? A new time such as “Thursday 15:00” will do; for another name or place, “name: Fractions” or “@Room 202”.
schedule-dropped = “{ $title }” is dropped.
schedule-sent = “{ $title }” is in the group now, waiting for a leader.
schedule-log-bell =
    Timetable: { $half ->
        [afternoon] afternoon period
        [evening] evening period
       *[day] period
    } { $number } begins at { $time }
schedule-log-fixed = settled the discussion “{ $title }”
