"""One unit of work: claim, meet, route, say. Runs in the engine's transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlmodel import Session

from bot.adapters.base import Adapter, Arrival
from bot.clock import Clock
from bot.engine import Engine, Unavailable
from bot.failures import keep, set_aside
from bot.logs import place_of
from bot.post import Post
from bot.presence import meet, revisit
from config.texts import say
from handlers.core.answer import Answer, Audience
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.journey import travel
from handlers.core.message import Kind, Message, Place
from handlers.core.router import Router
from storage.models.community import Chat
from storage.models.delivery import Inbox, Job
from storage.models.due import Schedule
from storage.prepared import connection_of, utter
from storage.queries.delivery import claim
from storage.touched import touched

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one unit of work left behind: whether there are new jobs or due moments, and an answer."""

    jobs: bool = False
    dues: bool = False
    says: bool = False


NOTHING = Outcome()


class Unreadable(Exception):
    """An update that no later try could read either."""


@dataclass(frozen=True)
class Dispatcher:
    """Takes what happened through the handlers and writes what there is to say."""

    router: Router
    adapters: Mapping[str, Adapter]
    post: Post
    clock: Clock

    async def receive(self, engine: Engine, arrival: Arrival) -> Outcome:
        """Handle one update durably; returns after the commit, raises Unavailable if it could not."""
        try:
            return await engine.submit(lambda session: self.handle(session, arrival))
        except Unavailable:
            raise
        except Exception as error:
            return await self._fail(engine, arrival, error)

    def handle(self, session: Session, arrival: Arrival) -> Outcome:
        """One update, once: a repeat stops at the claim."""
        now = self.clock()
        if not claim(session, arrival.platform, arrival.account, arrival.key, now):
            return NOTHING
        try:
            return self._answer(session, arrival, now)
        except Unreadable:
            set_aside(session, arrival)
            return NOTHING

    async def try_again(self, engine: Engine, row: Inbox, arrival: Arrival) -> Outcome:
        """An update that failed before and was kept in *row*."""
        try:
            return await engine.submit(lambda session: self._retry(session, row, arrival))
        except Unavailable:
            raise
        except Exception as error:
            return await self._fail(engine, arrival, error)

    def _retry(self, session: Session, row: Inbox, arrival: Arrival) -> Outcome:
        kept = session.get_one(Inbox, row.id)
        kept.state, kept.raw, kept.error = "done", None, None
        session.flush()
        return self._answer(session, arrival, self.clock())

    def _answer(self, session: Session, arrival: Arrival, now: datetime) -> Outcome:
        message = self._read(arrival)
        if message is None:
            return NOTHING
        base = f"{arrival.platform}:{arrival.account}:{arrival.key}"
        return self._say(session, lambda: self._meet(session, message, now), base)

    def _meet(self, session: Session, message: Message, now: datetime) -> Context:
        can = self.adapters[message.platform].can
        return meet(session, message, now, self.post.signer, can, self.router.names)

    def _read(self, arrival: Arrival) -> Message | None:
        try:
            return self.adapters[arrival.platform].read(arrival.raw)
        except ValueError as error:
            log.warning("update_unreadable", key=arrival.key, reason=str(error))
            raise Unreadable from None

    def _say(self, session: Session, context: Callable[[], Context], base: str) -> Outcome:
        connection = connection_of(session)
        utter(connection, "SAVEPOINT before_handler")
        ctx = context()
        try:
            said = travel(self.router, ctx)
        except UserError as error:
            session.expunge_all()
            utter(connection, "ROLLBACK TO SAVEPOINT before_handler")
            ctx = context()
            if error.then:
                error.then(ctx)
            said = [_as_pressed(ctx, error.answer)]
        says = self.post.write(ctx, said, base)
        session.flush()
        tables = touched(session)
        return Outcome(Job.__tablename__ in tables, Schedule.__tablename__ in tables, says)

    async def _fail(self, engine: Engine, arrival: Arrival, error: Exception) -> Outcome:
        """Keep an update no handler could take, then tell its sender kindly that it is kept."""
        log.error("update_failed", key=arrival.key, error=type(error).__name__, at=place_of(error))
        now, reason = self.clock(), type(error).__name__
        if not await engine.submit(lambda session: keep(session, arrival, reason, now)):
            return NOTHING
        try:
            return await engine.submit(lambda session: self._apologise(session, arrival, now))
        except Unavailable:
            raise
        except Exception as second:
            log.error("apology_failed", key=arrival.key, error=type(second).__name__, at=place_of(second))
            return NOTHING

    def _apologise(self, session: Session, arrival: Arrival, now: datetime) -> Outcome:
        message = self.adapters[arrival.platform].read(arrival.raw)
        if message is None or message.sender is None or not _expects_answer(message):
            return NOTHING
        ctx = self._meet(session, message, now)
        said = [_as_pressed(ctx, Answer(say("core-sorry")))]
        key = f"{arrival.platform}:{arrival.account}:{arrival.key}:sorry"
        return Outcome(says=self.post.write(ctx, said, key))

    def result(self, session: Session, job: Job, content: dict[str, Any]) -> Outcome:
        """The result of network work goes to the handler that asked for it; the job is done."""
        now = self.clock()
        job = session.get_one(Job, job.id)
        session.delete(job)
        session.flush()
        chat_id = job.chat_id
        chat = session.get(Chat, chat_id) if chat_id else None
        if chat is None or chat_id is None:
            return NOTHING
        place = Place(chat.address, chat.private, chat.title, job.content.get("thread"))
        payload = job.content | {"route": job.route} | content
        message = Message(chat.platform, f"job:{job.id}", Kind.RESULT, place, now, payload=payload)
        person_id = job.person_id
        return self._say(session, lambda: revisit(session, message, now, chat_id, person_id), message.key)


def _as_pressed(ctx: Context, answer: Answer) -> Answer:
    """Words for who pressed a button go to them alone, when they are short enough for a notice."""
    if ctx.message.kind is Kind.BUTTON and answer.to is Audience.HERE and not (answer.buttons or answer.ask):
        return Answer(answer.text, to=Audience.NOTICE)
    return answer


def _expects_answer(message: Message) -> bool:
    return message.kind is Kind.BUTTON or message.addressed or message.text.startswith("/")
