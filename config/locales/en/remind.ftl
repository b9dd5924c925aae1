remind-head = See you tomorrow:
remind-tomorrow = See you tomorrow: “{ $title }”, { $when }.
remind-soon = In { $minutes } minutes: “{ $title }”, { $when }.
remind-soon-at = { $line } Place: { $place }
