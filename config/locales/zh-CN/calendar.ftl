calendar-menu-calendar = 校历：学期、放假调休、作息表
calendar-help-calendar =
    发“校历”看现在知道的。发来 .ics 或 .json 文件可以导入；
    改一天或几天：/calendar 12月31日 放假，/calendar 10月10日 上课，/calendar 第19-20周 放假；
    改作息：/calendar 第3节 15:10。
calendar-term = 学期从 { $start } 开始，共 { $weeks } 周。
calendar-no-term = 还不知道学期从哪天开始。发“设置”可以填上。
calendar-year-known = { $year } 年的放假调休：已经有了。
calendar-year-unknown = { $year } 年的放假调休：还没有公布，或者我手里还没有。法定的那几天我知道。
calendar-year-plain = { $year } 年：周一到周五按上课算，放假的日子请告诉我。
calendar-own = { $day }：{ $kind }{ $name }
calendar-own-name = （{ $name }）
calendar-own-more = 另有 { $count } 天是你们自己定的。
calendar-kind-school = 上课
calendar-kind-make-up = 补课
calendar-kind-off = 放假
calendar-kind-weekend = 周末
calendar-bells = 作息表：{ $bells }
calendar-bell = { $period } { $time }
calendar-how = 哪天不对，发“/calendar 12月31日 放假”这样就能改。
calendar-button-import = 导入文件
calendar-send = 请把 .ics 或 .json 文件发给我，在群里要回复这一条。
calendar-wrong-file = 我只读得懂 .ics 和 .json 文件。
calendar-large = 文件太大了，超过 1 MB 的我不读。
calendar-gone = 文件没取下来，请再发一次。
calendar-error-not-ics = 这个文件不像日历（.ics），我没读懂，什么都没改。
calendar-error-not-json = 这个文件不像我认得的 JSON，什么都没改。
calendar-error-bad-entry = 文件里的“{ $words }”我没读懂，所以整个都没有用。
calendar-error-empty = 文件里一天也没有。
calendar-error-not-text = 这个文件不是文本，我没读懂，什么都没改。
calendar-imported = 收好了：放假 { $off } 天，上课 { $worked } 天，从 { $first } 到 { $last }。
calendar-year-partly = { $year } 年的法定节假日没有都在里面，这一年我还是先当作没有公布。
calendar-days-kept = 记下了：从 { $first } 到 { $last } 放假。
calendar-day-kept = 记下了：{ $day } { $kind }。
calendar-how-day = 请说清哪一天、放假还是上课，比如“/calendar 12月31日 放假”；几天一起放假，写“/calendar 1月18日到2月20日 放假”。
calendar-bell-kept = 记下了：{ $period }从 { $time } 开始。
calendar-no-such-time = 没有这样的节次或钟点。请写成“/calendar 第3节 15:10”。
calendar-log-days = 校历：{ $first } 到 { $last } 改为放假
calendar-log-day = 校历：{ $day } 改为{ $kind ->
    [off] 放假
    [make_up] 补课
    [weekend] 周末
   *[school] 上课
}
calendar-log-import = 校历：导入了 { $days } 天
calendar-log-bell = 作息表：第 { $period } 节从 { $time } 开始
