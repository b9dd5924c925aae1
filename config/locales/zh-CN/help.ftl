help-menu-help = 我能帮你做什么
help-help-help = 发“帮助”看全部；发“帮助 安排”看其中一项怎么用。
help-situations =
    我是研伴，帮共同体收资料、约研讨、做反思。要做的事在这里：
    { $list }
help-situation = <b>{ $name }</b>  { $commands }
help-line = /{ $command }  { $what }
help-start = 开始
help-share = 分享和查找
help-meet = 研讨和日程
help-reflect = 反思
help-lead = 负责人
help-mine = 我的
help-lost = 我没看懂这句话要做什么。也许是下面这些里的一样。
help-no-such = 没有“{ $name }”这个命令。发“帮助”看全部。
help-welcome = 不客气。
