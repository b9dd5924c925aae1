link-menu-link = 加入码，再连一个群
link-help-link =
    负责人发 /link：拿到加入码，让不在群里的老师私聊加入；再连一个群，两个群用同一个资料库和日程；也可以断开一个群。
    在另一个群里发“/link 连接码”就连上了，企业微信群里要先 @ 我。要关联自己的另一个账号，私聊我发 /me。
    例：/link
link-title = “{ $community }”在几个地方都能用：
link-groups = 现在的群：{ $groups }
link-no-groups = 现在没有群，大家的消息到各自的私聊里。
link-numbered = 同名的群按先后编号，（1）是最早的。
link-what = 加入码给不在群里的老师；“再连一个群”会给你一个只能用一次的码。
link-code = 加入码
link-another = 再连一个群
link-new-code = 换加入码
link-cut-here = 断开这个群
link-cut = 断开“{ $chat }”
link-join = 加入
link-join-code = “{ $community }”的加入码：{ $code }。老师私聊我发“加入 { $code }”就加入了，手机上哪个软件都可以。
link-changed = 新的加入码：{ $code }。原来的不能再用，已经加入的老师不受影响。
link-chat-code = 连接码：{ $code }。在另一个群里发“/link { $code }”就连上了（企业微信群里要先 @ 我）。24 小时内有效，只能用一次。
link-sent = 连接码发到你的私聊里了。
link-how = 这里可以填码：负责人给了连接码，就在要连的群里发“/link 连接码”。有加入码，就私聊我发“加入 加入码”。
link-unknown = 这个码我没认出来，可能打错了，或者过了时间。请再核对一下，或者请对方再给一个。
link-wait = 已经试错好几次了，请过一个小时再试，或者请对方再发一次码。
link-in-private = 这个码是给你自己用的，请在私聊里发给我。还可以用。
link-in-group = 这是连一个群用的码，请在要连的那个群里发“/link”加这个码。
link-already = 这个群已经在“{ $community }”里了。
link-taken = 这个群已经有共同体“{ $community }”，里面有老师或资料，所以没有改动。
link-done = 这个群现在也是“{ $community }”的群了。
link-same = 资料、日程和报名都是同一份，这里和那边看到的一样。还没加入的老师按“加入”，自愿。
link-told = “{ $chat }”连上了“{ $community }”。
link-bound = “{ $chat }”接上了“{ $community }”，以后的消息也会发到那个群。
link-bind-me = 大家好，我是研伴，在这个群里只发通知。要接到你们的共同体，请负责人在自己的群里发：/link { $code }（7 天内有效）。
link-some-group = { $platform ->
    [wecom] 企业微信的一个群
   *[other] 另一个群
}
link-one-of = { $chat }（{ $number }）
link-cut-sure = 要把“{ $chat }”和“{ $community }”断开吗？资料、日程和成员都留着，只是那个群不再收到消息。
link-cut-last = “{ $chat }”是“{ $community }”最后一个能收到消息的地方。断开以后，提醒和小结都没有地方发，直到再连一个群或有老师用加入码加入。资料都留着。确定断开吗？
link-cut-yes = 确定断开
link-cut-done = “{ $chat }”和“{ $community }”断开了。资料、日程和成员都还在。
link-cut-told = 这个群和“{ $community }”断开了，以后不再收到那里的消息。
link-log-linked = 连上了“{ $chat }”
link-log-cut = 断开了“{ $chat }”
link-log-code = 换了加入码
link-picture = 也可以扫二维码加入，30 天内有效：{ $address }
