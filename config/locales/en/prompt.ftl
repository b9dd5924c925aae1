prompt-menu-prompt = Choose the weekly reflection question
prompt-help-prompt = Send /prompt and choose day, time and model with the buttons. It rests in holidays and exam weeks.
prompt-card =
    <b>Weekly reflection question</b>
    When: { prompt-weekday } { $time }
    Model: { $model }
prompt-weekday = { $weekday ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[6] Sunday
}
prompt-day = { $weekday ->
    [0] Mon
    [1] Tue
    [2] Wed
    [3] Thu
   *[4] Fri
}
prompt-monthly = This model comes once a month, on the first such day that can be.
prompt-own-count = Your own questions: { $count }, in turn
prompt-exam-weeks = Not in exam weeks: { $weeks }
prompt-paused = Nothing is being asked now. Press “Start” when you have chosen.
prompt-next = Next: { $at }
prompt-next-term = Next: once the term has begun
prompt-other-time = Another time
prompt-change-model = Change model
prompt-own = Our own questions
prompt-exams = Exam weeks
prompt-stop = Pause
prompt-go = Start
prompt-back = Back
prompt-models = Choose a way of reflecting:
prompt-model-line = <b>{ $name }</b>  { $about }
prompt-ask-time = At what time? “16:50” or “half past four in the afternoon” will both do.
prompt-half = Morning or afternoon? Please write “5 pm” or “17:00”.
prompt-no-time = I could not read a time. Please write it like “16:50”.
prompt-unread = I couldn’t read “{ $words }” as a day and a time, so nothing has changed. Please write it like “/prompt Friday 16:50”, or send /prompt alone and choose with the buttons.
prompt-ask-own = Please send me the questions, one on each line. I ask one at a time, and begin again after the last.
prompt-own-limits = At most { $most } questions of up to { $longest } characters each; please shorten them and send again.
prompt-ask-exams = Which weeks are exam weeks? Write “weeks 19-20”, or answer “none”.
prompt-no-weeks = I could not read which weeks. Please write “weeks 19-20”, or answer “none”.
prompt-asked =
    <b>This week’s question</b>  { $model }
    { $question }
prompt-how = Press the button to write in private, for your eyes only unless you say otherwise; reply to this message to share with everybody. Not writing is fine too.
prompt-how-alone = What you write is for your eyes only; you may show it to everybody afterwards. Not writing is fine too.
prompt-write = Write
prompt-private = { $question } One line is enough; “skip” is fine too.
prompt-log-time = moved the reflection question to { prompt-weekday } { $time }
prompt-log-model = changed the reflection model to “{ $model }”
prompt-log-own = put in { $count } reflection questions of the group’s own
prompt-log-exams = { $count ->
    [0] removed the exam weeks
   *[other] set the exam weeks: { $weeks }, without reflection questions
}
prompt-log-paused = paused the reflection questions
prompt-log-running = started the reflection questions
