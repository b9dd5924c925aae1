meeting-day = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
meeting-day-of-week = { $day } (week { $week })
meeting-weekday = { $number ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[6] Sunday
}
meeting-holiday-new-year = New Year
meeting-holiday-spring = Spring Festival
meeting-holiday-tomb-sweeping = Tomb-Sweeping Day
meeting-holiday-labour = Labour Day
meeting-holiday-dragon-boat = Dragon Boat Festival
meeting-holiday-mid-autumn = Mid-Autumn Festival
meeting-holiday-national = National Day
meeting-holiday-other = a day off
meeting-when = { $start }
meeting-when-long = { $start }, { $minutes } minutes
meeting-read = This is how I read it, please have a look: <b>{ $title }</b>
meeting-read-when = { $when }
meeting-read-series = This is how I read it, please have a look: <b>{ $title }</b>, { $dates }.
meeting-same-weekday = { $days }, always { $weekday } { $time } ({ $zone })
meeting-weekdays = { $days }, always at { $time } ({ $zone })
meeting-and-more = { $dates }; and so on, { $count } in all, the last on { $last }
meeting-place = Place: { $place }
meeting-seats = { $seats } seats, then a waiting list.
meeting-off-skipped = { $day } is { $name }: unless you say so, it is not held that day.
meeting-off-kept = { $day } is { $name }: it is held all the same.
meeting-off-moved = { $day } is { $name }: it moves to { $to }.
meeting-off-waiting = { $day } is { $name }. The next school day is known only when that year’s days off are published, so this one is on hold and I’ll ask you then.
meeting-off-single = Please note that { $day } is { $name }.
meeting-make-up = { $day } is a { $weekday }, but a make-up school day: it is held.
meeting-unpublished = I don’t have the days off of { $years } yet. { $days }: on hold for now, and I’ll ask you again when I do.
meeting-unpublished-many = I don’t have the days off of { $years } yet. { $days } and more: on hold for now, and I’ll ask you again when I do.
meeting-clash = It overlaps with “{ $title }” on { $when }. Please see whether that is all right.
meeting-clash-more = It overlaps with “{ $title }” on { $when } and { $more } more. Please see whether that is all right.
meeting-leader-confirms = A leader presses “That’s right”, and then it counts.
meeting-too-late = That time has passed. Please arrange it anew.
meeting-fixed-already = This one is settled already.
meeting-button-fix = That’s right
meeting-button-redo = Change
meeting-button-drop-schedule = Drop it
meeting-button-drop-move = Leave it
meeting-button-send = Ask a leader
meeting-button-next = Move the one on { $name } to the next school day
meeting-button-on = Hold it anyway
meeting-title = <b>{ $title }</b>
meeting-line-on = { $when }
meeting-line-moved = { $when } (new time)
meeting-line-held = { $when } (on hold until the days off are known)
meeting-line-off = { $when } (day off, not held)
meeting-line-cancelled = { $when } (cancelled)
meeting-coming = Coming ({ $count }): { $names }
meeting-maybe = Not sure yet: { $count }
meeting-seats-left = Seats left: { $count }
meeting-just-full = All seats are taken; who signs up now waits
meeting-full = All seats are taken; waiting: { $waiting }
meeting-outcome = Outcome: { $outcome }
meeting-button-yes = I’m coming
meeting-button-maybe = Not sure
meeting-button-no = I can’t
meeting-button-remind = Remind me
meeting-button-file = Add to calendar
meeting-button-newest = See the latest
meeting-changed-one = “{ $title }” has moved from { $old } to { $new }. You had answered; if you can’t make it, press a button below.
meeting-changed-series = “{ $title }” has a new time; the next is { $new }. You had answered; if you can’t make it, press a button below.
meeting-cancelled-one = “{ $title }” on { $old } is cancelled.
meeting-cancelled-series = The series “{ $title }” is cancelled; the next on { $old } is not held either.
meeting-choice = { $title }, { $when }
meeting-moves-one = “{ $title }” was to be on { $old }.
meeting-moves-series = The whole series “{ $title }” moves, from the one on { $old } on.
meeting-moved-up = A seat has come free at “{ $title }” on { $when }, and it is yours. If you can’t come, press “I can’t” in the group.
meeting-how-to-answer = To settle it, press “That’s right”; to change it, reply with another time, or press “Change”.
