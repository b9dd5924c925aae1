"""What the interface does with each call; errcodes as WeChat gives them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.sandbox.wechat.server import WechatSandbox

Json = dict[str, Any]
OK: Json = {"errcode": 0, "errmsg": "ok"}
LONGEST, LONGEST_THING = 2048, 20
LONGEST_CODE = 2592000
TOO_LONG, BAD_OPENID, NOT_FOLLOWING, BAD_TEMPLATE, BAD_DATA, BAD_MENU = (
    45002,
    40003,
    43004,
    40037,
    47003,
    40016,
)


def custom(fake: "WechatSandbox", body: Json) -> Json:
    """A customer-service message."""
    words = body["text"]["content"]
    if not words or len(words.encode()) > LONGEST:
        fake.complain(f"custom/send: {len(words.encode())} bytes")
        return error(TOO_LONG, "content size out of limit")
    return _to(fake, body, lambda name: fake.quota.take(name), words, "text")


def template(fake: "WechatSandbox", body: Json) -> Json:
    """A template message."""
    return _form(fake, body) or _to(fake, body, lambda _: 0, _said(body), "template")


def notice(fake: "WechatSandbox", body: Json) -> Json:
    """A notice somebody allowed once."""
    form = str(body["template_id"])
    take = lambda name: fake.quota.take_notice(name, form)  # noqa: E731
    return _form(fake, body) or _to(fake, body, take, _said(body), "notice")


def code(fake: "WechatSandbox", body: Json) -> Json:
    """A QR code with a scene."""
    scene = body["action_info"]["scene"]["scene_str"]
    passing = body["action_name"] == "QR_STR_SCENE"
    seconds = body.get("expire_seconds", LONGEST_CODE if passing else 0)
    if not 1 <= len(scene) <= 64 or not 0 <= seconds <= LONGEST_CODE:
        fake.complain(f"qrcode/create: scene of {len(scene)}, {seconds} s")
        return error(40053, "invalid action info")
    ticket = f"gQTICKET{fake.world.number():06d}"
    fake.world.codes[ticket] = scene
    lasting = {"expire_seconds": seconds} if passing else {}
    return {"ticket": ticket, "url": f"http://weixin.qq.com/q/{ticket}"} | lasting


def menu(fake: "WechatSandbox", body: Json) -> Json:
    """The menu below the chat."""
    buttons = body["button"]
    wrong = not 1 <= len(buttons) <= 3 or any(_bad_entry(one) for one in buttons)
    if wrong:
        fake.complain(f"menu/create: {buttons}")
        return error(BAD_MENU, "invalid button size")
    fake.world.menu = buttons
    fake.world.changed()
    return OK


def _bad_entry(button: Json) -> bool:
    below = button.get("sub_button", [])
    long = [one for one in below if len(one["name"].encode()) > 60 or len(one["key"].encode()) > 128]
    return bool(long) or len(button["name"].encode()) > 16 or not 1 <= len(below) <= 5


def _to(fake: "WechatSandbox", body: Json, take: Callable[[str], int], words: str, kind: str) -> Json:
    person = fake.world.whose(body["touser"])
    if person is None:
        return error(BAD_OPENID, "invalid openid")
    if not person.following:
        return error(NOT_FOLLOWING, "require subscribe")
    if number := take(person.name):
        return error(number, "response out of time limit or subscription is canceled")
    fake.world.add(person.name, words, from_bot=True, kind=kind)
    return OK


def _form(fake: "WechatSandbox", body: Json) -> Json | None:
    fields = fake.account.templates.get(body["template_id"])
    if fields is None:
        return error(BAD_TEMPLATE, "invalid template_id")
    for name, value in body["data"].items():
        if name not in fields or len(value["value"]) > LONGEST_THING:
            fake.complain(f"{body['template_id']}: {name} of {len(value['value'])}")
            return error(BAD_DATA, f"argument invalid! data.{name}.value is wrong")
    return None


def _said(body: Json) -> str:
    return "\n".join(one["value"] for one in body["data"].values())


def error(number: int, words: str) -> Json:
    """A refusal."""
    return {"errcode": number, "errmsg": f"{words} rid: 00000000-00000000-00000000"}


METHODS: dict[str, Callable[["WechatSandbox", Json], Json]] = {
    "message/custom/send": custom,
    "message/template/send": template,
    "message/subscribe/bizsend": notice,
    "qrcode/create": code,
    "menu/create": menu,
}
# The fields each call has, no more and no fewer; a trailing "?" may be missing.
SHAPES: dict[str, Json] = {
    "message/custom/send": {"touser": str, "msgtype": str, "text": {"content": str}},
    "message/template/send": {"touser": str, "template_id": str, "data": dict},
    "message/subscribe/bizsend": {"touser": str, "template_id": str, "data": dict},
    "qrcode/create": {
        "action_name": str,
        "action_info": {"scene": {"scene_str": str}},
        "expire_seconds?": int,
    },
    "menu/create": {"button": list},
    "stable_token": {"grant_type": str, "appid": str, "secret": str, "force_refresh?": bool},
}


def misshapen(body: Any, shape: Json, where: str = "") -> str | None:
    """What is wrong with the fields of *body*."""
    if not isinstance(body, dict):
        return f"{where or 'body'} is no object"
    known = {name.rstrip("?") for name in shape}
    if strange := set(body) - known:
        return f"{where}{', '.join(sorted(strange))} is not known"
    for name, wanted in shape.items():
        field = name.rstrip("?")
        if field not in body:
            if name.endswith("?"):
                continue
            return f"{where}{field} is missing"
        if isinstance(wanted, dict):
            if wrong := misshapen(body[field], wanted, f"{where}{field}."):
                return wrong
        elif not isinstance(body[field], wanted):
            return f"{where}{field} is no {wanted.__name__}"
    return None
