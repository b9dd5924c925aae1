resource-line = { $mark } { $title }　{ $sharers } { $week }{ $tags }{ $broken }
resource-spaced = { " " }{ $words }
resource-title = <b>{ $title }</b>
resource-shared = { $sharers }　{ $week }
resource-about = { $about }
resource-week = 第{ $week }周
resource-week-of-year = { $year }年 第{ $week }周
resource-day = { $day }
resource-unit = 第{ $number }单元
resource-grade-g = { $number ->
    [1] 一
    [2] 二
    [3] 三
    [4] 四
    [5] 五
    [6] 六
    [7] 七
    [8] 八
    [9] 九
    [10] 十
    [11] 十一
    [12] 十二
   *[other] { $number }
    }年级
resource-grade-y = Year { $number }
resource-grade-j = 初{ $number ->
    [1] 一
    [2] 二
   *[3] 三
    }
resource-grade-s = 高{ $number ->
    [1] 一
    [2] 二
   *[3] 三
    }
resource-volume-a = { $grade }上册
resource-volume-b = { $grade }下册
resource-subject-chinese = 语文
resource-subject-math = 数学
resource-subject-english = 英语
resource-subject-physics = 物理
resource-subject-chemistry = 化学
resource-subject-biology = 生物
resource-subject-history = 历史
resource-subject-geography = 地理
resource-subject-civics = 道德与法治
resource-subject-science = 科学
resource-subject-computing = 信息科技
resource-subject-music = 音乐
resource-subject-art = 美术
resource-subject-sport = 体育
resource-subject-labour = 劳动
resource-subject-wellbeing = 心理健康
resource-hidden = 已收起
resource-broken = 链接打不开
resource-get = 取文件
resource-get-one = 取 { $mark }
resource-retitle = 改标题
resource-retag = 加标签
resource-remove = 移除
resource-hide = 收起
resource-show = 放回来
resource-back = 返回
resource-elsewhere = 这个文件在另一个平台上，这里取不到。可以请分享的老师再发一次。
resource-not-yours = 这份由分享的老师来改：{ $sharers }。
resource-ask-title = “{ $title }”改成什么标题？回复这条消息就行。
resource-no-title = 还没看到标题。写几个字就行，不改了回“算了”。
resource-ask-tags = 给“{ $title }”加什么？回复这条消息，比如：#算理 数学 三年级 第三单元。去掉一个标签写 -#算理。
resource-no-tags = 还没看到标签。比如写：#算理 三年级。不加了回“算了”。
resource-changed = 改好了：{ $title }
resource-drop = 真的移除“{ $title }”吗？移除后大家都找不到它。
resource-leave = “{ $title }”也是{ $others }分享的。移除后只去掉你的署名，资料还在。
resource-yes = 移除
resource-no = 留着
resource-dropped = 已移除“{ $title }”。
resource-left = 已去掉你在“{ $title }”上的署名。
resource-log-hidden = 收起了资料“{ $title }”
resource-log-shown = 把资料“{ $title }”放回来了
