quiet-morning = <b>From yesterday, in one go</b>
quiet-which = That post gathers several things and I can’t tell which one a reply is about, so nothing was kept. Where there is a button, press it and then write.
