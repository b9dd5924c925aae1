join-menu-join = Join a community
join-menu-leave = Leave, without anybody being told
join-help-join =
    Send /join in your teachers’ group. If you are not in the group, ask a leader for the join code and send me “join CODE” in private; everybody’s posts then come to you there. Joining is voluntary; there are no duties and no rankings, and you can leave at any time.
    Example: /join
    Example: join K7M2PX
join-help-leave =
    Send /leave and you are out; nobody else is told. What you wrote for yourself stays, and you can take it along or erase it with /mydata.
    Example: /leave
join-already = You are already in “{ $community }”.
join-here = You are already in.
join-welcome = Welcome, { $name }.
join-seen = What you share in the group, everybody sees; reflections you write are yours alone unless you share them. Open our private chat for reminders and reflections.
join-talk = Open private chat
join-short = { $name } has joined; going on.
join-code-in-private = Please send a join code to me in private. To join this group’s community, just send /join.
join-follows = You are now in “{ $community }”; its posts and reminders come to this private chat.
join-free = Joining is voluntary; there are no duties and no rankings, and /leave takes you out at any time. What you share, everybody sees; reflections you write are yours alone unless you share them.
join-what = What I can do
join-moved = All right, the posts of “{ $community }” come here from now on.
join-elsewhere = You are in “{ $community }”. To join another, please send /join in that group, or “join CODE” here if you have a join code.
join-in-group = Please send /join in your teachers’ group; one tap and you are in. If you have a join code, send it here, for example: join K7M2PX.
join-not-in = You aren’t in the community, so there is nothing to leave. Send /join whenever you like.
join-left = You have left “{ $community }”; nobody was told. What you wrote for yourself is still here: take it along or erase it with /mydata. To come back, send /join in the group.
join-left-follower = You have left “{ $community }”; nobody was told, and its posts no longer come. What you wrote for yourself is still here: take it along or erase it with /mydata. To come back, send the join code once more.
join-left-short = All right.
join-last-leader = You are the only leader of “{ $community }”. Please ask somebody to take over before you leave.
join-name-leader = Choose a leader
