deadlinks-question = “{ $title }”, which you shared ({ $week }), could not be opened for two nights. What shall I do?
deadlinks-new = New link
deadlinks-keep = Leave it
deadlinks-ask = Please reply with a link to “{ $title }” that works.
deadlinks-no-link = I don’t see a link yet. Send it and I’ll change it, or reply “never mind”.
deadlinks-there-already = The library already has that link. You can remove the dead one.
deadlinks-changed = Changed: { $title }
deadlinks-kept = All right, “{ $title }” stays, and I won’t ask again.
