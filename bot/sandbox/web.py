"""The page in the browser: its files, its state, and what the person in front of it does."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.sandbox import view
from bot.sandbox.guests import Guest, Upload, guest_of, human, humans
from bot.sandbox.people import Chat, Person

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

Json = dict[str, Any]
FOLDER = Path(__file__).with_name("page")
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
MORNING = time(7, 30)
BEAT = 15.0
COALESCE = 0.02


class Page:
    """Routes of the page. Every POST says which *person* acts; nobody else can reach this address."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox
        self.world = sandbox.world
        self.version = 1
        self.closed = False
        self.streams: set[asyncio.Event] = set()
        guests = [guest.listeners for guest in self.sandbox.guests]
        self._told = [self.world.listeners, self.world.updates.listeners, *guests]
        for listeners in self._told:
            listeners.append(self._changed)

    def routes(self) -> list[web.RouteDef]:
        """All of them."""
        posts = (self.say, self.press, self.file, self.clock, self.inline, self.choose)
        gets: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
            "/": self.static,
            "/page/{name:.+}": self.static,
            "/sandbox/state": self.state,
            "/sandbox/events": self.events,
            "/sandbox/file/{id}": self.download,
        }
        return [
            *(web.get(path, handler) for path, handler in gets.items()),
            *(web.post(f"/sandbox/{handler.__name__}", handler) for handler in posts),
        ]

    def close(self) -> None:
        """End the streams."""
        self.closed = True
        for listeners in self._told:
            listeners.remove(self._changed)
        self._changed()

    def _changed(self) -> None:
        self.version += 1
        for event in self.streams:
            event.set()

    async def static(self, request: web.Request) -> web.Response:
        """One of the page's own files."""
        file = (FOLDER / request.match_info.get("name", "index.html")).resolve()
        if FOLDER not in file.parents or file.suffix not in TYPES or not file.is_file():
            raise web.HTTPNotFound
        headers = {"Cache-Control": "no-cache"}
        kind = TYPES[file.suffix]
        return web.Response(body=file.read_bytes(), content_type=kind, charset="utf-8", headers=headers)

    async def state(self, request: web.Request) -> web.Response:
        """The world as the person asked for sees it; without one, the first."""
        who = human(self.sandbox, request.query.get("person", "")) or humans(self.sandbox)[0]
        return _json(view.state(self.sandbox, who) | {"version": self.version})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: a version number whenever the world changed."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        event = asyncio.Event()
        self.streams.add(event)
        try:
            while not self.closed:
                await response.write(f"data: {self.version}\n\n".encode())
                await _either(event, BEAT)
        except ConnectionError:
            return response  # the browser closed the page
        finally:
            self.streams.discard(event)
        return response

    async def say(self, request: web.Request) -> web.Response:
        """Somebody writes: person, chat, text, reply_to."""
        given = await request.json()
        text = str(given.get("text", "")).strip()
        if not text or len(text) > 4096:
            raise web.HTTPBadRequest
        if found := self._guest(given):
            guest, name = found
            return self._there(lambda: guest.say(name, given["chat"], text, given.get("reply_to")))
        person, chat = self._place(given)
        return self._done(message=self.world.say(person, chat, text, given.get("reply_to")).id)

    async def press(self, request: web.Request) -> web.Response:
        """Somebody presses a button: person, chat, message, data."""
        given = await request.json()
        if found := self._guest(given):
            guest, name = found
            return self._there(lambda: guest.press(name, given["chat"], str(given["message"]), given["data"]))
        person, chat = self._place(given)
        try:
            query = self.world.press(person, self.world.message(chat, int(given["message"])), given["data"])
        except KeyError as error:
            raise web.HTTPConflict from error
        return self._done(query=query.id)

    async def file(self, request: web.Request) -> web.Response:
        """Somebody sends a file: a form of person, chat, caption, reply_to, file."""
        form = await request.post()
        upload = form.get("file")
        if not isinstance(upload, web.FileField):
            raise web.HTTPBadRequest
        place = {"person": form["person"], "chat": form["chat"]}
        content, caption = upload.file.read(), str(form.get("caption", ""))
        if found := self._guest(place):
            guest, name = found
            sent = Upload(upload.filename, upload.content_type, content, caption)
            return self._there(lambda: guest.send(name, str(place["chat"]), sent))
        person, chat = self._place(place)
        reply_to = int(str(form["reply_to"])) if form.get("reply_to") else None
        if upload.content_type in IMAGES:
            post = self.world.send_photo(person, chat, content, caption)
        else:
            post = self.world.send_file(person, chat, upload.filename, content, caption, reply_to)
        return self._done(message=post.id)

    async def clock(self, request: web.Request) -> web.Response:
        """Time is moved: to "hour", "morning" or "due"."""
        until = await self._until((await request.json()).get("to"))
        now = self.sandbox.machine.now()
        if until and until > now:
            await self.sandbox.move(until)
        return self._done(moved=bool(until), clock=view.clock(self.sandbox))

    async def _until(self, goal: str) -> datetime | None:
        now = self.sandbox.machine.now()
        if goal == "hour":
            return now + timedelta(hours=1)
        if goal == "morning":
            local = now.astimezone(ZoneInfo(self.sandbox.zone))
            today = datetime.combine(local.date(), MORNING, local.tzinfo)
            return (today if today > local else today + timedelta(days=1)).astimezone(UTC)
        if goal == "due" and self.sandbox.next_due:
            due = await self.sandbox.next_due()
            return due and max(due + timedelta(seconds=1), now)
        return None

    async def inline(self, request: web.Request) -> web.Response:
        """Somebody types @bot and words: person, chat, query. Waits a moment for the bot's results."""
        given = await request.json()
        person, chat = self._place(given)
        number = self.world.inline(person, str(given["query"])[:256], "sender" if chat.private else chat.kind)
        for _ in range(40):
            if offered := self.world.inline_answers[number]:
                shown = [
                    {key: one[key] for key in ("id", "title", "description")} for one in offered["results"]
                ]
                return self._done(inline=number, results=shown)
            await asyncio.sleep(0.05)
        return self._done(inline=number, results=[])

    async def choose(self, request: web.Request) -> web.Response:
        """Somebody sends an inline result: person, chat, inline, result."""
        given = await request.json()
        person, chat = self._place(given)
        if given["inline"] not in self.world.inline_answers:
            raise web.HTTPConflict
        return self._done(message=self.world.choose(person, chat, given["inline"], given["result"]).id)

    async def download(self, request: web.Request) -> web.Response:
        """A file for the person; only pictures are shown in place."""
        number = request.match_info["id"]
        guest = guest_of(self.sandbox, number)
        file = guest.file(number) if guest else self.world.files.get(number)
        if file is None:
            raise web.HTTPNotFound
        if file.mime in IMAGES:
            return web.Response(body=file.content, content_type=file.mime)
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
        return web.Response(body=file.content, content_type="application/octet-stream", headers=headers)

    def _guest(self, given: Json) -> tuple[Guest, str] | None:
        """The other platform the chat is on, and who acts there."""
        guest = guest_of(self.sandbox, given.get("chat"))
        who = human(self.sandbox, str(given.get("person", "")))
        return (guest, who.name) if guest and who else None

    def _there(self, deed: Callable[[], None]) -> web.Response:
        try:
            deed()
        except KeyError as error:
            raise web.HTTPConflict from error
        return self._done()

    def _place(self, given: Json) -> tuple[Person, Chat]:
        person = self.world.people.get(_number(given.get("person")))
        chat = self.world.chats.get(_number(given.get("chat")))
        if person is None or chat is None or not view.visible(chat, person):
            raise web.HTTPBadRequest
        return person, chat

    def _done(self, **answer: Any) -> web.Response:
        self.sandbox.flush()
        return _json(answer)


async def _either(event: asyncio.Event, seconds: float) -> None:
    """Wait for a change, and a moment longer for those that come with it; or for the beat."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
        await asyncio.sleep(COALESCE)
    except TimeoutError:
        return
    event.clear()


def _number(given: object) -> int:
    return int(str(given)) if re.fullmatch(r"-?\d+", str(given)) else 0


def _json(answer: Json) -> web.Response:
    body = json.dumps(answer, ensure_ascii=False).encode()
    headers = {"Cache-Control": "no-store"}
    return web.Response(body=body, content_type="application/json", headers=headers)
