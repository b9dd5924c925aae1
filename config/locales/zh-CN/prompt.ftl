prompt-menu-prompt = 定下每周的反思题
prompt-help-prompt = 发 /prompt，在按钮里选哪一天、几点、用哪种模式。放假和考试周自动停。
prompt-card =
    <b>每周反思题</b>
    时间：{ prompt-weekday } { $time }
    模式：{ $model }
prompt-weekday = { $weekday ->
    [0] 周一
    [1] 周二
    [2] 周三
    [3] 周四
    [4] 周五
    [5] 周六
   *[6] 周日
}
prompt-day = { $weekday ->
    [0] 周一
    [1] 周二
    [2] 周三
    [3] 周四
   *[4] 周五
}
prompt-monthly = 这个模式每月一次，在当月第一个能发的这一天。
prompt-own-count = 自己的问题：{ $count } 个，轮着问
prompt-exam-weeks = 考试周不发：第{ $weeks }周
prompt-paused = 现在没有在发。选好以后点“开始发”。
prompt-next = 下一次：{ $at }
prompt-next-term = 下一次：等学期开始以后
prompt-other-time = 别的时间
prompt-change-model = 换模式
prompt-own = 用自己的问题
prompt-exams = 考试周
prompt-stop = 先停一停
prompt-go = 开始发
prompt-back = 返回
prompt-models = 选一种反思的走法：
prompt-model-line = <b>{ $name }</b>  { $about }
prompt-ask-time = 几点问大家？写“16:50”或“下午四点半”都行。
prompt-half = 是上午还是下午？请写“下午五点”或“17:00”。
prompt-no-time = 没看懂时间。请写“16:50”这样。
prompt-unread = “{ $words }”我没读成星期几几点，什么也没改。请写成“/prompt 周五 16:50”这样，或者只发 /prompt，在按钮里选。
prompt-ask-own = 请把问题发给我，一行一个。每次问一个，轮完再从头。
prompt-own-limits = 最多 { $most } 个问题，每个不超过 { $longest } 字，请改短些再发。
prompt-ask-exams = 第几周考试？写“第19-20周”这样；没有就回“没有”。
prompt-no-weeks = 没看懂是第几周。请写“第19-20周”，或回“没有”。
prompt-asked =
    <b>本周反思题</b>  { $model }
    { $question }
prompt-how = 点下面的按钮在私聊里写，默认只有自己看得到；直接回复这一条，就是给大家看。不写也没关系。
prompt-how-alone = 写的默认只有自己看得到，写好后可以再给大家看。不写也没关系。
prompt-write = 写反思
prompt-private = { $question }写一句也行，回“跳过”也行。
prompt-log-time = 把反思题改到{ prompt-weekday } { $time }
prompt-log-model = 把反思模式换成“{ $model }”
prompt-log-own = 换上了自己的 { $count } 个反思题
prompt-log-exams = { $count ->
    [0] 取消了考试周的设置
   *[other] 定下考试周：第{ $weeks }周，不发反思题
}
prompt-log-paused = 停发反思题
prompt-log-running = 开始发反思题
