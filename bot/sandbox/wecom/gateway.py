"""The pretend gateway: a WebSocket server on this computer that speaks as WeCom's does."""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime

from aiohttp import WSCloseCode, web

from bot.sandbox.guard import NAMES, guard
from bot.sandbox.wecom import sealing
from bot.sandbox.wecom.desk import Desk
from bot.sandbox.wecom.faults import Faults
from bot.sandbox.wecom.people import Json
from bot.sandbox.wecom.seed import seed
from bot.sandbox.wecom.session import Session
from bot.sandbox.wecom.world import World

BOT_ID, SECRET = "aibSandbox", "sandbox-secret-only-on-this-computer"
KEPT = 20_000


class Gateway:
    """One bot's gateway and its world. *kept*: a world that was dumped, instead of the teachers' own.

    *complaints*: what the bot did against the rules; *frames*: what it sent last; *begun*: how often it has
    subscribed.  What people say while no bot is connected waits for the next one, and what was on its way
    when a connection broke comes again: whether WeCom does so nobody has said.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        bot_id: str = BOT_ID,
        secret: str = SECRET,
        kept: Json | None = None,
    ) -> None:
        self.bot_id, self.secret = bot_id, secret
        self.world, self.faults = World(clock, bot_id), Faults()
        if kept is None:
            seed(self.world)
        else:
            self.world.load(kept)
        self.world.on_waiting = self._hand_over
        self.desk = Desk(self.world)
        self.complaints: list[str] = []
        self.frames: deque[Json] = deque(maxlen=KEPT)
        self.heartbeats = True
        self.begun = 0
        self.session: Session | None = None
        self._sessions: set[Session] = set()
        self._kicks: set[asyncio.Task[None]] = set()
        self._next_session = asyncio.Event()
        self.host, self.port = "127.0.0.1", 0

    @property
    def url(self) -> str:
        """What YANBAN_WECOM_URL takes."""
        return f"ws://{self.host}:{self.port}"

    @property
    def connected(self) -> bool:
        """Whether a bot is subscribed and can be told something."""
        return self.session is not None and not self.session.lame

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. Raises ValueError for an address others could reach."""
        if host not in NAMES:
            raise ValueError(f"{host}: the sandbox only serves this computer")
        app = web.Application(middlewares=[guard])
        app.router.add_get("/", self._socket)
        app.router.add_get("/media/{id}", self._media)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.host, self.port = host, self._runner.addresses[0][1]
        self.world.media_root = f"http://{host}:{self.port}"

    async def stop(self) -> None:
        """Cut all lines and stop listening; `start` with the same port begins again."""
        for session in list(self._sessions):
            session.abort()
        await self._runner.cleanup()

    def abort(self) -> None:
        """Cut the bot's line without a word (1006)."""
        if self.session is not None:
            self.session.abort()

    async def close(self, code: int = WSCloseCode.OK) -> None:
        """End the bot's connection in order."""
        if self.session is not None:
            await self.session.close(code)

    async def kick(self) -> None:
        """Connect as the same bot from elsewhere."""
        if self.session is not None:
            await self.session.kick()

    def release(self) -> None:
        """Send the late acks now."""
        if self.session is not None:
            self.session.release()

    async def subscription(self, number: int) -> None:
        """Return when the bot has subscribed for the *number*th time."""
        while self.begun < number:
            await self._next_session.wait()

    def heard(self, frame: Json, wrong: list[str]) -> None:
        """A frame of the bot's, and what is wrong with it."""
        self.frames.append(frame)
        self.complaints += wrong

    def subscribed(self, session: Session) -> None:
        """*session* is the bot's from now on; the one before is kicked."""
        before, self.session = self.session, session
        if before is not None and before is not session:
            self._keep_unsure(before)
            kicking = asyncio.create_task(before.kick())
            self._kicks.add(kicking)
            kicking.add_done_callback(self._kicks.discard)
        self.begun += 1
        self._next_session.set()
        self._next_session = asyncio.Event()
        self._hand_over()

    def ended(self, session: Session) -> None:
        """The connection of *session* is over."""
        self._sessions.discard(session)
        if session is self.session:
            self.session = None
            self._keep_unsure(session)

    def _keep_unsure(self, session: Session) -> None:
        self.world.waiting = [*session.unsure, *self.world.waiting]
        session.unsure = []

    def _hand_over(self) -> None:
        session = self.session
        if session is None or session.lame:
            return
        waiting, self.world.waiting = self.world.waiting, []
        for frame in waiting:
            self.desk.handed_over(frame)
            session.hand_over(frame)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(timeout=0.2, max_msg_size=2**22)
        await socket.prepare(request)
        session = Session(self, socket, request)
        self._sessions.add(session)
        await session.serve()
        return socket

    async def _media(self, request: web.Request) -> web.Response:
        number, until = request.match_info["id"], request.query.get("until", "0")
        file = self.world.files.get(int(number)) if number.isdigit() else None
        if file is None or not until.isdigit() or self.world.seconds() > int(until):
            return web.Response(status=403)
        return web.Response(body=sealing.seal(file.content, file.key))
