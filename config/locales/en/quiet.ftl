quiet-morning = <b>From yesterday, in one go</b>
