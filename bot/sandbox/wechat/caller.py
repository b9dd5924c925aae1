"""What WeChat's servers do with a follower's message: sign it, encrypt it, call, wait, call again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp

from bot.sandbox.wechat.account import Account
from bot.sandbox.wechat.sealing import seal, signature
from bot.sandbox.wechat.xml import BadReply, compose, read_reply

MODES = ("safe", "compatible", "plain")
DELIVERIES = 3
PATIENCE = 5.0


@dataclass(frozen=True)
class Call:
    """One signed request."""

    query: dict[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Heard:
    """What came of a message: the words in the answer, and the status of each delivery (0: none)."""

    words: str | None
    statuses: list[int]

    @property
    def well(self) -> bool:
        return self.statuses[-1] == 200


class Caller:
    """Calls *address*. *mode*: safe (encrypted), compatible (both), plain. *patience*: seconds."""

    def __init__(self, account: Account, clock: Callable[[], datetime], complaints: list[str]) -> None:
        self.account, self.clock, self.complaints = account, clock, complaints
        self.address = ""
        self.mode = "safe"
        self.patience = PATIENCE
        self._session: aiohttp.ClientSession | None = None
        self._nonce = 0

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def call(self, xml: str, at: datetime | None = None) -> Call:
        """*xml* signed at *at* (now), in the mode set."""
        self._nonce += 1
        timestamp, nonce = str(int((at or self.clock()).timestamp())), f"{self._nonce:010d}"
        token = self.account.token
        query = {"signature": signature(token, timestamp, nonce), "timestamp": timestamp, "nonce": nonce}
        if self.mode == "plain":
            return Call(query, xml.encode())
        sealed = seal(self.account.aes_key, self.account.app_id, xml, f"{self._nonce:016d}".encode())
        query |= {"encrypt_type": "aes", "msg_signature": signature(token, timestamp, nonce, sealed)}
        envelope = f"<Encrypt><![CDATA[{sealed}]]></Encrypt>\n</xml>"
        if self.mode == "compatible":
            return Call(query, xml.replace("</xml>", envelope).encode())
        owner = f"<ToUserName><![CDATA[{self.account.original}]]></ToUserName>"
        return Call(query, f"<xml>\n{owner}\n{envelope}".encode())

    async def post(self, call: Call) -> tuple[int, str]:
        """Status and body of the answer; status 0: none within the patience."""
        try:
            async with self._client().post(
                self.address, params=call.query, data=call.body, headers={"Content-Type": "text/xml"}
            ) as response:
                return response.status, await response.text()
        except (aiohttp.ClientError, TimeoutError, OSError):
            return 0, ""

    async def echo(self, words: str = "7342931") -> tuple[int, str]:
        """The call by which the address is proved."""
        timestamp, nonce = str(int(self.clock().timestamp())), "echo"
        query = {"signature": signature(self.account.token, timestamp, nonce), "echostr": words}
        query |= {"timestamp": timestamp, "nonce": nonce}
        async with self._client().get(self.address, params=query) as response:
            return response.status, await response.text()

    async def deliver(self, fields: Mapping[str, str]) -> Heard:
        """Tell of a message, three times at most; complains about answers WeChat would not take."""
        xml, statuses = compose(fields), []
        for _ in range(DELIVERIES):
            status, body = await self.post(self.call(xml))
            statuses.append(status)
            if status == 200:
                return Heard(self._words(body, fields["FromUserName"]), statuses)
        return Heard(None, statuses)

    def _words(self, body: str, person: str) -> str | None:
        try:
            return read_reply(self.account, body, person, sealed=self.mode != "plain")
        except BadReply as error:
            self.complaints.append(f"answer: {error}")
            return None

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self.patience))
        return self._session
