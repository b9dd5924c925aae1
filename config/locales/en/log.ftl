log-menu-log = Who changed what
log-help-log =
    Send /log to see which settings leaders changed. Everybody can read it.
    Example: /log
log-title = What leaders changed, newest first:
log-line = { $day } { $who }: { $what }
log-none = Nothing has been changed yet.
log-newer = Newer
log-older = Older
log-someone = a teacher
log-something = changed a setting
