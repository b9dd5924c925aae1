"""WeCom's markdown as a reader sees it: the words, and what is bold or a link in them."""

import re
from typing import Any

from bot.sandbox.units import length

Json = dict[str, Any]
TOKEN = re.compile(
    r"\\(?P<sign>[\\`*_\[\]<>#~|])|(?P<bold>\*\*)|\[(?P<words>(?:[^\]\\]|\\.)*)\]\((?P<url>[^)\s]*)\)|.",
    re.DOTALL,
)
SIGN = re.compile(r"\\([\\`*_\[\]<>#~|])")


def spans(markdown: str) -> tuple[str, list[Json]]:
    """The words, and entities over them as the Bot API counts them (UTF-16)."""
    said, entities, bold = "", list[Json](), None
    for token in TOKEN.finditer(markdown):
        if token["bold"]:
            if bold is not None:
                entities.append({"type": "bold", "offset": bold, "length": length(said) - bold})
            bold = length(said) if bold is None else None
        elif token["url"] is not None:
            words = SIGN.sub(r"\1", token["words"])
            link = {"type": "text_link", "offset": length(said), "length": length(words)}
            entities.append(link | {"url": token["url"]})
            said += words
        else:
            said += token["sign"] or token[0]
    return said, entities
