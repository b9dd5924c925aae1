share-menu-share = Keep something for everybody
share-help-share = Reply to a message with a link or a file: “/share Decimals Grade 3 #fractions”. You can also write the link behind it, or send it to me privately. #words are tags, further lines are a note.
share-what = What shall I keep? Reply to this with a link, a file or a photo. Next time you can reply to the message itself with /share.
share-what-of-it = I have “{ $words }”; the link or file is still missing. Please reply to this with it.
share-nothing-yet = There is no link or file here yet. Send it and I’ll keep it, or reply “never mind”.
share-offer = Shall I put this into the library?
share-into = Into { $community }
share-no = No
share-taken = All right, it goes to “{ $community }”.
share-not-taken = All right, I haven’t kept it.
share-saved = Kept.
share-saved-several = { $count } things kept. Press a number to see or change one.
share-some-merged = Some had been shared before; each is one entry now that names everybody.
share-merged = Kept. { $sharers } ({ $week }) shared the same thing, so it is one entry now that names { $count ->
    [2] both of you
   *[other] all of you
    }.
share-again = You have kept this before ({ $week }); it is still the one entry.
share-unsure-subject = More than one subject is mentioned, so I chose none. Press “Tags” to say which.
share-unsure-grade = More than one grade is mentioned, so I chose none. Press “Tags” to say which.
share-unsure-unit = More than one unit is mentioned, so I chose none. Press “Tags” to say which.
share-photo = Photo, { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
    }
share-photo-name = What is this photo? Reply to this with a title; it is kept without one too.
share-file = File, { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
    }
share-file-name = The file’s name cannot be seen here. Reply to this with a title; it is kept without one too.
