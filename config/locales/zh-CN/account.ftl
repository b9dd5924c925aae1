account-link = 关联另一个账号
account-list = 账号：{ $places }
account-place = { $platform ->
    [telegram] Telegram（{ $name }）
    [wecom] 企业微信（{ $name }）
    [wechat] 公众号（{ $name }）
   *[other] { $name }
}
account-part = 断开{ $place }
account-code = 你的关联码：{ $code }。在另一个账号里私聊我，发“关联 { $code }”。
account-secret = 30 分钟内有效，只能用一次。请不要给别人，也不要发在群里。
account-own = 这个码是你自己要的，请在另一个账号的私聊里发给我。
account-whose = 这个码是“{ $name }”的，账号：{ $places }。
account-means = 如果都是你本人，按下面的按钮，两边就是同一个人：加入的共同体、分享、报名、反思和设置都合在一起，合好就分不回去了。
account-not-you = 如果不是你本人，请不要按。
account-yes = 都是我，合在一起
account-too-late = 这个码已经用过或过了时间。请在另一个账号里发 /me，再要一个。
account-joined = 好，都是你了，{ $name }。以后在哪边说都一样。
account-told = 你关联了另一个账号：{ $place }。如果不是你做的，请发 /me 把它断开。
account-asked = 这个码在群里出现过，为了稳妥，我先到要码的那个账号里问一下。请去那边按一下。
account-is-it-you = 有人用你的关联码，要把{ $place }和你合成一个人。这个码在群里出现过，所以再问一次：是你本人吗？不是的话，不用理。
account-mine = 是我，合在一起
account-one-more = 另一个账号
account-part-sure = 断开{ $place }吗？你的内容都留在这边，那个账号以后就当是第一次见面。
account-part-yes = 确定断开
account-parted = { $place }断开了。你的内容都还在这边。
