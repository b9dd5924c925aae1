quiet-morning = <b>昨天没来得及说的</b>
