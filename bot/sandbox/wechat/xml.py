"""The XML of calls and answers."""

from collections.abc import Mapping
from xml.etree import ElementTree

from bot.sandbox.wechat.account import Account
from bot.sandbox.wechat.sealing import Broken, signature, unseal

AS_IT_IS = frozenset({"CreateTime", "MsgId", "Location_X", "Location_Y", "Scale", "SubscribeMsgPopupEvent"})
LONGEST = 2048
REPLY = ["Content", "CreateTime", "FromUserName", "MsgType", "ToUserName"]


class BadReply(ValueError):
    """An answer WeChat would not show; the message says why."""


def compose(fields: Mapping[str, str]) -> str:
    """*fields* as WeChat writes them."""
    lines = [
        f"<{name}>{value if name in AS_IT_IS else cdata(value)}</{name}>" for name, value in fields.items()
    ]
    return "\n".join(["<xml>", *lines, "</xml>"])


def cdata(words: str) -> str:
    return f"<![CDATA[{words.replace(']]>', ']]]]><![CDATA[>')}]]>"


def read_reply(account: Account, body: str, person: str, sealed: bool) -> str | None:
    """The words of an answer to *person*, None for an answer without any; raises BadReply."""
    if body in ("", "success"):
        return None
    fields = _fields(_unsealed(account, body) if sealed else body)
    if sorted(fields) != REPLY or fields["MsgType"] != "text":
        raise BadReply(f"not a text message: {sorted(fields)}")
    if (fields["ToUserName"], fields["FromUserName"]) != (person, account.original):
        raise BadReply("it is addressed to somebody else")
    if not fields["CreateTime"].isdigit():
        raise BadReply("CreateTime is no number")
    if not fields["Content"] or len(fields["Content"].encode()) > LONGEST:
        raise BadReply(f"{len(fields['Content'].encode())} bytes of words")
    return fields["Content"]


def _unsealed(account: Account, body: str) -> str:
    fields = _fields(body)
    if sorted(fields) != ["Encrypt", "MsgSignature", "Nonce", "TimeStamp"]:
        raise BadReply("an encrypted answer is Encrypt, MsgSignature, TimeStamp and Nonce")
    expected = signature(account.token, fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
    if fields["MsgSignature"] != expected:
        raise BadReply("wrong MsgSignature")
    try:
        return unseal(account.aes_key, account.app_id, fields["Encrypt"])
    except Broken as error:
        raise BadReply(str(error)) from None


def _fields(body: str) -> dict[str, str]:
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        raise BadReply(f"no XML: {error}") from None
    names = [child.tag for child in root]
    if root.tag != "xml" or len(set(names)) != len(names):
        raise BadReply(f"elements {names} in {root.tag}")
    return {child.tag: child.text or "" for child in root}
