join-menu-join = 加入这个群的共同体
join-menu-leave = 退出，不通知别人
join-help-join =
    在教研群里发 /join 就加入了。加入自愿，没有任务也没有名次，随时可以退出。
    例：/join
join-help-leave =
    发 /leave 就退出了，不会告诉别人。你写的只给自己的内容还在，可以用 /mydata 带走或删掉。
    例：/leave
join-already = 你已经在“{ $community }”里了。
join-here = 你已经在里面了。
join-welcome = 欢迎{ $name }加入。
join-seen = 分享到群里的，大家看得到；你写的反思默认只有你自己看得到。打开私聊，提醒和反思都会在那里。
join-talk = 打开私聊
join-short = { $name }加入了，接着刚才的事。
join-no-codes = 加入码还没有开通。请到你的教研群里发 /join。
join-elsewhere = 你在“{ $community }”里。要加入另一个，请到那个群里发 /join。
join-in-group = 请到你的教研群里发 /join，那里按一下就加入了。
join-not-in = 你现在不在共同体里，不用退出。想加入时发 /join。
join-left = 你已退出“{ $community }”，没有告诉别人。你写的只给自己的内容还在，可以用 /mydata 带走或删掉；想回来，在群里发 /join。
join-left-short = 好的。
join-last-leader = 你是“{ $community }”唯一的负责人。请先请一位老师接手，再退出。
join-name-leader = 选一位负责人
join-nameless = 这里只看得到你的账号。发“我 王老师”这样，我就这么称呼你。
