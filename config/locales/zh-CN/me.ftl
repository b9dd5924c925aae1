me-menu-me = 我在这里的情况
me-help-me =
    发 /me 看你的名字、共同体和角色，以及谁能看到什么。名字不对，写“/me 新名字”。
    例：/me 林敏
me-name = 你的名字：{ $name }（要改，发“/me 新名字”）
me-rename-sure = 要我以后称你“{ $name }”吗？
me-rename-yes = 就这么称呼
me-renamed = 好，以后称你“{ $name }”。
me-name-length = 名字请写 1 到 { $most } 个字。
me-here = { $name }，{ $role }。其余的在私聊里看。
me-more = 在私聊里看
me-role = { $role ->
    [leader] 负责人
    [deputy] 副负责人
    [member] 成员
   *[other] 还没有加入
}
me-place = 共同体：{ $community }（{ $role }）
me-place-now = 共同体：{ $community }（{ $role }），私聊里说的就是这里
me-nowhere = 你还没有加入共同体。在教研群里发 /join，或者在这里发“加入 加入码”。
me-switch = 换到“{ $community }”
me-language = 语言：{ $language ->
    [en] English
   *[other] 中文
}，时间按{ $city }时间
me-muted = 静音到 { $until }
me-not-muted = 没有静音
me-seen = 谁能看到什么：分享到群里的，大家看得到；你写的反思默认只有你自己看得到，除非你放开；负责人只看得到全组的情况，人数不到 5 位的数不显示。
me-kept = 存了我的什么
