"""/schedule: what was read is shown first, and counts when a leader says so."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from config.texts import say
from handlers.core.answer import Answer, Audience, Said
from handlers.core.arguments import Rest
from handlers.core.card import card, named
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.hearing import Heard, half_and_number, hear, hear_answer, put
from handlers.core.meetings import hold_meetings
from handlers.core.proposal import card_name, draft, may_change, proposed, read_back, redraft, says_new_time
from handlers.core.rewording import Rewording, name_in, reworded
from handlers.core.router import Router
from storage.models.community import Role
from storage.models.delivery import Card
from storage.models.discussion import Discussion, Meeting
from storage.queries.community import chats_of
from storage.queries.delivery import card_named

router = Router()


@router.command("schedule", "安排", "预约", role=Role.MEMBER, situation="meet")
def schedule(ctx: Context, words: Rest) -> Said:
    """周五 16:00 分数教学研讨: read it, and show how it was read."""
    return _show(ctx, hear(ctx, words))


@router.answer("schedule", role=Role.MEMBER)
def answered(ctx: Context, asked: dict[str, Any]) -> Said:
    """The answer to the one question, read together with what was said before."""
    return _show(ctx, hear_answer(ctx, asked, ctx.message.text))


def _show(ctx: Context, heard: Heard) -> Said:
    if heard.reading.error:
        return put(ctx, "schedule", heard)
    discussion = draft(ctx, heard)
    if ctx.role.rank >= Role.DEPUTY.rank:
        learn_bells(ctx, discussion)
    return read_back(ctx, discussion)


def learn_bells(ctx: Context, discussion: Discussion) -> None:
    """Keep the period an answer explained, so that it is not asked about again."""
    for period, at in discussion.bells.items():
        if ctx.here.bells.get(period) != at:
            ctx.here.bells = {**ctx.here.bells, period: at}
            ctx.log("schedule-log-bell", **half_and_number(int(period)), time=at)


@router.button("schedule.fix")
def fix(ctx: Context, ref: str) -> Said:
    """就这样: from here on it counts. Leaders only."""
    if ctx.role.rank < Role.DEPUTY.rank:
        raise UserError(Answer(say("schedule-leader-confirms"), to=Audience.NOTICE))
    discussion = proposed(ctx, ref)
    meetings = _meetings(ctx, discussion)
    learn_bells(ctx, discussion)
    ctx.log("schedule-log-fixed", title=discussion.title)
    return _posted(ctx, discussion, meetings)


def _meetings(ctx: Context, discussion: Discussion) -> list[Meeting]:
    discussion.status = "fixed"
    meetings = hold_meetings(ctx, discussion)
    if not meetings:
        raise UserError(Answer(say("schedule-too-late"), to=Audience.NOTICE))
    return meetings


def _posted(ctx: Context, discussion: Discussion, meetings: list[Meeting]) -> list[Answer]:
    first = next((one for one in meetings if one.status == "on"), meetings[0])
    said = []
    if ctx.chat.private:
        grouped = any(not chat.private for chat in chats_of(ctx.session, ctx.community_id))
        told = say("schedule-posted" if grouped else "schedule-told", title=discussion.title)
        said.append(Answer(told, to=Audience.PRESSED))
    elif ctx.message.message_id:
        # The post that was read back becomes the card, so that the group has one post and not two.
        shown = card_named(ctx.session, key(ctx.chat.id), card_name(discussion)) or Card(
            chat_id=key(ctx.chat.id), name=""
        )
        shown.name, shown.message_id = named(first), ctx.message.message_id
        ctx.session.add(shown)
        ctx.session.flush()
    count = sum(one.status != "off" for one in meetings)
    head = say("schedule-series", count=str(count)) if discussion.rrule else None
    return [*said, card(ctx, first, discussion, head)]


@router.button("schedule.redo")
def redo(ctx: Context, ref: str) -> Said:
    """改: ask for the time again, the title stays."""
    discussion = proposed(ctx, ref)
    may_change(ctx, discussion)
    ctx.ask("schedule.redo", discussion=key(discussion.id))
    return Answer(say("schedule-redo", title=discussion.title), ask=True)


@router.answer("schedule.redo", role=Role.MEMBER)
def redone(ctx: Context, asked: dict[str, Any]) -> Said:
    """The new time of a proposal, its new name or place, or several of them."""
    discussion = proposed(ctx, str(asked["discussion"]))
    said = reworded(ctx.message.text)
    return _changed(ctx, discussion, said, asked)


@router.reply("schedule", role=Role.ANYONE)
def replied(ctx: Context, ref: str) -> Said:
    """A reply to what was read back changes it; what colleagues say below it is their talk."""
    discussion = proposed(ctx, ref)
    if ctx.role.rank < Role.DEPUTY.rank and discussion.created_by != ctx.person_id:
        return None
    said = reworded(ctx.message.text)
    if said.rest and not says_new_time(hear(ctx, said.rest)):
        return say("meeting-how-to-answer")
    return _changed(ctx, discussion, said, {}) if said != Rewording() else say("meeting-how-to-answer")


def _changed(ctx: Context, discussion: Discussion, said: Rewording, asked: dict[str, Any]) -> Said:
    new = replace(said, name=said.name or asked.get("name", ""), place=said.place or asked.get("place", ""))
    if "text" not in asked and not said.rest and said != Rewording():
        return read_back(ctx, redraft(ctx, discussion, None, new))
    heard = hear_answer(ctx, asked, said.rest) if "text" in asked else hear(ctx, said.rest)
    if not says_new_time(heard):
        kept = {"discussion": key(discussion.id), "name": new.name}
        return put(ctx, "schedule.redo", replace(heard, place=new.place), **kept)
    name = new.name or name_in(heard.reading.title)
    return read_back(ctx, redraft(ctx, discussion, heard, replace(new, name=name)))


@router.button("schedule.drop")
def drop(ctx: Context, ref: str) -> Said:
    """不约了: the proposal goes."""
    discussion = proposed(ctx, ref)
    may_change(ctx, discussion)
    ctx.session.delete(discussion)
    return Answer(say("schedule-dropped", title=discussion.title), to=Audience.PRESSED)


@router.button("schedule.send")
def send(ctx: Context, ref: str) -> Said:
    """A member's proposal made in private goes to the group, where a leader sees it."""
    discussion = proposed(ctx, ref)
    may_change(ctx, discussion)
    told = read_back(ctx, discussion, Audience.COMMUNITY)
    return [Answer(say("schedule-sent", title=discussion.title), to=Audience.PRESSED), told]


@router.button("schedule.next")
def to_next_day(ctx: Context, arg: str) -> Said:
    """A holiday's meeting goes to the next school day."""
    return _except(ctx, arg, "next")


@router.button("schedule.on")
def hold_anyway(ctx: Context, arg: str) -> Said:
    """A holiday's meeting is held all the same."""
    return _except(ctx, arg, "on")


def _except(ctx: Context, arg: str, wish: str) -> Answer:
    ref, _, day = arg.partition(".")
    discussion = proposed(ctx, ref)
    may_change(ctx, discussion)
    discussion.exceptions = {**discussion.exceptions, _day(day).isoformat(): wish}
    return read_back(ctx, discussion, Audience.PRESSED)


def _day(short: str) -> date:
    return datetime.strptime(f"{short}+0000", "%y%m%d%z").date()
