roles-menu-roles = 谁是负责人
roles-help-roles =
    发 /roles 看谁是负责人。负责人可以按“改角色”，或者回复某位老师的话写“/roles 负责人”“/roles 副”“/roles 成员”。
    例：/roles
roles-leaders = 负责人：{ $names }
roles-no-leader = 现在没有负责人。请群主或管理员发 /setup。
roles-deputies = 副负责人：{ $names }
roles-what = 负责人只管安排，看不到你没公开的内容；改了什么，发 /log 都看得到。
roles-change = 改角色
roles-whom = 改哪一位的角色？
roles-one = { $role ->
    [leader] { $name }（负责人）
    [deputy] { $name }（副）
   *[other] { $name }
}
roles-role = { $role ->
    [leader] 负责人
    [deputy] 副负责人
   *[other] 成员
}
roles-which = { $role ->
    [leader] { $name }现在是负责人。改成：
    [deputy] { $name }现在是副负责人。改成：
   *[other] { $name }现在是成员。改成：
}
roles-before = 上一页
roles-after = 下一页
roles-back = 返回
roles-unknown = 我不认识“{ $words }”这个角色。可以写：负责人、副、成员。
roles-reply = 请回复那位老师自己写的一句话，再写“/roles 负责人”；或者发 /roles 后按“改角色”。
roles-not-joined = { $name }还没有加入。请对方先发 /join。
roles-leaders-name = 换负责人要由负责人自己来做。
roles-last = 至少要有一位负责人。请先请另一位老师做负责人。
roles-named = { $role ->
    [leader] { $name }现在是负责人。
    [deputy] { $name }现在是副负责人。
   *[other] { $name }现在是成员。
}
roles-log-named = { $role ->
    [leader] 请{ $person }做负责人
    [deputy] 请{ $person }做副负责人
   *[other] { $person }改为成员
}
