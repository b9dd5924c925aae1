"""Outbox rows become frames, each an answer to what it answers while that is possible, else a push."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.adapters.base import Parcel, Refused, Unknown
from bot.adapters.wecom_aibot import frames
from bot.adapters.wecom_aibot.callbacks import Callback, Callbacks
from bot.adapters.wecom_aibot.cards import card
from bot.adapters.wecom_aibot.client import Client
from bot.adapters.wecom_aibot.frames import Frame, Stale
from bot.adapters.wecom_aibot.media import upload
from bot.clock import Clock
from bot.markup import to_markdown
from bot.split import octets, split

PRIVATE, GROUP = 1, 2


@dataclass(frozen=True)
class Sender:
    """Carries parcels over *client*; *run* tells this process's cards from those of all others."""

    client: Client
    callbacks: Callbacks
    clock: Clock
    run: str

    async def deliver(self, parcel: Parcel) -> str | None:
        """Send one parcel; the name of the new post, if one was made. Raises Undelivered."""
        return await _SENDERS[parcel.method](self, parcel)

    async def post(self, parcel: Parcel) -> str:
        """The words, or a card when there are buttons; its name is its sign, or made of the parcel."""
        name = str(parcel.payload.get("tag") or f"P{parcel.id}")
        if parcel.payload.get("buttons"):
            await self._say(parcel, _card_body(parcel, self._task(parcel, name)))
            return name
        for words in _pieces(to_markdown(parcel.payload["html"])):
            await self._say(parcel, {"msgtype": "markdown", "markdown": {"content": words}})
        return name

    async def file(self, parcel: Parcel) -> None:
        """A file of our own."""
        file = parcel.payload["file"]
        content = base64.b64decode(file["content"])
        if not content:
            raise Refused("WeCom cannot send again what it once sent")

        async def ask(cmd: str, body: Frame) -> Frame:
            return frames.check(await self._ask(cmd, body), parcel.attempts)

        media_id = await upload(ask, file["name"], content)
        await self._say(parcel, {"msgtype": "file", "file": {"media_id": media_id}})

    async def edit(self, parcel: Parcel) -> None:
        """Change the card that was pressed; too late for that, post it anew if nothing else answers."""
        callback = self._callback(parcel)
        if callback is not None and callback.cmd == frames.UPDATE:
            body = {"response_type": "update_template_card"}
            changed = card(parcel.payload, callback.task_id)
            if await self._changed(parcel, callback, body | {"template_card": changed}):
                return
        if parcel.payload.get("sole"):
            await self.post(parcel)

    async def nothing(self, parcel: Parcel) -> None:
        """What WeCom has no way to do and nobody misses."""

    async def _changed(self, parcel: Parcel, callback: Callback, body: Frame) -> bool:
        ack = await self._ask(frames.UPDATE, body, callback.req_id)
        self.callbacks.forget(callback.req_id)
        try:
            frames.check(ack, parcel.attempts)
        except (Stale, Refused):
            return False
        return True

    async def _say(self, parcel: Parcel, body: Frame) -> None:
        callback = self._callback(parcel)
        if callback is not None and callback.cmd != frames.UPDATE:
            try:
                await self._answer(parcel, callback, body)
                return
            except Stale:
                self.callbacks.forget(callback.req_id)
        kind = PRIVATE if parcel.private else GROUP
        place = {"chatid": parcel.address, "chat_type": kind}
        frames.check(await self._ask(frames.PUSH, place | body), parcel.attempts)

    async def _answer(self, parcel: Parcel, callback: Callback, body: Frame) -> None:
        if callback.cmd == frames.WELCOME:
            self.callbacks.forget(callback.req_id)
            body = _welcome(body)
        ack = await self._ask(callback.cmd, body, callback.req_id)
        frames.check(ack, parcel.attempts)

    async def _ask(self, cmd: str, body: Frame, req_id: str | None = None) -> Frame:
        """The ack; asked again, three times at most, while WeCom says it is busy."""
        for pause in (*self.client.timing.busy, None):
            ack = await self._ask_once(cmd, body, req_id)
            if pause is None or frames.code_of(ack) != frames.BUSY:
                break
            await asyncio.sleep(pause)
        return ack

    async def _ask_once(self, cmd: str, body: Frame, req_id: str | None) -> Frame:
        try:
            return await self.client.ask(cmd, body, req_id)
        except Unknown:
            # Its ack may still come, and must not be taken for that of a later answer.
            if req_id is not None:
                self.callbacks.forget(req_id)
            raise

    def _callback(self, parcel: Parcel) -> Callback | None:
        found = self.callbacks.find(parcel.payload.get("query"), self.clock(), parcel.address)
        return None if found is None or self.client.busy(found.req_id) else found

    def _task(self, parcel: Parcel, name: str) -> str:
        # No card may have the task of another, not even one posted before the records were lost.
        return f"{name}-{parcel.id}-{parcel.attempts}-{self.run}"


def _card_body(parcel: Parcel, task_id: str) -> Frame:
    return {"msgtype": "template_card", "template_card": card(parcel.payload, task_id)}


def _welcome(body: Frame) -> Frame:
    """A welcome is a card or plain words."""
    if body["msgtype"] != "markdown":
        return body
    return {"msgtype": "text", "text": {"content": body["markdown"]["content"]}}


def _pieces(words: str) -> list[str]:
    """*words* in parts WeCom takes: signs that had to be marked may have made them too long."""
    if octets(words) <= frames.LONGEST_CONTENT:
        return [words]
    half = split(words.replace("&", "&amp;").replace("<", "&lt;"), frames.LONGEST_CONTENT // 2, octets)
    return [piece.replace("&lt;", "<").replace("&amp;", "&") for piece in half]


_SENDERS: dict[str, Callable[[Sender, Parcel], Awaitable[str | None]]] = {
    "post": Sender.post,
    "file": Sender.file,
    "edit": Sender.edit,
    "ack": Sender.nothing,
    "inline": Sender.nothing,
    "delete": Sender.nothing,
}
