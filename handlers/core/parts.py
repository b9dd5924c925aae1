"""Finding the steps of a model of reflection in what somebody wrote."""

import re
from collections.abc import Sequence

BEFORE = r"(?:^|(?<=[\s。；;，,.!?！？、]))"


def read_parts(words: str, labels: Sequence[str]) -> dict[str, str]:
    """What stands after each label and a colon ("做：… 学：…"), by label, in the order written.

    A label counts at the start of a line or after a space or punctuation, in either case; what is said
    twice under one label is joined by a line break. Empty parts and words before the first label are
    left out. "3:20" is a time, not a label.
    """
    if not labels:
        return {}
    names = {label.casefold(): label for label in labels}
    choice = "|".join(re.escape(name) for name in sorted(labels, key=len, reverse=True))
    found = list(re.finditer(rf"{BEFORE}({choice})[ \t]*[:：](?!\d)", words, re.IGNORECASE | re.MULTILINE))
    ends = [match.start() for match in found[1:]] + [len(words)]
    parts: dict[str, str] = {}
    for match, end in zip(found, ends, strict=False):
        label = names.get(match[1].casefold(), match[1])
        part = words[match.end() : end].strip()
        if part:
            parts[label] = f"{parts[label]}\n{part}" if label in parts else part
    return parts
