"""参加, 不确定, 不能: who comes to a meeting, with a waiting list where seats are few."""

from dataclasses import replace

from config.texts import Text, lines, say
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.calendar_file import calendar_file
from handlers.core.card import card, found, now
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.proposal import span
from handlers.core.reach import reach_note
from handlers.core.router import Router
from handlers.core.seats import in_now, move_up
from storage.models.community import Role
from storage.models.discussion import Meeting, Rsvp
from storage.queries import discussion as queries
from storage.queries.community import private_chat

router = Router()


@router.button("rsvp.yes")
def yes(ctx: Context, ref: str) -> Said:
    """参加, or a place on the waiting list."""
    return _answer(ctx, ref, "yes")


@router.button("rsvp.maybe")
def maybe(ctx: Context, ref: str) -> Said:
    """不确定."""
    return _answer(ctx, ref, "maybe")


@router.button("rsvp.no")
def no(ctx: Context, ref: str) -> Said:
    """不能."""
    return _answer(ctx, ref, "no")


def _answer(ctx: Context, ref: str, answer: str) -> Said:
    meeting, about = found(ctx, ref)
    if closed := _closed(ctx, meeting):
        return [Answer(closed, to=Audience.NOTICE, evident=True), now(ctx, meeting, about)]
    row = queries.rsvp(ctx.session, key(meeting.id), ctx.person_id)
    if row.answer == answer:
        told = Answer(_again(ctx, row, meeting), to=Audience.NOTICE, evident=not row.waiting)
        return [told, card(ctx, meeting, about)]
    seat_was_taken = row.answer == "yes" and not row.waiting
    row.answer, row.answered_at = answer, ctx.now
    row.waiting = answer == "yes" and not _seat_left(ctx, meeting, about.seats, but=row)
    row.remind = row.remind and answer != "no"
    ctx.session.flush()
    moved_up = move_up(ctx, meeting, about.seats) if seat_was_taken else []
    told = Answer(_noted(ctx, row, meeting), to=Audience.NOTICE, evident=not row.waiting)
    return [told, card(ctx, meeting, about), *(in_now(one, meeting, about) for one in moved_up)]


def open_meeting(ctx: Context, ref: str) -> queries.Held:
    """The meeting, if one can still answer for it; raises UserError."""
    meeting, about = found(ctx, ref)
    if closed := _closed(ctx, meeting):
        raise UserError(Answer(closed, to=Audience.NOTICE))
    return meeting, about


def _closed(ctx: Context, meeting: Meeting) -> Text | None:
    """Why nobody can answer for the meeting any more."""
    if meeting.status not in queries.ALIVE:
        return say("rsvp-cancelled")
    return say("rsvp-over") if meeting.ends_at <= ctx.now else None


def _seat_left(ctx: Context, meeting: Meeting, seats: int | None, but: Rsvp) -> bool:
    if seats is None:
        return True
    rows = [row for row, _ in queries.answers(ctx.session, key(meeting.id)) if row.id != but.id]
    return sum(row.answer == "yes" and not row.waiting for row in rows) < seats


def _noted(ctx: Context, row: Rsvp, meeting: Meeting) -> Text:
    if row.waiting:
        return say("rsvp-waiting", place=str(_place(ctx, row, meeting)))
    return say(f"rsvp-{row.answer}")


def _again(ctx: Context, row: Rsvp, meeting: Meeting) -> Text:
    if row.waiting:
        return say("rsvp-waiting", place=str(_place(ctx, row, meeting)))
    return say("rsvp-same")


def _place(ctx: Context, row: Rsvp, meeting: Meeting) -> int:
    waiting = [one.id for one, _ in queries.answers(ctx.session, key(meeting.id)) if one.waiting]
    return waiting.index(row.id) + 1


@router.button("meeting.now", role=Role.ANYONE)
def newest(ctx: Context, ref: str) -> Said:
    """看最新: what holds now, where the card has not changed by itself."""
    if ctx.community is None:
        raise UserError(say("core-button-old"))
    return now(ctx, *found(ctx, ref))


@router.button("meeting.card")
def shown(ctx: Context, ref: str) -> Said:
    """The card of a meeting in the agenda of who follows in private; where it is there already, edited."""
    meeting, about = found(ctx, ref)
    told = Answer(say("rsvp-on-card"), to=Audience.NOTICE)
    return [told, replace(card(ctx, meeting, about), to=Audience.HERE, anew=True)]


@router.button("rsvp.remind")
def remind(ctx: Context, ref: str) -> Said:
    """到时提醒我: a reminder in private, or none any more."""
    meeting, _ = open_meeting(ctx, ref)
    if private_chat(ctx.session, ctx.person_id) is None:
        link = Button(say("rsvp-open-private"), start=f"remind-{ref}")
        return Answer(say("rsvp-needs-private"), [[link]], to=Audience.NOTICE)
    row = queries.rsvp(ctx.session, key(meeting.id), ctx.person_id)
    row.remind = not row.remind
    said = lines(say("rsvp-remind-on"), reach_note(ctx)) if row.remind else say("rsvp-remind-off")
    return Answer(said, to=Audience.NOTICE)


@router.start("remind")
def opened(ctx: Context, ref: str) -> Said:
    """The private chat was opened for a reminder."""
    if ctx.member is None:
        return Answer(say("core-no-community-private"))
    meeting, about = open_meeting(ctx, ref)
    queries.rsvp(ctx.session, key(meeting.id), ctx.person_id).remind = True
    said = say("rsvp-remind-set", title=about.title, when=span(meeting.starts_at, about.minutes))
    return Answer(lines(said, reach_note(ctx)))


@router.button("rsvp.file")
def file(ctx: Context, ref: str) -> Said:
    """加到日历: this meeting as a calendar file, in private where that is open."""
    meeting, about = found(ctx, ref)
    made = calendar_file(ctx.here, [(meeting, about)], ctx.now)
    return deliver(ctx, Answer(say("rsvp-file", title=about.title), file=made))


def deliver(ctx: Context, answer: Answer) -> list[Answer]:
    """*answer* in private where that is open, else here."""
    if ctx.chat.private or private_chat(ctx.session, ctx.person_id) is None:
        return [answer]
    private = Answer(answer.text, file=answer.file, to=Audience.PRIVATELY, chosen=True)
    return [Answer(say("rsvp-file-sent"), to=Audience.NOTICE), private]
