"""Questions such as 有没有讲算理的 that ask for what others shared."""

import re

_QUESTIONS = (
    re.compile(
        r"(?:请问)?(?:大家)?(?:有没有|谁有|哪里有)(?:讲|关于|说)?(.+?)的?(?:资料|课件|教案)?[吗呢么]?[？?。]?"
    ),
    re.compile(
        r"(?:is there|does anyone have|do we have|has anyone got|who has)\s+(?:anything |something )?"
        r"(?:on |about |for )?(.+?)\??",
        re.IGNORECASE,
    ),
)


def wanted_in(text: str) -> str:
    """What a question such as 有没有讲算理的 looks for; "" when it is none."""
    for question in _QUESTIONS:
        if found := question.fullmatch(text.strip()):
            return found[1].strip()
    return ""
