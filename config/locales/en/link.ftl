link-menu-link = Join code, another group
link-help-link =
    A leader sends /link to get the join code, for teachers who are not in the group and join in private; to link one more group, so that both share one library and one agenda; or to unlink a group.
    Sending “/link CODE” in the other group links it (in WeCom, mention me first). To link another account of your own, send me /me in private.
    Example: /link
link-title = “{ $community }” can be used in several places:
link-groups = Its groups now: { $groups }
link-no-groups = It has no group now; posts come to everybody in private.
link-numbered = Groups of the same name are numbered; (1) was here first.
link-what = The join code is for teachers who are not in the group; “Link another group” gives you a code that works once.
link-code = Join code
link-another = Link another group
link-new-code = New join code
link-cut-here = Unlink this group
link-cut = Unlink “{ $chat }”
link-join = Join
link-join-code = The join code of “{ $community }”: { $code }. A teacher sends me “join { $code }” in private, in any of the apps I am in.
link-changed = The new join code: { $code }. The old one no longer works; who has joined stays.
link-chat-code = The code: { $code }. Send “/link { $code }” in the other group (in WeCom, mention me first). It is good for 24 hours and works once.
link-sent = The code is in our private chat.
link-how = Codes go here: with a code from a leader, send “/link CODE” in the group to be linked. With a join code, send me “join CODE” in private.
link-unknown = I don’t know this code: it may be mistyped, or its time may be over. Please check it, or ask for another.
link-wait = Several codes were wrong. Please try again in an hour, or ask for the code once more.
link-in-private = This code is for yourself; please send it to me in private. It is still good.
link-in-group = This code links a group: please send “/link” with it in the group you mean.
link-already = This group is already part of “{ $community }”.
link-taken = This group already has the community “{ $community }”, with members or resources in it, so nothing was changed.
link-done = This group is now part of “{ $community }” too.
link-same = Resources, agenda and answers are one and the same here and there. Who has not joined yet may tap “Join”.
link-told = “{ $chat }” is now part of “{ $community }”.
link-bound = “{ $chat }” is now part of “{ $community }”; posts go to that group too.
link-bind-me = Hello, I am Yanban; in this group I only bring news. To connect it with your community, a leader sends in their own group: /link { $code } (good for 7 days).
link-some-group = { $platform ->
    [wecom] a WeCom group
   *[other] another group
}
link-one-of = { $chat } ({ $number })
link-cut-sure = Unlink “{ $chat }” from “{ $community }”? Resources, agenda and members stay; that group just gets no more posts.
link-cut-last = “{ $chat }” is the last place where “{ $community }” can be heard. Once it is unlinked, reminders and digests have nowhere to go until another group is linked or a teacher joins by code. Everything is kept. Unlink it all the same?
link-cut-yes = Yes, unlink
link-cut-done = “{ $chat }” is no longer part of “{ $community }”. Resources, agenda and members are all still there.
link-cut-told = This group is no longer part of “{ $community }” and gets no more of its posts.
link-log-linked = linked “{ $chat }”
link-log-cut = unlinked “{ $chat }”
link-log-code = changed the join code
link-picture = Or join by scanning this, good for 30 days: { $address }
