"""The weekly question itself: to the group, and in private to those who want that."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session

from config.texts import Text, lines, say
from handlers.core import asking, planning
from handlers.core.answer import Answer, Button, Said
from handlers.core.context import Context, key, speech
from handlers.core.message import Kind
from handlers.core.router import Router
from handlers.core.turns import OWN, Addressed, Circular, Letter, Turn, alike
from storage.models.community import Chat, Community, Person
from storage.models.prompt import Prompt, PromptPlan
from storage.queries import prompt as plans
from storage.queries import turns as many
from storage.queries.chats import chats_of_all

ANSWER_WITHIN = timedelta(hours=24)
router = Router()


class Asked(NamedTuple):
    """What a community is asked: the *fields* of its prompt and *here* belong to all that are alike."""

    turn: Turn
    community_id: int
    here: Community
    fields: dict[str, Any]

    def text(self, language: str, alone: bool) -> Text:
        asked = self.fields
        return asking.group_text(asked["model"], asked["question"], asked["words"], language, alone)


@router.on(Kind.ADDED)
def back_again(ctx: Context) -> Said:
    """The bot is in the group again: what fell due meanwhile is past, the next one is not."""
    if ctx.community is not None and not ctx.chat.private:
        planning.arm(ctx, plans.plan_of(ctx.session, ctx.community_id))
    return None


@router.due_together("prompt", grace=timedelta(hours=12))
def ask(session: Session, turns: Sequence[Turn], now: datetime) -> Iterator[Circular | Letter]:
    """Ask the groups, and in private those who wanted that; on days off and in exam weeks nobody."""
    planned = many.plans_alike(session, [turn.ref_id for turn in turns])
    communities = [community for *_, members in planned for _, community in members]
    before, chats = many.used_by(session, communities), chats_of_all(session, communities)
    # Where a community is at home: its first group, else the first who follows it.
    places = ((chat.private, number, own) for chat, some in chats for number, own in some)
    homes = {own: number for _, number, own in sorted(places, reverse=True)}
    due = {turn.ref_id: turn for turn in turns}
    asked: list[Asked] = []
    for plan, here, members in planned:
        ours = {own: due[number] for number, own in members if own in homes}
        asked += _draw(session, plan, here, ours, before, now)
    numbers = many.keep_all(session, [one.fields | {"community_id": one.community_id} for one in asked])
    kept = {one.community_id: (one, number) for one, number in zip(asked, numbers, strict=True)}
    wishes = many.wishes(session, list(kept), now)
    # Who is asked in private anyway is not asked again as somebody who follows.
    twice = many.followed_by(session, [key(person.id) for some in wishes.values() for person, _ in some])
    for chat, some in chats:
        to = [(*kept[own], number) for number, own in some if own in kept and (own, number) not in twice]
        yield from _to_groups(session, chat, to, now)
    for own, persons in wishes.items():
        for person, chat in persons:
            yield Letter(kept[own][0].turn, homes[own], _to_person(session, *kept[own], person, chat, now))


def _draw(
    session: Session,
    plan: PromptPlan,
    here: Community,
    turns: Mapping[int, Turn],
    before: Mapping[int, Sequence[str]],
    now: datetime,
) -> Iterator[Asked]:
    """Set when each community with a plan like this looks next, and draw for those whose turn it is."""
    if plan.paused:
        return
    rhythm = planning.rhythm(session, here, plan)
    later, zone = rhythm.look_again(now), ZoneInfo(here.zone)
    almanac = speech(here.language, here, zone, now).almanac
    week = almanac.week(almanac.today)

    @cache
    def is_on(at: datetime) -> bool:
        return rhythm.on(at.astimezone(zone).date())

    @cache
    def fields(question: str, words: str) -> dict[str, Any]:
        drawn = {"model": plan.model, "question": question, "words": words}
        return drawn | {"term": almanac.term_start, "week": week, "asked_at": now}

    for own, turn in turns.items():
        turn.next_at = later
        if not turn.late and is_on(turn.at):
            found = asking.next_question(plan, almanac, week, own, before.get(own, ()))
            yield Asked(turn, own, here, fields(*found))


def _to_groups(
    session: Session, chat: Chat, asked: Sequence[tuple[Asked, int, int]], now: datetime
) -> Iterator[Circular]:
    """The questions (with the prompt's id, and the chat's) for chats like *chat*."""
    circles: dict[int, list[tuple[Asked, int, int]]] = defaultdict(list)
    for one in asked:
        circles[id(one[0].here)].append(one)
    write = Button(say("prompt-write"), start=f"reflect-{OWN}")
    for some in circles.values():
        here = some[0][0].here
        language, alone = chat.language or here.language, chat.private
        addressed = [
            Addressed(one.turn, chat_id, one.text(language, alone), str(number))
            for one, number, chat_id in some
        ]
        yield Circular(alike(session, now, here, chat), [[write]], f"prompt:{OWN}", addressed)


def _to_person(
    session: Session, asked: Asked, number: int, person: Person, chat: Chat, now: datetime
) -> Answer:
    """The question in private; the next words answer it unless something else is still open there."""
    content = {"prompt": number, "note": 0}
    within = now + ANSWER_WITHIN
    plans.wait_for(session, key(chat.id), key(person.id), "reflect.write", content, now, within)
    prompt, language = Prompt(**asked.fields), person.language or asked.here.language
    question = say("prompt-private", question=asking.wording(prompt, language))
    write = Button(say("prompt-write"), "reflect.ask", str(number), only=person.id)
    return Answer(lines(question, asking.steps(prompt, language)), [[write]], chat=chat.id, chosen=True)
