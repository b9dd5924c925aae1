reflection-kept = 写过的反思：{ $count } 条
