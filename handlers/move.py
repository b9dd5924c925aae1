"""/move: another time for one meeting or the series; everybody who answered is told once."""

from typing import Any

from config.texts import Text, say
from handlers.core import change
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.arguments import Rest
from handlers.core.card import found
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.hearing import Heard, hear, hear_answer, put
from handlers.core.meetings import plan_reminders, put_at, slots
from handlers.core.proposal import draft, proposed, read_back, says_new_time
from handlers.core.router import Router
from handlers.core.shift import put_series, shifted
from storage.models.community import Role
from storage.models.discussion import Discussion, Meeting
from storage.queries import discussion as queries

ASKED = ("meeting", "scope", "old")
router = Router()


@router.command("move", "改期", role=Role.LEADER, situation="lead")
def move(ctx: Context, words: Rest) -> Said:
    """分数教学研讨 周四 15:00: find the meeting, then the new time."""
    held, rest = change.target(ctx, words)
    if held is not None:
        return _scope(ctx, held, rest)
    offered = change.firsts(change.coming(ctx))
    if not offered:
        raise UserError(say("move-nothing"))
    ctx.ask("move.which", words=rest)
    return Answer(say("move-which"), change.choices(offered, "move.pick"))


@router.answer("move.which", role=Role.LEADER)
def named(ctx: Context, asked: dict[str, Any]) -> Said:
    """The name of the meeting, by words."""
    return move(ctx, f"{ctx.message.text} {asked['words']}".strip())


@router.button("move.pick", role=Role.LEADER)
def pick(ctx: Context, ref: str) -> Said:
    """The meeting, by button."""
    return _scope(ctx, _ahead(ctx, ref), _said_before(ctx, "move.which"))


def _said_before(ctx: Context, route: str) -> str:
    """The words that came with the command, while its question is still open."""
    pending = ctx.pending
    return str(pending.content.get("words", "")) if pending and pending.route == route else ""


def _ahead(ctx: Context, ref: str) -> queries.Held:
    meeting, about = found(ctx, ref)
    if meeting.status not in queries.ALIVE or meeting.starts_at <= ctx.now:
        raise UserError(say("core-button-old"))
    return meeting, about


def _scope(ctx: Context, held: queries.Held, words: str) -> Said:
    meeting, about = held
    if not about.rrule:
        return _time(ctx, held, "one", words)
    ref = str(meeting.id)
    ctx.ask("move.scope", meeting=meeting.id, words=words)
    rows = [
        [Button(say("move-one", day=meeting.day), "move.one", ref)],
        [Button(say("move-series"), "move.series", ref), Button(say("move-other"), "move.other", ref)],
    ]
    return Answer(say("move-scope", title=about.title), rows)


@router.answer("move.scope", role=Role.LEADER)
def scoped(ctx: Context, asked: dict[str, Any]) -> Said:
    """This one or the series, by words."""
    scope = "series" if change.means_series(ctx.message.text) else "one"
    return _time(ctx, _ahead(ctx, str(asked["meeting"])), scope, str(asked["words"]))


@router.button("move.one", role=Role.LEADER)
def only_one(ctx: Context, ref: str) -> Said:
    """Only this meeting."""
    return _time(ctx, _ahead(ctx, ref), "one", _said_before(ctx, "move.scope"))


@router.button("move.series", role=Role.LEADER)
def whole_series(ctx: Context, ref: str) -> Said:
    """All that is ahead."""
    return _time(ctx, _ahead(ctx, ref), "series", _said_before(ctx, "move.scope"))


@router.button("move.other", role=Role.LEADER)
def other(ctx: Context, ref: str) -> Said:
    """Another meeting of the same series."""
    _, about = _ahead(ctx, ref)
    same = [held for held in change.coming(ctx) if held[1].id == about.id]
    ctx.ask("move.which", words=_said_before(ctx, "move.scope"))
    return Answer(say("move-which"), change.choices(same, "move.exact"))


@router.button("move.exact", role=Role.LEADER)
def exact(ctx: Context, ref: str) -> Said:
    """One meeting of a series was chosen."""
    return _time(ctx, _ahead(ctx, ref), "one", _said_before(ctx, "move.which"))


def _time(ctx: Context, held: queries.Held, scope: str, words: str, old: int | None = None) -> Said:
    """Read or ask for the new time; *old* is the proposal it takes the place of."""
    asked = {"meeting": key(held[0].id), "scope": scope, "old": old}
    if words:
        return _heard(ctx, held, asked, hear(ctx, words))
    ctx.ask("move.when", **asked)
    return Answer(say("move-when", title=held[1].title), ask=True)


@router.answer("move.when", role=Role.LEADER)
def answered(ctx: Context, asked: dict[str, Any]) -> Said:
    """The new time, or what was missing of it."""
    words = ctx.message.text
    heard = hear_answer(ctx, asked, words) if "text" in asked else hear(ctx, words)
    return _heard(ctx, _ahead(ctx, str(asked["meeting"])), {one: asked.get(one) for one in ASKED}, heard)


def _heard(ctx: Context, held: queries.Held, asked: dict[str, Any], heard: Heard) -> Said:
    meeting, about = held
    if not says_new_time(heard):
        return put(ctx, "move.when", heard, **asked)
    if asked["scope"] == "one" and heard.reading.rule is not None:
        return _again(ctx, asked, say("move-one-day"))
    fitting = heard if asked["scope"] == "one" else shifted(ctx, heard, about, meeting)
    if fitting is None:
        return _again(ctx, asked, say("move-every"))
    ctx.forget_question()
    made = _draft(ctx, held, asked["scope"], fitting)
    _replace(ctx, asked["old"], meeting)
    return read_back(ctx, made)


def _replace(ctx: Context, old: int | None, meeting: Meeting) -> None:
    """Delete the proposal before: not sooner, or the new one takes its number, and its buttons confirm it."""
    found = queries.discussion(ctx.session, ctx.community_id, old) if old else None
    if found is not None and found.status == "proposed" and found.moves_meeting == meeting.id:
        ctx.session.delete(found)


def _again(ctx: Context, asked: dict[str, Any], question: Text) -> Answer:
    ctx.ask("move.when", **asked)
    return Answer(question, ask=True)


def _draft(ctx: Context, held: queries.Held, scope: str, heard: Heard) -> Discussion:
    meeting, about = held
    made = draft(ctx, heard)
    made.title, made.place, made.seats = about.title, about.place, about.seats
    made.minutes = made.minutes or about.minutes
    made.moves_meeting = key(meeting.id)
    made.moves_series = about.id if scope == "series" else None
    return made


@router.button("move.redo", role=Role.LEADER)
def redo(ctx: Context, ref: str) -> Said:
    """改: another time instead."""
    made = proposed(ctx, ref)
    held = _ahead(ctx, str(made.moves_meeting))
    return _time(ctx, held, "series" if made.moves_series else "one", "", made.id)


@router.reply("move", role=Role.ANYONE)
def replied(ctx: Context, ref: str) -> Said:
    """A reply to what was read back: another time instead; colleagues may talk below it."""
    if ctx.role.rank < Role.DEPUTY.rank:
        return None
    made = proposed(ctx, ref)
    if not says_new_time(hear(ctx, ctx.message.text)):
        return say("meeting-how-to-answer")
    held = _ahead(ctx, str(made.moves_meeting))
    return _time(ctx, held, "series" if made.moves_series else "one", ctx.message.text, made.id)


@router.button("move.drop", role=Role.LEADER)
def drop(ctx: Context, ref: str) -> Said:
    """不改了."""
    made = proposed(ctx, ref)
    ctx.session.delete(made)
    return Answer(say("move-dropped", title=made.title), to=Audience.PRESSED)


@router.button("move.fix", role=Role.LEADER)
def fix(ctx: Context, ref: str) -> Said:
    """就这样: the change counts, and those who answered hear of it."""
    made = proposed(ctx, ref)
    meeting, about = _ahead(ctx, str(made.moves_meeting))
    old = meeting.starts_at
    moved = put_series(ctx, about, made) if made.moves_series else _put_one(ctx, meeting, about, made)
    ctx.session.delete(made)
    ctx.session.flush()
    return _told(ctx, about, moved, "series" if made.moves_series else "one", old)


def _put_one(ctx: Context, meeting: Meeting, about: Discussion, made: Discussion) -> list[Meeting]:
    slot = slots(ctx, made)[0]
    if slot.at <= ctx.now:
        raise UserError(Answer(say("move-too-late"), to=Audience.NOTICE))
    put_at(meeting, slot.at, made.length)
    meeting.status, meeting.known, meeting.moved = slot.state, slot.day.kind.value, True
    meeting.sequence += 1
    if not about.rrule:
        about.starts_on, about.clock, about.minutes = made.starts_on, made.clock, made.minutes
    plan_reminders(ctx, meeting)
    return [meeting]


def _told(ctx: Context, about: Discussion, moved: list[Meeting], scope: str, old: Any) -> list[Answer]:
    alive = [one for one in moved if one.status in queries.ALIVE] or moved
    first = alive[0]
    ctx.log(f"move-log-{scope}", title=about.title, day=first.day.isoformat())
    line = say(f"meeting-changed-{scope}", title=about.title, old=old, new=first.starts_at)
    done = say(f"move-done-{scope}", title=about.title, old=old, new=first.starts_at)
    return [
        Answer(done, to=Audience.PRESSED),
        *change.told(ctx, moved, about, line, first),
    ]
