"""What is asked about the prompts of very many communities at once."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, case, cast, exists
from sqlmodel import Session, col, select

from storage.alike import groups
from storage.among import among
from storage.models.calendar import CalendarDay
from storage.models.community import Chat, Community, Member, Person
from storage.models.prompt import Prompt, PromptPlan
from storage.models.reflection import ReflectionHabit
from storage.numbers import take_numbers
from storage.prepared import Prepared
from storage.queries.prompt import wanting_by
from storage.rows import made

_PLAN = ("weekday", "at", "model", "own", "exam_weeks", "paused")
_COMMUNITY = ("language", "zone", "country", "term_start", "term_weeks", "quiet_from", "quiet_to", "bells")
_JSON = ("own", "exam_weeks", "bells")
_OWN_DAYS = exists().where(col(CalendarDay.community_id) == col(Community.id))


def _column(model: type[PromptPlan] | type[Community], name: str) -> Any:
    column = col(getattr(model, name))
    # As text, which can be compared: drivers bring lists back as lists.
    return cast(column, String) if name in _JSON else column


_PLANS = Prepared(
    select(
        *(col(PromptPlan.id), col(Community.id)),
        # Who has days of their own is like nobody else.
        case((_OWN_DAYS, col(Community.id))),
        *(_column(PromptPlan, name) for name in _PLAN),
        *(_column(Community, name) for name in _COMMUNITY),
    )
    .join(Community, col(Community.id) == col(PromptPlan.community_id))
    .where(among(col(PromptPlan.id), "plans"))
)
_USED = Prepared(
    select(col(Prompt.community_id), col(Prompt.question))
    .join(Community, col(Community.id) == col(Prompt.community_id))
    .where(
        among(col(Prompt.community_id), "communities"),
        col(Prompt.term).is_not_distinct_from(col(Community.term_start)),
    )
    .order_by(col(Prompt.id))
)
_FOLLOWED = Prepared(
    select(col(Member.community_id), col(Member.chat_id)).where(
        among(col(Member.person_id), "persons"), col(Member.chat_id).is_not(None)
    )
)
_WISHES = Prepared(
    select(col(Member.community_id))
    .join(ReflectionHabit, col(ReflectionHabit.person_id) == col(Member.person_id))
    .where(among(col(Member.community_id), "communities"), col(ReflectionHabit.asked))
    .group_by(col(Member.community_id))
)
_KEEP = Prepared.insert(Prompt, numbered=True)


def plans_alike(
    session: Session, plans: Collection[int]
) -> list[tuple[PromptPlan, Community, list[tuple[int, int]]]]:
    """A plan and its community, and (plan, community) of all that are like them in rhythm and language."""
    return [
        (*_like(shape[1:], members[0]), members) for shape, members in groups(_PLANS, session, 2, plans=plans)
    ]


def _like(shape: Sequence[Any], member: tuple[int, int]) -> tuple[PromptPlan, Community]:
    values = dict(zip((*_PLAN, *_COMMUNITY), shape, strict=True))
    values |= {name: json.loads(values[name]) for name in _JSON}
    plan = made(PromptPlan, id=member[0], community_id=member[1], **{name: values[name] for name in _PLAN})
    return plan, made(Community, id=member[1], **{name: values[name] for name in _COMMUNITY})


def used_by(session: Session, communities: Collection[int]) -> dict[int, list[str]]:
    """The ids of the questions each was asked in its present term, oldest first."""
    found: dict[int, list[str]] = defaultdict(list)
    for community_id, question in _USED(session, communities=communities).fetchall():
        found[community_id].append(question)
    return found


def wishes(
    session: Session, communities: Collection[int], now: datetime
) -> dict[int, list[tuple[Person, Chat]]]:
    """Whom to ask in private, by community, see `wanting`."""
    some = [community for (community,) in _WISHES(session, communities=communities).fetchall()]
    return wanting_by(session, some, now) if some else {}


def followed_by(session: Session, persons: Collection[int]) -> set[tuple[int, int]]:
    """(community, private chat) of those of *persons* whom a community's posts come to in private."""
    found = _FOLLOWED.rows(session, persons=persons) if persons else []
    return {(community, chat) for community, chat in found}


def keep_all(session: Session, prompts: Sequence[dict[str, Any]]) -> list[int]:
    """Keep the questions that are being asked; their ids."""
    numbers = take_numbers(session, Prompt, len(prompts))
    _KEEP.each(session, [{**one, "id": number} for one, number in zip(prompts, numbers, strict=True)])
    return numbers
