"""The card of one meeting in the group: what, when, where, who comes; it edits itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from config.texts import Text, lines, say
from handlers.core.answer import Answer, Audience, Button
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.proposal import span
from storage.models.community import Community
from storage.models.discussion import Discussion, Meeting, Rsvp
from storage.queries import discussion as queries
from storage.queries.community import membership

ANSWERS = ("yes", "maybe", "no")


def named(meeting: Meeting) -> str:
    """The name of the meeting's card."""
    return f"meeting:{meeting.id}"


def found(ctx: Context, ref: str) -> queries.Held:
    """The meeting of this community a button names; raises UserError for any other."""
    if not ref.isdigit():
        raise UserError(say("core-button-old"))
    known = queries.meeting(ctx.session, ctx.community_id, int(ref)) or _elsewhere(ctx, int(ref))
    if known is None:
        raise UserError(say("core-button-old"))
    return known


def _elsewhere(ctx: Context, number: int) -> queries.Held | None:
    """A private chat shows the meetings of every community one has joined, not only of the current one."""
    known = queries.anywhere(ctx.session, number) if ctx.chat.private and ctx.person else None
    member = membership(ctx.session, known[0].community_id, ctx.person_id) if known else None
    if known is None or member is None:
        return None
    ctx.community, ctx.member = ctx.session.get_one(Community, member.community_id), member
    return known


def card(ctx: Context, meeting: Meeting, about: Discussion, head: Text | None = None) -> Answer:
    """The card, edited wherever the community has it."""
    ctx.session.flush()
    text, rows = lines(head, *words(ctx, meeting, about)), buttons(ctx, meeting)
    newest = Button(say("meeting-button-newest"), "meeting.now", str(meeting.id)) if rows else None
    return Answer(text, rows, to=Audience.COMMUNITY, card=named(meeting), newest=newest)


def now(ctx: Context, meeting: Meeting, about: Discussion) -> Answer:
    """The card as it is now, in place of the post that was pressed."""
    return replace(card(ctx, meeting, about), to=Audience.PRESSED, afresh=True)


def words(ctx: Context, meeting: Meeting, about: Discussion) -> Iterator[Text | None]:
    """What the card says, line by line; only those who come are named."""
    yield say("meeting-title", title=about.title)
    yield say(f"meeting-line-{state(meeting)}", when=span(meeting.starts_at, about.minutes))
    yield say("meeting-place", place=about.place) if about.place else None
    if meeting.status not in ("on", "held"):
        return
    yield from _who(queries.answers(ctx.session, key(meeting.id)), about.seats)
    if meeting.outcome:
        yield say("meeting-outcome", outcome=meeting.outcome)


def state(meeting: Meeting) -> str:
    """on, moved, held, off or cancelled, as shown."""
    return "moved" if meeting.status == "on" and meeting.moved else meeting.status


def _who(all_: Sequence[tuple[Rsvp, str]], seats: int | None) -> Iterator[Text | None]:
    coming = [name for row, name in all_ if row.answer == "yes" and not row.waiting]
    maybe = sum(row.answer == "maybe" for row, _ in all_)
    waiting = sum(row.waiting for row, _ in all_)
    yield say("meeting-coming", names=coming, count=str(len(coming))) if coming else None
    yield say("meeting-maybe", count=str(maybe)) if maybe else None
    if seats is not None:
        yield _seats(seats - len(coming), waiting)


def _seats(left: int, waiting: int) -> Text:
    if left > 0:
        return say("meeting-seats-left", count=str(left))
    return say("meeting-full", waiting=str(waiting)) if waiting else say("meeting-just-full")


def buttons(ctx: Context, meeting: Meeting) -> list[list[Button]]:
    """参加 不确定 不能, a reminder, the calendar file; none once it is cancelled or over."""
    if meeting.status not in ("on", "held") or meeting.ends_at <= ctx.now:
        return []
    ref = str(key(meeting.id))
    return [
        [Button(say(f"meeting-button-{answer}"), f"rsvp.{answer}", ref) for answer in ANSWERS],
        [
            Button(say("meeting-button-remind"), "rsvp.remind", ref),
            Button(say("meeting-button-file"), "rsvp.file", ref),
        ],
    ]
