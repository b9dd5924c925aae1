share-menu-share = 收一份资料
share-help-share = 回复一条有链接或文件的消息，发“/share 小数乘法 三年级 #算理”；也可以把链接直接写在后面，或者私下发给我。井号后面是标签，换行后是说明。
share-what = 要收哪一份？回复这条消息，把链接、文件或照片发来就行；下次也可以直接回复那条消息发 /share。
share-what-of-it = “{ $words }”记住了，还差链接或文件。回复这条消息发来就行。
share-nothing-yet = 这里还没有链接或文件。发来就收；不收了就回“算了”。
share-offer = 要收进资料库吗？
share-into = 收进 { $community }
share-no = 不收
share-taken = 好，收进“{ $community }”。
share-not-taken = 好，这份不收。
share-saved = 收好了。
share-saved-several = 收好了，一共 { $count } 份。点序号可以看和改。
share-some-merged = 其中有以前分享过的，已并到一条，都署名。
share-merged = 收好了。和{ $sharers }（{ $week }）分享的是同一份，已并到一条，{ $count ->
    [2] 两位都署名
   *[other] 大家都署名
    }。
share-again = 这一份你收过了（{ $week }），还是原来那一条。
share-unsure-subject = 提到的学科不止一个，我没有替你选。点“加标签”写明就好。
share-unsure-grade = 提到的年级不止一个，我没有替你选。点“加标签”写明就好。
share-unsure-unit = 提到的单元不止一个，我没有替你选。点“加标签”写明就好。
share-photo = 照片 { $month }月{ $day }日
share-photo-name = 这张照片叫什么？回复这条消息写个标题；不写也收着。
share-file = 文件 { $month }月{ $day }日
share-file-name = 这里看不到文件名。回复这条消息写个标题；不写也收着。
