mute-menu-mute = My quiet time
mute-help-mute =
    While you are muted, reminders and reflection prompts don’t come to you, and nobody is told.
    Examples: /mute 3 days, /mute until 20 Dec; /mute off ends it.
mute-now = Your reminders are paused until { $until }.
mute-not = You aren’t muted. While muted, reminders and reflection prompts don’t come to you, and nobody is told. For how long?
mute-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
mute-other = Until a date
mute-stop = Unmute
mute-until-when = Until which day? Please reply with a date, for example: 20 Dec.
mute-unknown = I don’t know which day “{ $words }” is. Please reply with a date, for example: 20 Jan.
mute-past = { $day } is over. Please reply with a later date.
mute-too-long = A year is the longest. Please reply with a nearer date.
mute-until = All right. Your reminders and reflection prompts are paused until { $until }. To have them back earlier, send /mute off.
mute-through = All right. Your reminders and reflection prompts are paused through { $day }. To have them back earlier, send /mute off.
mute-ended = All right, reminders are back.
mute-was-not = You aren’t muted; reminders come as usual.
