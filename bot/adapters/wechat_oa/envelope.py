"""Signatures, the encrypted envelope and the replies of an Official Account.

wechatpy does what is pure computation; it is loaded with the first call, not with the program.
"""

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from typing import Any

from bot.adapters.base import Unwelcome

ENCRYPTED = re.compile(rb"<Encrypt>\s*(?:<!\[CDATA\[)?([A-Za-z0-9+/=]+)(?:\]\]>)?\s*</Encrypt>")
# What XML cannot hold; words of other platforms may.
UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST_KEY, LONGEST_NAME, DEEPEST = 200, 128, 16


class Foreign(Exception):
    """The envelope was made for another account."""


class Unreadable(Exception):
    """What came is no message."""


@dataclass(frozen=True)
class Envelope:
    """*token* and *key* (32 bytes) are those of the account *app_id*; they never show in repr."""

    token: str = field(repr=False)
    key: bytes = field(repr=False)
    app_id: str

    def signed(self, signature: str, *parts: str) -> bool:
        """Whether *signature* is that of the token and *parts*, compared in constant time."""
        words = sorted(part.encode(errors="replace") for part in (self.token, *parts))
        made = hashlib.sha1(b"".join(words)).hexdigest()
        return hmac.compare_digest(made.encode(), signature.encode(errors="replace"))

    def open(self, encrypted: str) -> dict[str, Any]:
        """The message in the envelope, as JSON-able values; raises Foreign or Unreadable."""
        from wechatpy.crypto import PrpCrypto
        from wechatpy.exceptions import InvalidAppIdException

        try:
            return _parsed(PrpCrypto(self.key).decrypt(encrypted, self.app_id))
        except InvalidAppIdException:
            raise Foreign from None
        except Exception as error:
            # wechatpy lets through whatever its parser and its cipher raise: there is no list to rely on.
            raise Unreadable(type(error).__name__) from None

    def enclose(self, xml: str) -> str:
        """*xml* encrypted for the account itself."""
        from wechatpy.crypto import PrpCrypto

        return bytes(PrpCrypto(self.key).encrypt(xml, self.app_id)).decode()

    def seal(self, xml: str, nonce: str, timestamp: str) -> str:
        """*xml* encrypted and signed, as WeChat takes it for an answer."""
        from wechatpy.crypto import WeChatCrypto

        made = WeChatCrypto(self.token, base64.b64encode(self.key).decode().rstrip("="), self.app_id)
        return str(made.encrypt_message(xml, nonce, timestamp))


def aes_key(given: str) -> bytes:
    """The 32 bytes of an EncodingAESKey; raises Unwelcome."""
    try:
        key = base64.b64decode(f"{given}=", validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise Unwelcome("YANBAN_WECHAT_AES_KEY: give the 43 characters of the EncodingAESKey")
    return key


def reply(text: str, raw: dict[str, Any], timestamp: int) -> str:
    """The XML that says *text* to who sent *raw*."""
    from wechatpy.replies import TextReply

    names = {"source": str(raw["ToUserName"]), "target": str(raw["FromUserName"])}
    safe = {name: _harmless(value) for name, value in names.items()}
    return str(TextReply(content=_harmless(text), time=timestamp, **safe).render())


def key_of(raw: dict[str, Any]) -> str:
    """What tells the message apart for ever: its id, or a digest of who, when and what of an event.

    A key outlives its message, and is written into the log where that fails: nobody's address may be in it.
    """
    if raw.get("MsgType") != "event" and raw.get("MsgId"):
        return str(raw["MsgId"])[:LONGEST_KEY]
    parts = (raw["FromUserName"], raw.get("CreateTime"), raw.get("Event"), raw.get("EventKey") or "")
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()


def _parsed(xml: str) -> dict[str, Any]:
    from wechatpy import parse_message

    raw: dict[str, Any] = vars(parse_message(xml))["_data"]
    for name in ("FromUserName", "ToUserName", "MsgType"):
        if not isinstance(raw[name], str) or not 0 < len(raw[name]) <= LONGEST_NAME:
            raise ValueError(name)
    if _is_deeper(raw, DEEPEST):
        raise ValueError("depth")
    # It may have to be kept: what cannot be is no message either.
    json.dumps(raw)
    return raw


def _is_deeper(value: Any, levels: int) -> bool:
    """Whether values lie in values over more than *levels*; how deep Python goes differs by its version."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels < 0 or any(_is_deeper(one, levels - 1) for one in inner)


def _harmless(words: str) -> str:
    """wechatpy puts words into CDATA as they are: what would end it must not stand in them."""
    return UNSPEAKABLE.sub("", words).replace("]]>", "]]]]><![CDATA[>")
