mydata-menu-mydata = What is kept about me
mydata-help-mydata =
    Send /mydata in private: see what is kept about you, take it along, or have all of it erased.
    Example: /mydata
mydata-private = This is for our private chat only.
mydata-open = Open private chat
mydata-title = This is kept about you:
mydata-person = The name “{ $name }”, { $accounts ->
    [one] { $accounts } account
   *[other] { $accounts } accounts
}
mydata-memberships = Communities you joined: { $communities }
mydata-rest = { $count ->
    [one] { $count } item
   *[other] { $count } items
} you gave me
mydata-not = Not kept: the group’s ordinary talk, your photo, whether you have read anything.
mydata-take = Take a copy
mydata-erase = Erase everything
mydata-file-title = My data in Yanban ({ $day })
mydata-file-markdown = This copy is for reading.
mydata-file-json = This copy is for other programs; the content is the same.
mydata-goes = Erased: your name, accounts, memberships, quiet time and language, the reflections you wrote, and whatever else is yours alone. It can’t be brought back; you may want to take a copy first.
mydata-stays = Kept, without your name: what you have shared with everybody, minutes of discussions, the record of changed settings. Backups on the server lapse when their time is up.
mydata-again = If you are sure, please press the button within 10 minutes.
mydata-sure = Yes, erase everything
mydata-too-late = The 10 minutes are over, so nothing was erased. To erase, please send /mydata again.
mydata-leader = You are the only leader of “{ $community }”. Please ask somebody to take over first.
mydata-name-leader = Choose a leader
mydata-gone = All erased. Thank you for having been here. If you write to me again, it will be as if for the first time.
mydata-label-community = Me
mydata-label-name = Name
mydata-label-language = Language
mydata-label-zone = Time zone
mydata-label-muted_until = Muted until
mydata-label-first_seen = First met
mydata-label-accounts = Accounts
mydata-label-memberships = Communities
mydata-label-codes = Codes that can still be used
mydata-label-platform = Platform
mydata-label-address = Number on the platform
mydata-label-username = User name
mydata-label-role = Role
mydata-label-joined = Joined
