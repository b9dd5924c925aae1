"""Posts with buttons as WeCom's template cards."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.adapters.base import Cards
from bot.markup import to_plain

Json = dict[str, Any]
CARDS = Cards()
TITLE = 36
HOME = "https://work.weixin.qq.com"


def card(payload: Mapping[str, Any], task_id: str) -> Json:
    """The card of a post: buttons, a list to choose one from, or words alone when nothing is to press."""
    flat = [button for row in payload.get("buttons") or () for button in row]
    words = to_plain(payload["html"])
    if not flat:
        return _told(words, task_id)
    if len(flat) <= CARDS.buttons:
        return _pressable(words, flat, task_id)
    return _choosable(words, flat, str(payload.get("choose", "OK")), task_id)


def _pressable(words: str, buttons: Sequence[Mapping[str, str]], task_id: str) -> Json:
    pressable = [{"text": one["text"], "style": 1, "key": one["data"]} for one in buttons]
    return {"card_type": "button_interaction", **_words(words), "button_list": pressable, "task_id": task_id}


def _choosable(words: str, buttons: Sequence[Mapping[str, str]], choose: str, task_id: str) -> Json:
    first, _, rest = words.partition("\n")
    title = {"title": _cut(first, TITLE)} | ({"desc": rest} if rest else {})
    options = [{"id": one["data"], "text": one["text"], "is_checked": False} for one in buttons]
    return {
        "card_type": "vote_interaction",
        "main_title": title,
        "checkbox": {"question_key": "choice", "mode": 0, "option_list": options},
        "submit_button": {"text": choose, "key": "choose"},
        "task_id": task_id,
    }


def _told(words: str, task_id: str) -> Json:
    # WeCom wants an address behind a card without buttons.
    action = {"type": 1, "url": HOME}
    return {"card_type": "text_notice", **_words(words), "card_action": action, "task_id": task_id}


def _words(words: str) -> Json:
    first, _, rest = words.partition("\n")
    if len(first) > TITLE:
        return {"sub_title_text": words}
    return {"main_title": {"title": first}} | ({"sub_title_text": rest} if rest else {})


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
