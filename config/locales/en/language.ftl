language-menu-language = Language
language-help-language =
    In private you choose your own language; the group’s is for a leader to choose.
    Examples: /language English, /language 中文
language-name = { $language ->
    [en] English
   *[other] 中文
}
language-mine = Which language would you like? It is { $language ->
    [en] English
   *[other] 中文
} now.
language-group = Which language should this group use? It is { $language ->
    [en] English
   *[other] 中文
} now.
language-set-mine = All right, { $language ->
    [en] English
   *[other] 中文
} in private from now on.
language-set-group = All right, { $language ->
    [en] English
   *[other] 中文
} in this group from now on.
language-unknown = I don’t speak “{ $words }” yet. You can choose English or 中文.
language-leaders = The group’s language is for a leader to choose. You can choose your own in private.
language-set-up = This group isn’t set up yet; the owner or an administrator chooses its language with /setup. You can choose your own in private.
language-own = Choose my language
language-log-group = changed the group’s language to { $language ->
    [en] English
   *[other] 中文
}
