"""Codes: made, found again, changed, used up; and how often a person may guess."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, exists, select

from storage.models.community import Account, Chat, Member
from storage.models.delivery import Bucket
from storage.models.discussion import Discussion
from storage.models.due import Schedule
from storage.models.link import Code
from storage.models.quiet import Held
from storage.models.reflection import Reflection
from storage.models.resource import Resource
from storage.queries.delivery import unsay

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else: no 0 O, 1 I L
LENGTH = 6
GUESSES, GUESSING = 5, timedelta(hours=1)


def new_word(session: Session) -> str:
    """A word no code has."""
    while True:
        word = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if session.exec(select(Code.id).where(col(Code.word) == word)).one_or_none() is None:
            return word


def join_code(session: Session, community_id: int, now: datetime) -> Code:
    """The community's join code, made at the first asking."""
    query = select(Code).where(col(Code.community_id) == community_id, col(Code.kind) == "join")
    found = session.exec(query.order_by(col(Code.id)).limit(1)).first()
    return found or _keep(session, Code(kind="join", word="", community_id=community_id, created_at=now))


def one_time(session: Session, kind: str, now: datetime, lasts: timedelta, **whose: int) -> Code:
    """A new code of *kind*, good once and for so long; an earlier one of the same person or chat is void."""
    same = [getattr(Code, name) == value for name, value in whose.items()]
    session.execute(delete(Code).where(col(Code.kind) == kind, *same))
    return _keep(session, Code(kind=kind, word="", expires_at=now + lasts, created_at=now, **whose))


def _keep(session: Session, code: Code) -> Code:
    code.word = new_word(session)
    session.add(code)
    session.flush()
    return code


def change_join_code(session: Session, community_id: int, now: datetime) -> Code:
    """Another join code; the one before leads nowhere any more."""
    code = join_code(session, community_id, now)
    code.word, code.created_at = new_word(session), now
    return code


def live(session: Session, word: str, now: datetime) -> Code | None:
    """The code with that word, unless its time is over."""
    good = col(Code.expires_at).is_(None) | (col(Code.expires_at) > now)
    return session.exec(select(Code).where(col(Code.word) == word, good)).one_or_none()


def chat_code(session: Session, chat_id: int, now: datetime) -> Code | None:
    """The live code that binds this chat."""
    query = select(Code).where(col(Code.kind) == "chat", col(Code.chat_id) == chat_id)
    return session.exec(query.where(col(Code.expires_at) > now)).one_or_none()


def take(session: Session, code: Code) -> bool:
    """Use the code up; False when somebody else just has."""
    session.expunge(code)
    return bool(session.execute(delete(Code).where(col(Code.id) == code.id)).rowcount)  # type: ignore[attr-defined]


def may_guess(session: Session, person_id: int, now: datetime) -> bool:
    """Whether the person has wrong codes left in this hour."""
    bucket = session.get(Bucket, _guesses(person_id))
    return bucket is None or bucket.tat - now <= GUESSING - GUESSING / GUESSES


def guessed(session: Session, person_id: int, now: datetime) -> None:
    """Count a wrong code."""
    bucket = session.get(Bucket, _guesses(person_id)) or Bucket(key=_guesses(person_id), tat=now)
    bucket.tat = max(bucket.tat, now) + GUESSING / GUESSES
    session.add(bucket)


def _guesses(person_id: int) -> str:
    return f"guess:{person_id}"


def groups_of(session: Session, community_id: int) -> list[Chat]:
    """The groups the community lives in."""
    query = select(Chat).where(col(Chat.community_id) == community_id, ~col(Chat.private))
    return list(session.exec(query.order_by(col(Chat.id))))


def is_empty(session: Session, community_id: int, but: int) -> bool:
    """Whether nobody other than the person *but* is in the community, and nothing is kept in it."""
    others = exists().where(col(Member.community_id) == community_id, col(Member.person_id) != but)
    kept = [
        exists().where(col(model.community_id) == community_id)
        for model in (Resource, Discussion, Reflection)
    ]
    return not any(session.scalar(select(one)) for one in (others, *kept))


def hush_chat(session: Session, chat_id: int) -> None:
    """What of our own accord still waits for that chat is not said there any more."""
    unsay(session, chat_id)
    session.execute(delete(Held).where(col(Held.chat_id) == chat_id))
    session.execute(
        update(Schedule)
        .where(col(Schedule.kind) == "quiet", col(Schedule.ref_id) == chat_id)
        .values(next_at=None)
    )


def accounts_of(session: Session, person_id: int) -> list[Account]:
    """The person's accounts, oldest first."""
    query = select(Account).where(col(Account.person_id) == person_id)
    return list(session.exec(query.order_by(col(Account.id))))


def export(session: Session, person_id: int) -> dict[str, Any]:
    """Codes the person made that can still be used, without the words that open them."""
    query = select(Code).where(col(Code.person_id) == person_id, col(Code.expires_at).is_not(None))
    made = [
        {"kind": one.kind, "until": one.expires_at.isoformat()}
        for one in session.exec(query)
        if one.expires_at
    ]
    return {"codes": made} if made else {}


def erase(session: Session, person_id: int) -> None:
    """Delete the codes the person made, and the count of their guesses."""
    session.execute(delete(Code).where(col(Code.person_id) == person_id))
    session.execute(delete(Bucket).where(col(Bucket.key) == _guesses(person_id)))
