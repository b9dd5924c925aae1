"""What WeCom has told us lately, so that answers can name it while it may still be answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.adapters.wecom_aibot import frames
from bot.adapters.wecom_aibot.content import Raw, event_of, is_group, pressed
from bot.adapters.wecom_aibot.frames import Frame

MOST = 10_000
WORDS_LIFE, EVENT_LIFE = timedelta(hours=23), timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Callback:
    """*cmd* answers it for *life* after *at*; *address* is its chat, *task_id* the card that was pressed."""

    req_id: str
    cmd: str
    address: str
    at: datetime
    life: timedelta
    task_id: str = ""


class Callbacks:
    """The newest callbacks by req_id."""

    def __init__(self) -> None:
        self._known: dict[str, Callback] = {}

    def note(self, frame: Frame, now: datetime) -> None:
        """Remember *frame* if it can be answered."""
        body, req_id = frame.get("body"), frames.request_of(frame)
        if not isinstance(body, dict) or not req_id:
            return
        self._known[req_id] = _callback(req_id, body, now)
        if len(self._known) > MOST:
            del self._known[next(iter(self._known))]

    def find(self, req_id: object, now: datetime, address: str) -> Callback | None:
        """The callback of that chat, while it may be answered."""
        found = self._known.get(str(req_id))
        if found is None or found.address != address or now - found.at >= found.life:
            return None
        return found

    def forget(self, req_id: str) -> None:
        """It is not to be answered any more."""
        self._known.pop(req_id, None)


def _callback(req_id: str, body: Raw, now: datetime) -> Callback:
    kind, details = event_of(body)
    sender = body.get("from")
    person = sender.get("userid") if isinstance(sender, dict) else ""
    address = str(body.get("chatid") if is_group(body) else person)
    if kind == "template_card_event":
        return Callback(req_id, frames.UPDATE, address, now, EVENT_LIFE, pressed(details)[1])
    if kind == "enter_chat":
        return Callback(req_id, frames.WELCOME, address, now, EVENT_LIFE)
    return Callback(req_id, frames.ANSWER, address, now, WORDS_LIFE)
