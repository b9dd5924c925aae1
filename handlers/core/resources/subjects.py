"""School subjects as teachers call them."""

import re

# What a subject is also called is searched for too, so that one language finds the other.
SUBJECTS = {
    "chinese": ("语文", "Chinese"),
    "math": ("数学", "maths", "mathematics"),
    "english": ("英语", "English"),
    "physics": ("物理", "physics"),
    "chemistry": ("化学", "chemistry"),
    "biology": ("生物", "biology"),
    "history": ("历史", "history"),
    "geography": ("地理", "geography"),
    "civics": ("道德与法治", "道法", "政治", "思政", "思想政治", "civics"),
    "science": ("科学", "science"),
    "computing": ("信息技术", "信息科技", "computing", "ICT"),
    "music": ("音乐", "music"),
    "art": ("美术", "art"),
    "sport": ("体育", "体育与健康", "PE"),
    "labour": ("劳动", "劳动教育"),
    "wellbeing": ("心理", "心理健康"),
}
BY_NAME = {name.casefold(): code for code, names in SUBJECTS.items() for name in names} | {"math": "math"}
# In running text these are the subject; the rest mean it only when they stand alone or beside a grade.
SURE = re.compile(
    r"语文(?![化字])|数学(?!习)|英语|物理(?!解)|化学(?!习)|道德与法治|信息技术|信息科技|美术"
    r"|(?<![a-z])(?:maths?|mathematics|physics|chemistry|biology|geography)(?![a-z])"
)
LESSON = "课|课件|教案|课堂|学科|试卷|作业|教学"
_HAN = "|".join(sorted((name for name in BY_NAME if not name.isascii()), key=len, reverse=True))
ALONE = re.compile(rf"({_HAN})(?:{LESSON})?")
_LATIN = "|".join(sorted((name for name in BY_NAME if name.isascii()), key=len, reverse=True))
_GRADE = r"(?:grade|year)\s*\d{1,2}"
BESIDE_GRADE = re.compile(
    rf"{_GRADE},?\s+({_LATIN})(?![a-z])|(?<![a-z])({_LATIN}),?\s+(?:for\s+)?{_GRADE}(?!\d)"
)
