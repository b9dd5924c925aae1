outcome-ask = “{ $title }” is over. Any conclusion, or anything to try? Press “{ outcome-button }”; one line is enough.
outcome-button = Write the outcome
outcome-again = Change it
outcome-write = What came of “{ $title }”, or what will be tried? One line is enough.
outcome-kept = { $when }, “{ $title }”, outcome: { $outcome }
outcome-thanks = Noted; the group can see it too.
outcome-length = A line or two, please, at most { $most } characters.
outcome-digest = What came of discussions:
