account-link = Link another account
account-list = Accounts: { $places }
account-place = { $platform ->
    [telegram] Telegram ({ $name })
    [wecom] WeCom ({ $name })
    [wechat] WeChat ({ $name })
   *[other] { $name }
}
account-part = Unlink { $place }
account-code = Your code: { $code }. Send me “/link { $code }” in the private chat of your other account.
account-secret = It is good for 30 minutes and works once. Please give it to nobody, and keep it out of groups.
account-own = You asked for this code yourself; please send it in the private chat of your other account.
account-whose = This code is of “{ $name }”, with the accounts: { $places }.
account-means = If both are you, press the button and the two are one person: communities, shares, answers, reflections and settings come together, and cannot be taken apart again.
account-not-you = If it is somebody else, please don’t press.
account-yes = Both are me
account-too-late = This code was used or its time is over. Please send /me in your other account and ask for another.
account-joined = All right, { $name }, both are you. It makes no difference any more where you write.
account-told = You linked another account: { $place }. If it wasn’t you, please send /me and unlink it.
account-asked = This code was seen in a group, so to be safe I ask in the account it came from. Please press the button there.
account-is-it-you = Somebody used your code to make { $place } and you one person. The code was seen in a group, so I ask once more: is it you? If not, just leave it.
account-mine = It is me
account-one-more = another account
account-part-sure = Unlink { $place }? All that is yours stays here; that account will be somebody I have not met.
account-part-yes = Yes, unlink
account-parted = { $place } is unlinked. All that is yours is still here.
