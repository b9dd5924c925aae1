me-menu-me = Who I am here
me-help-me =
    Send /me to see your name, community and role, and who can see what. If the name is wrong, send “/me New Name”.
    Example: /me Lin Min
me-name = Your name: { $name } (to change it, send “/me New Name”)
me-rename-sure = Shall I call you “{ $name }” from now on?
me-rename-yes = Yes, call me that
me-renamed = All right, “{ $name }” it is.
me-name-length = A name has 1 to { $most } characters.
me-here = { $name }, { $role }. The rest is for our private chat.
me-more = See it in private
me-role = { $role ->
    [leader] leader
    [deputy] deputy
    [member] member
   *[other] not joined yet
}
me-place = Community: { $community } ({ $role })
me-place-now = Community: { $community } ({ $role }); our private chat is about this one
me-nowhere = You haven’t joined a community yet. Send /join in your teachers’ group, or “join CODE” here.
me-switch = Switch to “{ $community }”
me-language = Language: { $language ->
    [en] English
   *[other] 中文
}; times are those of { $city }
me-muted = Muted until { $until }
me-not-muted = Not muted
me-seen = Who can see what: what you share in the group, everybody sees; reflections you write are yours alone unless you share them; leaders see figures for the whole group only, and none with fewer than five people behind it.
me-kept = What is kept about me
