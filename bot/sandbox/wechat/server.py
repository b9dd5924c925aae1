"""The pretend account in one piece: its followers act, its interface listens on this computer."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.sandbox.wechat.account import Account
from bot.sandbox.wechat.caller import Caller, Heard
from bot.sandbox.wechat.methods import METHODS, SHAPES, error, misshapen
from bot.sandbox.wechat.quota import Quota
from bot.sandbox.wechat.tokens import Tokens
from bot.sandbox.wechat.world import Post, World

Json = dict[str, Any]
TROUBLE = "该公众号提供的服务出现故障，请稍后再试"
UNAUTHORIZED = 48001


class WechatSandbox:
    """One account. Calls the bot at *callback* once that is set; the bot calls it at `base_url`.

    Everything a correct bot never does is in *complaints*; *requests* are the calls to the interface.
    """

    def __init__(self, clock: Callable[[], datetime], account: Account | None = None) -> None:
        self.account, self.clock = account or Account(), clock
        self.world, self.quota = World(clock), Quota(clock)
        self.tokens = Tokens(self.account, clock)
        self.complaints: list[str] = []
        self.requests: list[tuple[str, Json]] = []
        self.caller = Caller(self.account, clock, self.complaints)
        self._failures: dict[str, list[int]] = {}
        self._runner: web.AppRunner | None = None
        self.port = 0

    @property
    def base_url(self) -> str:
        """What YANBAN_WECHAT_URL is set to."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self, port: int = 0) -> None:
        """Listen on this computer; port 0 takes a free one."""
        app = web.Application()
        app.router.add_post("/cgi-bin/{method:.+}", self._called)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        await self.caller.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def say(self, person: str, text: str) -> Heard:
        """Somebody writes; returns when WeChat has done with it."""
        return await self.send(person, "text", text, Content=text)

    async def send(self, person: str, kind: str, shown: str = "", **fields: str) -> Heard:
        """Somebody sends something of *kind* with the fields WeChat gives it."""
        who = self.world.person(person)
        who.following = True
        self.quota.spoke(person)
        self.world.add(person, shown or f"[{kind}]", from_bot=False)
        number = str(24_000_000_000_000_000 + self.world.number())
        return await self._tell(person, {"MsgType": kind, **fields, "MsgId": number})

    async def click(self, person: str, key: str) -> Heard:
        """Somebody presses an entry of the menu."""
        self.quota.acted(person)
        return await self.event(person, "CLICK", EventKey=key)

    async def follow(self, person: str, scene: str | None = None) -> Heard:
        """Somebody follows, having scanned a code with *scene* if there is one."""
        who = self.world.person(person)
        if who.following and scene is not None:
            self.quota.acted(person)
            return await self.event(person, "SCAN", EventKey=scene, Ticket="TICKET")
        who.following = True
        self.quota.acted(person)
        extra = {"EventKey": f"qrscene_{scene}", "Ticket": "TICKET"} if scene is not None else {}
        return await self.event(person, "subscribe", **extra)

    async def scan(self, person: str, ticket: str) -> Heard:
        """Somebody scans a code the bot had made; KeyError for any other."""
        return await self.follow(person, self.world.codes[ticket])

    async def unfollow(self, person: str) -> Heard:
        """Somebody goes: nothing reaches them any more."""
        self.world.person(person).following = False
        self.quota.windows.pop(person, None)
        return await self.event(person, "unsubscribe")

    async def allow(self, person: str, template: str) -> Heard:
        """Somebody allows one notice of a form, as the page that asks for it reports."""
        self.quota.allow(person, template)
        one = f"<List><TemplateId>{template}</TemplateId>"
        one += "<SubscribeStatusString>accept</SubscribeStatusString><PopupScene>2</PopupScene></List>"
        return await self.event(person, "subscribe_msg_popup_event", SubscribeMsgPopupEvent=one)

    async def event(self, person: str, name: str, **fields: str) -> Heard:
        """An event of that name."""
        return await self._tell(person, {"MsgType": "event", "Event": name, **fields})

    def fields(self, person: str, fields: Json) -> dict[str, str]:
        """A message of *person* as WeChat tells of it."""
        head = {"ToUserName": self.account.original, "FromUserName": self.world.person(person).openid}
        return head | {"CreateTime": str(int(self.clock().timestamp()))} | fields

    async def _tell(self, person: str, fields: Json) -> Heard:
        heard = await self.caller.deliver(self.fields(person, fields))
        if heard.words is not None:
            self.world.add(person, heard.words, from_bot=True)
        elif not heard.well:
            self.world.add(person, TROUBLE, from_bot=False, kind="trouble")
        return heard

    def posts(self, person: str) -> list[Post]:
        """What the bot has said to somebody, oldest first."""
        return [post for post in self.world.chat(person) if post.from_bot]

    def fail(self, method: str, *codes: int) -> None:
        """Answer the next calls of *method* with these errcodes, or from 500 to 599 with that status."""
        self._failures.setdefault(method, []).extend(codes)

    def complain(self, words: str) -> None:
        self.complaints.append(words)

    async def _called(self, request: web.Request) -> web.Response:
        method, data = request.match_info["method"], await request.read()
        if b"\\u" in data:
            self.complain(f"{method}: words escaped as \\u are shown like that")
        try:
            body = json.loads(data)
        except ValueError:
            return self._answer(method, error(47001, "data format error"), "no JSON")
        if self._failures.get(method):
            code = self._failures[method].pop(0)
            return (
                web.Response(status=code) if 500 <= code < 600 else web.json_response(error(code, "failed"))
            )
        if method not in SHAPES:
            return self._answer(method, error(40066, "invalid url"), "no such method")
        if wrong := misshapen(body, SHAPES[method]):
            return self._answer(method, error(47001, "data format error"), wrong)
        return web.json_response(self._done(method, body, request.query.get("access_token")))

    def _answer(self, method: str, answer: Json, complaint: str) -> web.Response:
        self.complain(f"{method}: {complaint}")
        return web.json_response(answer)

    def _done(self, method: str, body: Json, token: str | None) -> Json:
        if method == "stable_token":
            return self.tokens.stable(body)
        if code := self.tokens.check(token):
            return error(code, "invalid credential, access_token is invalid or not latest")
        if not self.account.may(method):
            return error(UNAUTHORIZED, "api unauthorized")
        self.requests.append((method, body))
        return METHODS[method](self, body)

    def dump(self) -> Json:
        """The world and what it may still hear, as JSON; tokens are made anew."""
        return {"world": self.world.dump(), "quota": self.quota.dump()}

    def load(self, dumped: Json) -> None:
        """Bring back what `dump` gave."""
        self.quota.load(dumped["quota"])
        self.world.load(dumped["world"])
