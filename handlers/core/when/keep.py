"""Words that hold numbers or weekday characters but belong to the title: 三年级, 第三单元, Unit 5."""

from __future__ import annotations

from handlers.core.when.numerals import NUM
from handlers.core.when.slots import rule

UNITS = (
    "年单班课节次位个点人分种类步环大项道题册章组楼号岁元级层届段期维问法招句字读练张本页条部场轮讲生小中高"
)
NUMBERED = (
    "年级|年制|年段|学年|单元|单课|单招|个班|班|课时|课|册|章|次|位|个(?!小时|半|星期|礼拜|月|周|工作日)|人|种|类|步|环|大(?!后)"
    "|项|道|题|组|层|楼|岁|元|届|期|维|句|字|读|练|张|本|页|条|部|场|轮|讲|生|篇|堂|招|问|级|米|克|倍|角"
)
KEEP = (
    rule(
        "keep", r"《[^《》]{0,120}》|「[^「」]{0,120}」|『[^『』]{0,120}』|“[^“”]{0,120}”|【[^【】]{0,120}】"
    ),
    rule("keep", r'"[^"]{0,120}"'),
    rule("keep", r"https?://\S{1,300}"),
    rule("keep", rf"第{NUM}(?:{NUMBERED}|关|稿|版|阶段|学段|季|站|批|小组|实验|中学|小学|回)"),
    rule("keep", r"(?<!\d)\d{1,3}[-~]\d{1,3}(?:年级|单元|班|课(?!时)|岁|人|册|页)"),
    rule(
        "keep",
        r"(?<![\d:])\d{1,4}(?:号(?:楼|教室|会议室|报告厅|厅|馆|门|机房|线|文件|录播室|通知)|会议室|教室|室|报告厅)",
    ),
    rule("keep", r"[一二三四五六七八九十]号(?:楼|教室|会议室|报告厅|厅|馆|门|机房|线|文件|录播室|通知)"),
    rule(
        "keep",
        rf"{NUM}点(?:游戏|建议|思考|体会|意见|心得|想法|感受|启示|要求|水|收获|做法|反思|经验|说明|共识)",
    ),
    rule(
        "keep",
        r"[一二三四五六七八九]年级|[三六九]年制|一课三磨|十二生肖|[一二三]元[一二]次|一点通|一点一滴|一点点|三八(?:妇女节|红旗手|节)",
    ),
    rule(
        "keep",
        r"3\.14\d{0,12}\s?(?:圆周率|π|pi(?![a-z]))|十月怀胎|百日|(?:周|三十|二十|十)年庆|[一三五十]日游",
    ),
    rule(
        "keep",
        r"明天会更好|后天努力|今天教什么|周日记|周记|周年|周围|周长|周期|一周岁|双周刊|月考|月球|月亮|月饼|月报",
    ),
    rule(
        "keep",
        r"下午茶|午餐会|早餐会|晚自习|晚自修|早自习|晚会|晚宴|晚托|晚辅|早读|晨读|晨会|晚上好|上午好|下午好|早上好",
    ),
    rule(
        "keep",
        r"每周之星|每天进步一点点|工作日志|[12][24]时计时|前后测|课前三分钟|小时候|学时|课时|钟点|半期|二次(?!会议时间)",
    ),
    rule(
        "keep",
        r"(?<![a-z])(?:years?|units?|chapters?|top|lessons?|grades?|rooms?|classes|class"
        r"|levels?|stages?|key stage|ks|parts?|"
        r"pages?|pp|steps?|phases?|modules?|sections?|topics?|questions?|q|no\.?|number"
        r"|version|v|round|group|set|form|book|"
        r"volume|vol|task|day|session|cycle)\s?#?\d{1,4}(?:\s?(?:-|to|and|&)\s?\d{1,4}"
        r"(?![\d:]))?(?![\d:]|\s?[ap]\.?m)",
    ),
    rule(
        "keep",
        r"(?<![a-z0-9])\d{1,3}(?:st|nd|rd|th)[ -](?:grade|graders|year|unit|century"
        r"|anniversary|class|edition)",
    ),
    rule(
        "keep",
        r"(?<![a-z])(?:the|my|our) (?:sun|march)(?![a-z])|sun and moon|march madness|may(?= "
        r"(?:be|we|not|i)(?![a-z]))",
    ),
    rule(
        "keep", r"\d{1,3}-minutes?(?![a-z])|\d{1,3}-hour(?![a-z])|\d{1,2}\s?minute(?![a-z])|twenty-four|24/7"
    ),
)
