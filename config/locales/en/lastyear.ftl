lastyear-same-week = Shared in week { $week } last year:
lastyear-open = Open
lastyear-no-more = Not this year
lastyear-silenced = All right, no more of these this school year. The library still has them.
lastyear-log-silenced = silenced “this week last year” for this school year
