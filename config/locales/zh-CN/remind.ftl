remind-head = 明天见：
remind-tomorrow = 明天见：“{ $title }”，{ $when }。
remind-soon = 还有 { $minutes } 分钟：“{ $title }”，{ $when }。
remind-soon-at = { $line }地点：{ $place }
