calendar-menu-calendar = School calendar: term, days off, timetable
calendar-help-calendar =
    Send /calendar to see what is known. Send an .ics or .json file along to import it;
    correct a day or several: /calendar 31 December off, /calendar 10 October school, /calendar weeks 19-20 off;
    a bell: /calendar period 3 15:10.
calendar-term = Term began on { $start } and has { $weeks } weeks.
calendar-no-term = I don’t know when the term begins. /setup lets you tell me.
calendar-year-known = Days off of { $year }: known.
calendar-year-unknown = Days off of { $year }: not published, or I don’t have them yet. I know the statutory ones.
calendar-year-plain = { $year }: Monday to Friday count as school days; please tell me the days off.
calendar-own = { $day }: { $kind }{ $name }
calendar-own-name = { " " }({ $name })
calendar-own-more = And { $count } more days of your own.
calendar-kind-school = school
calendar-kind-make-up = make-up day
calendar-kind-off = day off
calendar-kind-weekend = weekend
calendar-bells = Timetable: { $bells }
calendar-bell = { $period } { $time }
calendar-how = If a day is wrong, send for example “/calendar 31 December off”.
calendar-button-import = Import a file
calendar-send = Please send me an .ics or .json file; in the group, as a reply to this.
calendar-wrong-file = I can only read .ics and .json files.
calendar-large = That file is too large; I don’t read more than 1 MB.
calendar-gone = I couldn’t fetch the file. Please send it again.
calendar-error-not-ics = That file doesn’t look like a calendar (.ics). Nothing has changed.
calendar-error-not-json = That file isn’t JSON I know. Nothing has changed.
calendar-error-bad-entry = I couldn’t read “{ $words }” in the file, so I used none of it.
calendar-error-empty = There isn’t a single day in that file.
calendar-error-not-text = That file isn’t text. Nothing has changed.
calendar-imported = Kept: { $off } days off and { $worked } school days, from { $first } to { $last }.
calendar-year-partly = Not all statutory days off of { $year } are in it, so I still take that year as not published.
calendar-days-kept = Noted: off from { $first } to { $last }.
calendar-day-kept = Noted: { $day }, { $kind }.
calendar-how-day = Please say which day, and off or school, such as “/calendar 31 December off”; for several days off, “/calendar 18 January to 20 February off”.
calendar-bell-kept = Noted: { $period } begins at { $time }.
calendar-no-such-time = There is no such period or time. Please write “/calendar period 3 15:10”.
calendar-log-days = Calendar: { $first } to { $last } is off
calendar-log-day = Calendar: { $day } is now { $kind ->
    [off] a day off
    [make_up] a make-up day
    [weekend] weekend
   *[school] a school day
}
calendar-log-import = Calendar: imported { $days } days
calendar-log-bell = Timetable: period { $period } begins at { $time }
