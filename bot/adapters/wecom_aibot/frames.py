"""The words of the AI bot protocol: commands, error codes, and what an error code means for a parcel."""

import random
import secrets
from typing import Any

from bot.adapters.base import Gone, Paused, Refused, Undelivered, Unreachable

Frame = dict[str, Any]

SUBSCRIBE, PING = "aibot_subscribe", "ping"
MESSAGE, EVENT = "aibot_msg_callback", "aibot_event_callback"
ANSWER, WELCOME = "aibot_respond_msg", "aibot_respond_welcome_msg"
UPDATE, PUSH = "aibot_respond_update_msg", "aibot_send_msg"
UPLOAD = "aibot_upload_media_"

BUSY, TOO_OFTEN, TOO_MANY, NOT_SUBSCRIBED = -1, 45009, 45033, 846609
STALE = frozenset({846605, 846608})
NOT_THERE = frozenset({93001, 93006, 93008})
PASSING = frozenset({BUSY, TOO_OFTEN, TOO_MANY, NOT_SUBSCRIBED})
MINUTE_PAUSE = 60.0
LONGEST_CONTENT = 20_480


class Stale(Undelivered):
    """What was to be answered can no longer be answered."""


def new_id(cmd: str) -> str:
    """A req_id nobody has used."""
    return f"{cmd}_{secrets.token_hex(8)}"


def request_of(frame: Frame) -> str:
    """The req_id of a frame, empty when it has none."""
    headers = frame.get("headers")
    found = headers.get("req_id") if isinstance(headers, dict) else None
    return found if isinstance(found, str) else ""


def code_of(ack: Frame) -> int:
    """The error code of an ack, 0 for none; one that is no number is as good as refused."""
    code = ack.get("errcode", 0)
    return code if isinstance(code, int) else 1


def check(ack: Frame, attempts: int) -> Frame:
    """The body of an ack that says yes; raises the Undelivered it stands for otherwise.

    *attempts*: how often the parcel was tried before.
    """
    code = code_of(ack)
    if code == 0:
        body = ack.get("body")
        return body if isinstance(body, dict) else {}
    raise _undelivered(code, attempts)


def _undelivered(code: int, attempts: int) -> Undelivered:
    if code == TOO_OFTEN:
        return Paused(MINUTE_PAUSE)
    if code == TOO_MANY:
        # All who were refused at once must not come back at once.
        return Paused(min(2.0**attempts, MINUTE_PAUSE) * random.uniform(0.5, 1.5), counts=True)
    if code in NOT_THERE:
        return Gone(f"WeCom said {code}")
    if code in STALE:
        return Stale(f"WeCom said {code}")
    if code == NOT_SUBSCRIBED:
        return Unreachable(f"WeCom said {code}")
    return Refused(f"WeCom said {code}")
