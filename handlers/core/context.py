"""One unit of work: the transaction, who and where, and what time it is."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlmodel import Session, col, select

from config.moments import Almanac
from config.texts import Speech, language_of
from handlers.core.message import Message
from handlers.core.reach import Reach
from storage.models.community import Account, Chat, Community, Member, Person, Role
from storage.models.delivery import Job, Pending
from storage.models.log import Change

if TYPE_CHECKING:
    from handlers.core.router import Router

ANSWER_WITHIN = timedelta(hours=24)


@dataclass
class Context:
    """What a handler may know and change. *now* is an aware UTC datetime; there is no other clock.

    *community* and *member* are those of the chat; in a private chat, those the person last chose.
    *go_on* may be set to a message that should be handled next, in the same unit of work.
    *reach*: whether what is said here later gets through; *codes*: a picture to scan can be had here.
    """

    session: Session
    message: Message
    now: datetime
    chat: Chat
    person: Person | None = None
    account: Account | None = None
    community: Community | None = None
    member: Member | None = None
    due_at: datetime | None = None
    go_on: Message | None = None
    pending: Pending | None = None
    notes: dict[str, Any] = field(default_factory=dict)
    router: "Router | None" = None
    reach: Reach = Reach.ALWAYS
    codes: bool = False

    @property
    def role(self) -> Role:
        return self.member.role if self.member else Role.ANYONE

    @property
    def here(self) -> Community:
        """The community; only for handlers whose role is member or more."""
        if self.community is None:
            raise LookupError("no community in this chat")
        return self.community

    @property
    def me(self) -> Person:
        """The person; only where a person acted."""
        if self.person is None:
            raise LookupError("nobody acted here")
        return self.person

    @property
    def person_id(self) -> int:
        return key(self.me.id)

    @property
    def community_id(self) -> int:
        return key(self.here.id)

    @property
    def zone(self) -> ZoneInfo:
        personal = self.person.zone if self.person and self.chat.private else None
        return ZoneInfo(personal or (self.community.zone if self.community else "Asia/Shanghai"))

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def language(self) -> str:
        """The reader's language: one's own in private, the chat's in a group."""
        own = self.person.language if self.person else None
        if self.chat.private and own:
            return own
        chosen = self.chat.language or (self.community.language if self.community else None)
        return chosen or own or language_of(self.message.sender.language if self.message.sender else None)

    @property
    def speech(self) -> Speech:
        return speech(self.language, self.community, self.zone, self.now)

    def ask(self, route: str, **content: Any) -> None:
        """Wait for this person's next words in this chat; they go to `@router.answer(route)`."""
        self.forget_question()
        self.session.add(
            Pending(
                chat_id=key(self.chat.id),
                person_id=self.person_id,
                route=route,
                content=content,
                asked_at=self.now,
                expires_at=self.now + ANSWER_WITHIN,
            )
        )

    def find_question(self) -> None:
        """Take up what this person was asked in this chat, if anything is still open."""
        self.session.flush()
        self.pending = self.session.exec(
            select(Pending).where(
                col(Pending.chat_id) == self.chat.id,
                col(Pending.person_id) == self.person_id,
                col(Pending.expires_at) > self.now,
            )
        ).one_or_none()

    def forget_question(self) -> None:
        """Stop waiting for an answer from this person in this chat."""
        if self.pending is not None:
            self.session.expunge(self.pending)
            self.pending = None
        self.session.execute(
            delete(Pending).where(
                Pending.chat_id == self.chat.id,  # type: ignore[arg-type]
                Pending.person_id == self.person_id,  # type: ignore[arg-type]
            )
        )

    def later(self, kind: str, route: str, **content: Any) -> None:
        """Have network work of *kind* done after the commit; its result comes to `@router.result(route)`."""
        self.session.add(
            Job(
                kind=kind,
                route=route,
                content=content,
                chat_id=self.chat.id,
                person_id=self.person.id if self.person else None,
                not_before=self.now,
            )
        )

    def log(self, text_key: str, **values: Any) -> None:
        """Write a leader's change to the log everybody can read."""
        self.session.add(
            Change(
                community_id=self.community_id,
                person_id=self.person.id if self.person else None,
                key=text_key,
                content=values,
                at=self.now,
            )
        )


def key(row_id: int | None) -> int:
    """The id of a row that has been flushed."""
    if row_id is None:
        raise LookupError("the row has no id yet")
    return row_id


def speech(language: str, community: Community | None, zone: ZoneInfo, now: datetime) -> Speech:
    """How to speak *language* in *community*: its zone, term and today."""
    term_start = community.term_start if community else None
    weeks = community.term_weeks if community else 0
    return _speech(language, zone, now.astimezone(zone).date(), term_start, weeks)


@lru_cache(256)
def _speech(language: str, zone: ZoneInfo, today: date, term_start: date | None, weeks: int) -> Speech:
    return Speech(language, Almanac(zone, today, term_start, weeks))
