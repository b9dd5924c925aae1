join-menu-join = Join this group’s community
join-menu-leave = Leave, without anybody being told
join-help-join =
    Send /join in your teachers’ group. Joining is voluntary; there are no duties and no rankings, and you can leave at any time.
    Example: /join
join-help-leave =
    Send /leave and you are out; nobody else is told. What you wrote for yourself stays, and you can take it along or erase it with /mydata.
    Example: /leave
join-already = You are already in “{ $community }”.
join-here = You are already in.
join-welcome = Welcome, { $name }.
join-seen = What you share in the group, everybody sees; reflections you write are yours alone unless you share them. Open our private chat for reminders and reflections.
join-talk = Open private chat
join-short = { $name } has joined; going on.
join-no-codes = Join codes aren’t available yet. Please send /join in your teachers’ group.
join-elsewhere = You are in “{ $community }”. To join another, please send /join in that group.
join-in-group = Please send /join in your teachers’ group; one tap and you are in.
join-not-in = You aren’t in the community, so there is nothing to leave. Send /join whenever you like.
join-left = You have left “{ $community }”; nobody was told. What you wrote for yourself is still here: take it along or erase it with /mydata. To come back, send /join in the group.
join-left-short = All right.
join-last-leader = You are the only leader of “{ $community }”. Please ask somebody to take over before you leave.
join-name-leader = Choose a leader
join-nameless = Only your account shows here. Send “me Ms Wang”, for example, and I call you that.
