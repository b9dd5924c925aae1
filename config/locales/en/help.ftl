help-menu-help = What I can do for you
help-help-help = Send “help” to see everything, or “help schedule” for one command.
help-situations =
    I’m Yanban. I keep what your community shares, arrange discussions and ask reflection questions:
    { $list }
help-situation = <b>{ $name }</b>  { $commands }
help-line = /{ $command }  { $what }
help-start = Getting started
help-share = Sharing and finding
help-meet = Discussions and agenda
help-reflect = Reflection
help-lead = For leaders
help-mine = About me
help-lost = I’m not sure what you would like me to do. Perhaps it is one of these.
help-no-such = There is no command “{ $name }”. Send “help” to see them all.
help-welcome = You’re welcome.
