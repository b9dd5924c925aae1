language-menu-language = 语言
language-help-language =
    私聊里选你自己的语言；群里的语言由负责人来选。
    例：/language English，/language 中文
language-name = { $language ->
    [en] English
   *[other] 中文
}
language-mine = 你想用哪种语言？现在是{ $language ->
    [en] English
   *[other] 中文
}。
language-group = 这个群用哪种语言？现在是{ $language ->
    [en] English
   *[other] 中文
}。
language-set-mine = 好，以后在私聊里用{ $language ->
    [en] English
   *[other] 中文
}。
language-set-group = 好，群里以后用{ $language ->
    [en] English
   *[other] 中文
}。
language-unknown = 我还不会“{ $words }”。现在可以用中文和 English。
language-leaders = 群里的语言由负责人来选。你自己的语言可以在私聊里选。
language-set-up = 这个群还没有设置。群主或管理员发 /setup 时可以选语言；你自己的语言可以在私聊里选。
language-own = 选自己的语言
language-log-group = 群里的语言改为{ $language ->
    [en] English
   *[other] 中文
}
