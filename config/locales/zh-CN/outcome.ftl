outcome-ask = “{ $title }”结束了。有什么结论，或者要试的？点“{ outcome-button }”，一句就好。
outcome-button = 写结果
outcome-again = 改一改
outcome-write = “{ $title }”有什么结论，或者要试的？一句话就好。
outcome-kept = { $when } “{ $title }”的小结：{ $outcome }
outcome-thanks = 记下了，群里也能看到。
outcome-length = 请用一两句话，{ $most } 字以内。
outcome-digest = 研讨有了结果：
