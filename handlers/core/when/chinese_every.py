"""Repetition, limits and doubts in Chinese: 每两周周四, 单周, 共8次, 直到第20周, 除了周五, 改天."""

from __future__ import annotations

import re

from handlers.core.when.chinese_days import DAY, DAY_LIST, HOLIDAYS, NEXT_DAY, WEEK, day_list
from handlers.core.when.numerals import NUM, number
from handlers.core.when.slots import Slots, rule

UNITS_OF_TIME = {"周": "week", "星期": "week", "礼拜": "week", "月": "month", "天": "day", "日": "day"}
SCHOOL_DAYS = (0, 1, 2, 3, 4)
TIME = rf"(?:[每这本下]?个?{WEEK}[一二三四五六日天末]|\d{{1,2}}[月号日点:]|[今明后]天|[上下]午|晚上)"


def every_unit(match: re.Match[str]) -> Slots | None:
    """每周, 每两周, 每隔一周, 隔周, 每个月."""
    gap = number(match[2]) if match[2] else 1
    if gap is None or gap < 1:
        return None
    interval = gap + 1 if match[1] else gap
    return {"every": UNITS_OF_TIME[match[3]], "interval": interval}


def rhythm(match: re.Match[str]) -> Slots | None:
    """每两周一次, 隔周一次, 两周一次, said after what it is about."""
    gap = number(match[2] or match[4] or "一")
    if not gap:
        return None
    return {"every": UNITS_OF_TIME[match[5]], "interval": gap + 1 if match[1] or match[3] else gap}


def every_days(match: re.Match[str]) -> Slots:
    """每周三, 每周一三五, 每个周五, 逢周三."""
    return {"every": "week", "interval": 1, "weekdays": day_list(match[1])}


def month_days(match: re.Match[str]) -> Slots | None:
    """每月15号, 每月1号和15号."""
    days = [number(words) for words in re.findall(NUM, match[1])]
    if not days or any(day is None or not 1 <= day <= 31 for day in days):
        return None
    return {"every": "month", "monthdays": tuple(day for day in days if day)}


def parity(match: re.Match[str]) -> Slots:
    """单周 and 双周, 奇数周 and 偶数周 are odd and even teaching weeks."""
    return {"parity": 1 if match[1][0] in "单奇" else 0, "every": "week"}


def times(match: re.Match[str]) -> Slots | None:
    """共8次."""
    count = number(match[1])
    return {"count": count} if count else None


def span(match: re.Match[str]) -> Slots | None:
    """连续6周."""
    weeks = number(match[1])
    return {"span_weeks": weeks} if weeks else None


EVENT = r"(?:期[中末](?:考试?)?|月考|考试|运动会|家长会|开学|[寒暑]假|放假|假期?)"
# 工作日 is a repetition only by itself: 下个, 最后一个, 第三个工作日 are single days.
SCHOOL_DAY = r"(?:工作日|上班日|上学日|教学日)"
RHYTHM = rf"(?<![第\d])(?:每(隔)?\s?({NUM})?|(隔)(?:一|1)?|({NUM}))\s?个?({WEEK}|月|天)\s?(?:一|1)[次回]"
EVERY = (
    rule("rhythm", rf"{RHYTHM}(?=\s*(?:$|[,，。;；)]|共|直?到|开))", rhythm),
    rule(
        "rhythm",
        r"隔周(?:进行|举行|开|开展)?(?=\s*(?:$|[,，。;；)]))",
        lambda m: {"every": "week", "interval": 2},
    ),
    rule("doubt", rf"{RHYTHM}(?!函|方程|不等)"),
    rule(
        "doubt",
        r"每(?:个|一)?(?:学期|季度|学年|半年|半个?月|旬|逢?周末)|(?:隔三差五|不定期|偶尔|每隔几[天周]|每几[天周])",
    ),
    rule("doubt", rf"每(?:个|一)?{WEEK}(?:一|1|两|二|三|四|五|\d)[次回]"),
    rule("every", r"(?:每个?)?(?:逢)?(单|双|奇数|偶数)(?:数)?周(?!刊|年)的?", parity),
    rule("every", rf"每(?:逢)?\(?({DAY_LIST})\)?", every_days),
    rule("every", rf"(?:每(?:逢|个|一)|逢|每个?{WEEK}的?)({DAY_LIST})", every_days),
    rule("every", rf"每个?月的?\s?((?:{NUM})\s?[号日](?:\s?[、,和及与]\s?{NUM}\s?[号日])*)", month_days),
    rule("every", r"每个?月的?最后一[天日]", lambda m: {"every": "month", "monthdays": (-1,)}),
    rule("every", rf"(?<!每)(隔)(一)?个?({WEEK}|天|月)(?=的?\s?(?:{WEEK}|[的早上下晚\d\s]))", every_unit),
    rule(
        "every",
        rf"(?:周一[到至~-]周?五\s?)?(?:每个?|逢)?{SCHOOL_DAY}(?:每天|天天)?|周一[到至~-]周?五\s?(?:每天|天天)",
        lambda m: {"every": "week", "weekdays": SCHOOL_DAYS},
    ),
    rule("every", r"天天(?!向上)|每[日天](?!一)", lambda m: {"every": "day"}),
    rule("every", r"每(?=[早晚](?:上|间|\s?\d|[一二三四五六七八九十]))", lambda m: {"every": "day"}),
    rule("every", rf"每(隔)?\s?({NUM})?\s?个?({WEEK}|月|天)(?!{DAY}|末)的?", every_unit),
    rule("count", rf"(?:一共开?|总共开?|共计|共|连续开?|连开|开)\s?({NUM})\s?[次场回](?![议])", times),
    rule("count", rf"(?:连续|持续|为期|一共|共)\s?({NUM})\s?(?:周|个?星期|个?礼拜)", span),
    rule("until", r"(?:一?直到|截止到?|截至|为止到|持续到|一直开到|到期)"),
    rule("from", r"从|自(?=\d|第|下|[一二三四五六七八九十]{1,2}月)"),
    rule("tail", r"(?:开始|起)(?![义点来源始立步跑风业])"),
    rule("stop", r"(?:为止|结束|止)(?![义点来源始立步跑风业语于])"),
)
DOUBTS = (
    rule("doubt", rf"(?:每个?|逢)?{WEEK}{DAY}\s?,\s?{NEXT_DAY}(?=[㐀-鿿])(?![上下早晚中的和及与到至])"),
    rule(
        "doubt",
        rf"(?:(?:{HOLIDAYS}|{EVENT})节?(?:之|以)?前的?)?"
        rf"(?:[上下][一]?|第{NUM}|最后(?:{NUM})?|倒数第?{NUM}|前?{NUM}|首|头)个?{SCHOOL_DAY}(?:(?:之|以)?[后前])?",
    ),
    rule(
        "doubt",
        rf"(?:(?:{EVENT}|(?:{HOLIDAYS})(?:节|假期|长假|假)?|圣诞节?|[节年]|考完)(?:过|之|以)?[前后]|考完)的?"
        rf"(?:那?一?个?|第(?!一个){NUM}个?|第一(?={WEEK}{WEEK})|下个?|当){WEEK}?的?\s?(?={WEEK}{DAY})"
        rf"|(?:{EVENT}|(?:{HOLIDAYS})节?)的?(?:[那当这]一?个?)?{WEEK}的?\s?(?={WEEK}{DAY})",
    ),
    rule(
        "doubt",
        rf"第\s?{NUM}\s?个?周?\s?(?:[、,和及与]\s?第?\s?{NUM}\s?周?\s?)*[、,和及与]\s?第?\s?{NUM}\s?(?:个|[两三]?周)"
        rf"|(?<![\d第])(?<!\d[./:-]){NUM}\s?周?\s?(?:[、,和及与/]\s?{NUM}\s?周?\s?)*[、,和及与/]\s?{NUM}\s?周的?\s?(?={WEEK}{DAY})"
        rf"|(?:(?<=^)|(?<=\s))\d{{1,2}}(?={WEEK}{DAY}(?!{WEEK}))|(?:教学周|校历周?|周次)\s?\d{{1,2}}(?=\s?{WEEK}{DAY})"
        rf"|[明后去]年的?\s?(?={WEEK}{DAY}|第{NUM}(?:个?{WEEK})|最后)|隔(?![一1]周){NUM}周的?\s?,?\s?(?={WEEK}{DAY})|快(?=\d{{1,2}}[:点])|每个?月[底初末中]|单双周的?(?={WEEK})",
    ),
    rule("doubt", rf"{NUM}\s?月\s?{NUM}\s?[日号]?\s?[-~到至、,和]\s?{NUM}\s?[日号]"),
    rule("tally", rf"(?<=\s)({NUM})\s?次(?=\s|$)", times),
    rule(
        "tally",
        rf"(?<=\s)({NUM})\s?(?:周|个?星期|个?礼拜)(?=\s|$)(?!\s?[每逢]?{WEEK}{DAY})",
        span,
    ),
    rule(
        "event",
        rf"(?:连续|持续|为期|一共|共)\s?{NUM}\s?(?:天|日|个月|个学期|学期)|(?<=\s){NUM}\s?(?:天|个月|次课?)(?=\s|$)"
        r"|(?:[x×]\s?\d{1,2}|(?<=[\s(])\d{1,2}\s?x)(?=$|[\s,;)])",
    ),
    rule("doubt", r"[今明后去]年(?=的?每)"),
    rule("event", rf"[到至]?(?:{HOLIDAYS})节?(?:之|以)?(?:前|为止)|[到至](?:{HOLIDAYS})"),
    rule("doubt", rf"除(?:了|开|去|掉|却)?(?=每?{TIME})\S{{1,6}}|除了\S{{1,6}}|{WEEK}{DAY}除外"),
    rule("doubt", rf"(?:不在|不是|别在|不要在|不想在|避开|非|别|不|没有)(?={TIME})"),
    rule(
        "doubt",
        rf"(?:或者?|还是|要么|要不)\s?(?=[每这本下]?(?:{WEEK}{DAY}|\d{{1,2}}[:月号日点]|[今明后]|[上下]午|晚|{NUM}[点月号日]))",
    ),
    rule(
        "doubt",
        rf"(?:大概|大约|约莫|约|差不多|最晚|最迟|不晚于|不早于|至少|最早)\s?在?(?={TIME}|{NUM}[点时])",
    ),
    # An end that is no clock, and what might be a repetition.
    rule(
        "doubt",
        rf"(?<=[点分半刻时\d])\s?(?:到|至|[-—–~～])\s?(?:中午|正午|下午|傍晚|晚上|夜里)(?!\s?(?:{NUM}|\d))",
    ),
    rule("doubt", r"(?:整个?|全)学期(?=\s|$|的?每|都)"),
    rule("doubt", r"改天|改日|隔三[岔差]五|三天两头|时间待定|待定|另行通知|时间另定|择日|择期|改期再[定说]"),
    rule("doubt", rf"(?:推迟|提前|延期|延后|改期|调整|挪)[到至](?={TIME}|{NUM}月|下)"),
    rule(
        "doubt",
        rf"(?:接下来|未来|今后|往后)的?\s?{NUM}\s?个?(?:周|星期|礼拜|月|天)(?=的?\s?(?:每|{WEEK}{DAY}|$|\s))",
    ),
    rule(
        "doubt",
        rf"(?<![\d.])\d{{1,2}}\.\d{{1,2}}日?\s?[-~到至]\s?\d{{1,2}}\.\d{{1,2}}日?"
        rf"(?=\s?(?:[每单双隔]|{WEEK}{DAY}|\d{{1,2}}[:点]|[上下]午))"
        rf"|第\s?{NUM}\s?[-~到至]\s?{NUM}(?=\s?[单双]数?周)|(?<=\s){NUM}周(?:为止|止|结束)"
        rf"|(?<![\d第]){NUM}\s?周?[-~到至]\s?{NUM}周(?=[\s,]*(?:\d{{1,2}}[:点]|[上下]午))",
    ),
    rule(
        "event",
        rf"(?<!第)(?<!\d){NUM}\s?周?[-~到至]\s?{NUM}周(?!年|岁|龄|的?\s?,?\s?[每逢单双]?{WEEK}{DAY})|[到至](?:本|这个?)?学期(?:结束|末|底)|[到至]期[中末]"
        rf"|(?:{HOLIDAYS}|考试周|期[中末](?:考试)?|放假|假期)节?(?:停(?!课)|不开|休息)",
    ),
    rule("doubt", r"农历|阴历|正月|腊月|大年初?[一二三四五六七八九十]|每年"),
    rule("doubt", rf"(?<![\d第]){NUM}\s?[、,和及]\s?{NUM}\s?[号日点时](?![段期间])"),
    rule("doubt", r"(?:或者?|还是)[一二三四五六日天](?=$|[\s\d上下早晚])"),
    rule("doubt", rf"[上下]个?(?:学期|学年)(?=的?\s?(?:第|每|{WEEK}|开学|\d))"),
    rule("doubt", rf"(?:最后一周|倒数第.周|考试周|首个|最后(?=周))的?(?=\s?{WEEK}{DAY})"),
    rule(
        "event",
        rf"(?:开|持续)?[到至](?:\d{{1,2}}月|{NUM}月|[本这]?个?[月年学]期?)(?:底|末|初|中旬|上旬|下旬)|为期\S{{1,5}}|[寒暑]假",
    ),
    rule("near", r"\s?(?:过(?:[一二三四五六七八九十\d]{1,3}分|一刻|半)|来钟)"),
    rule(
        "near",
        r"\s?(?:左右|前后|上下|过后|以前|之前|前(?![端沿言置测期后])|以后|之后|后(?![勤续进面台期备天年])|多(?![媒元维样种人校学少])|附近|之内|以内|许(?!可))",
    ),
    rule("near", r"\s?\(?(?:当地|东京|纽约|伦敦|巴黎|悉尼|香港|美东|美西|格林尼治)时间\)?"),
    rule(
        "near",
        r"\s?[一二三四五六七八九十\d]{1,3}(?:[-~、到至][一二三四五六七八九十\d]{1,2})?节(?![约日目气奏奖点选课])",
    ),
    rule("event", r"(?:寒暑?假|暑假|节假日|假期|周末|考试周)?(?:除外|暂停|顺延)|节假日"),
    rule("near", r"\s?(?:不行|没空|不方便|除外|不算|不开|取消|停[一开]次|有事|之间|不可以|没时间)"),
    rule(
        "hint",
        r"有空的?(?:时候|话)?|抽空|得空|没空|没课的?时候|老时间|同样时间|同一时间|照旧|老规矩|随时|尽快|到时候?|近期|最近|这几天",
    ),
    rule(
        "hint",
        r"哪天|几点|几号|什么时候|何时|以后再|稍后|稍晚|晚[点些]|早[点些]|待会儿?|等会儿?|一会儿?|回头|有时间|方便的?时候",
    ),
    rule(
        "stretch",
        rf"(?:(?:{NUM}\s?|[本这下上]个?)?月(?:[上中下]旬|[底初末中])|年[底初末]|学期[末初]|[上中下]旬|[上下]半年"
        r"|寒假|暑假|节后|假期后)的?",
    ),
    rule("hint", r"周末|课间|午休|大课间"),
    rule(
        "event",
        r"(?:期[中末]|月考|考试|考|放学|下课|下班|课|饭|开学|运动会|家长会|家访|放假|开会)+(?:之|以)?[后前](?![测端])|期[中末](?:考试?)?时",
    ),
)
