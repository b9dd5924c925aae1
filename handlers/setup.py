"""/setup: a group becomes a community in a few taps; every step has a good default and may be skipped."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlmodel import Session

from config.calendars import SchoolCalendar
from config.texts import LANGUAGES, Text, clean, lines, say
from handlers.core import digest
from handlers.core.answer import Answer, Button, Said
from handlers.core.arguments import Rest
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.plain_days import likely_starts, read_date, read_span, spoken_date, spoken_span
from handlers.core.router import Router
from handlers.core.zones import OFFERED, city_of, country_of, zone_of
from storage.models.community import Community, Member, Role
from storage.queries.community import leaders

LONGEST_NAME = 40
KEEP, OTHER, OPEN = "-", "?", "open"
QUIET = ("20:00-07:30", "21:00-07:00", "22:00-06:30")
YEAR = timedelta(days=366)
router = Router()


@router.command("setup", "设置", "开始", situation="lead", anonymous=True)
def setup(ctx: Context, words: Rest) -> Said:
    """Begin, or go through the settings again; words name a group whose title cannot be seen."""
    if ctx.chat.private:
        raise UserError(say("setup-in-group"))
    return _entitled(ctx, OPEN, "" if ctx.chat.title else clean(words)[:LONGEST_NAME])


@router.button("setup", role=Role.ANYONE)
def pressed(ctx: Context, arg: str) -> Said:
    """A step was chosen, skipped, or is to be typed."""
    step, _, value = arg.partition(":")
    if ctx.chat.private or (step != OPEN and step not in STEPS):
        raise UserError(say("core-button-old"))
    return _entitled(ctx, step, value)


@router.answer("setup")
def typed(ctx: Context, content: dict[str, Any]) -> Said:
    """A value in the person's own words; what is not understood keeps the question open."""
    step, words = str(content["step"]), ctx.message.text.strip()
    STEPS[step].read(ctx, words)
    # The talk has moved on below the card, so the next question comes as a new one.
    return _entitled(ctx, step, words, afresh=True)


@router.result("setup")
def checked(ctx: Context, found: dict[str, Any]) -> Said:
    """Whether who asked runs this chat on the platform."""
    # None: the platform cannot say; whoever comes first may begin, and then it is for those who lead.
    if found["admin"] is None and ctx.community is not None and _leads(ctx.session, ctx.community):
        raise UserError(say("core-leaders-only"))
    if found["admin"] is False:
        raise UserError(say("setup-admins-only"))
    return _go(ctx, found["step"], found["value"], found["afresh"])


def _entitled(ctx: Context, step: str, value: str, afresh: bool = False) -> Said:
    """Go on for a leader, or for an administrator of the chat once the platform says so."""
    if ctx.person is None:
        return _card(ctx, next(iter(STEPS)), say("setup-anonymous"), afresh=True)
    if ctx.role.rank >= Role.DEPUTY.rank:
        return _go(ctx, step, value, afresh)
    user, place = ctx.message.sender, ctx.message.place
    if user is not None:
        wish = {"step": step, "value": value, "afresh": afresh, "thread": place.thread}
        ctx.later("rights", "setup", chat=place.address, user=user.address, **wish)
    return None


def _go(ctx: Context, step: str, value: str, afresh: bool) -> Said:
    if step == OPEN:
        return _opened(ctx, value)
    if value == OTHER:
        ctx.ask("setup", step=step)
        return Answer(say(f"setup-{step}-ask"), ask=True)
    _begin(ctx)
    if value != KEEP:
        STEPS[step].put(ctx, STEPS[step].read(ctx, value))
    names = [*STEPS, None]
    following = names[names.index(step) + 1]
    return _card(ctx, following, afresh=afresh) if following else _summary(ctx, afresh)


def _begin(ctx: Context) -> None:
    """The community exists from now on; who sets it up leads it unless somebody already does."""
    community = ctx.community or _founded(ctx)
    if _leads(ctx.session, community):
        return
    if ctx.member is None:
        ctx.member = Member(community_id=key(community.id), person_id=ctx.person_id, joined_at=ctx.now)
    ctx.member.role = Role.LEADER
    ctx.me.community_id = community.id
    ctx.session.add(ctx.member)
    ctx.log("setup-log-leader")


def _leads(session: Session, community: Community) -> bool:
    """Whether anybody leads the community."""
    return any(member.role is Role.LEADER for member, _ in leaders(session, key(community.id)))


def _opened(ctx: Context, name: str) -> Answer:
    """The first question; a name given with the command counts at once."""
    if name:
        _begin(ctx)
        ctx.here.name = name
        ctx.log("setup-log-name", name=name)
    unnamed = not ctx.chat.title and ctx.community is None
    note = say("setup-nameless", name=say("setup-unnamed")) if unnamed else None
    return _card(ctx, next(iter(STEPS)), note, afresh=True)


def _founded(ctx: Context) -> Community:
    name = ctx.chat.title or ctx.speech.plain(say("setup-unnamed"))
    community = Community(name=name, language=ctx.language, created_at=ctx.now)
    ctx.session.add(community)
    ctx.session.flush()
    ctx.chat.community_id, ctx.community = community.id, community
    digest.begin(ctx)
    return community


def _card(ctx: Context, name: str, note: Text | None = None, afresh: bool = False) -> Answer:
    place = ctx.community or Community(name=ctx.chat.title, language=ctx.language, created_at=ctx.now)
    number = str(list(STEPS).index(name) + 1)
    title = say("setup-step", number=number, of=str(len(STEPS)), question=say(f"setup-{name}"))
    return Answer(
        lines(title, STEPS[name].now(ctx, place), note), _buttons(ctx, name), card="setup", afresh=afresh
    )


def _buttons(ctx: Context, name: str) -> list[list[Button]]:
    choices = [Button(text, "setup", f"{name}:{value}") for text, value in STEPS[name].choices(ctx)]
    rows = [choices[at : at + 3] for at in range(0, len(choices), 3)]
    other = [Button(say("setup-other"), "setup", f"{name}:{OTHER}")] if name != "language" else []
    return [*rows, [*other, Button(say("setup-skip"), "setup", f"{name}:{KEEP}")]]


def _summary(ctx: Context, afresh: bool) -> Answer:
    named = [
        person.name for member, person in leaders(ctx.session, ctx.community_id) if member.role is Role.LEADER
    ]
    text = lines(
        say("setup-done", community=ctx.here.name),
        *(step.now(ctx, ctx.here) for step in STEPS.values()),
        say("setup-leaders", names=named),
        say("setup-next"),
    )
    prompt = [Button(say("setup-prompt"), "prompt.begin")] if _prompts(ctx) else []
    return Answer(text, [[Button(say("setup-join"), "join")], prompt], card="setup", afresh=afresh)


def _prompts(ctx: Context) -> bool:
    return ctx.router is not None and "prompt.begin" in ctx.router.buttons


def _read_language(ctx: Context, words: str) -> str:
    if words not in LANGUAGES:
        raise UserError(say("core-button-old"))
    return words


def _put_language(ctx: Context, language: str) -> None:
    if (ctx.here.language, ctx.chat.language) != (language, language):
        ctx.here.language = ctx.chat.language = language
        ctx.log("setup-log-language", language=language)


def _read_zone(ctx: Context, words: str) -> str:
    zone = zone_of(words)
    if zone is None:
        raise UserError(Answer(say("setup-zone-unknown", words=words[:40]), ask=True))
    return zone


def _put_zone(ctx: Context, zone: str) -> None:
    if ctx.here.zone != zone:
        ctx.here.zone, ctx.here.country = zone, country_of(zone)
        ctx.log("setup-log-zone", city=city_of(zone, ctx.language))


def _read_term(ctx: Context, words: str) -> date:
    day = read_date(words, ctx.today) or spoken_date(words, ctx.now, _calendar(ctx))
    if day is None or abs(day - ctx.today) > YEAR:
        raise UserError(Answer(say("setup-term-unknown", words=words[:40]), ask=True))
    return day


def _calendar(ctx: Context) -> SchoolCalendar:
    """By which typed words are read; there may be no community yet."""
    return SchoolCalendar(ctx.zone, None, ctx.community.country if ctx.community else "CN")


def _put_term(ctx: Context, day: date) -> None:
    if ctx.here.term_start != day:
        ctx.here.term_start = day
        ctx.log("setup-log-term", day=day.isoformat())


def _read_quiet(ctx: Context, words: str) -> tuple[time, time]:
    span = read_span(words) or spoken_span(words, ctx.now, _calendar(ctx))
    if span is None:
        raise UserError(Answer(say("setup-quiet-unknown", words=words[:40]), ask=True))
    return span


def _put_quiet(ctx: Context, span: tuple[time, time]) -> None:
    if (ctx.here.quiet_from, ctx.here.quiet_to) != span:
        ctx.here.quiet_from, ctx.here.quiet_to = span
        ctx.log("setup-log-quiet", begin=f"{span[0]:%H:%M}", end=f"{span[1]:%H:%M}")


def _term_now(ctx: Context, community: Community) -> Text:
    if community.term_start is None:
        return say("setup-term-none")
    week = ctx.speech.almanac.week(ctx.today)
    passed = say("setup-term-week", number=str(week)) if week else say("setup-term-outside")
    return say("setup-term-now", day=community.term_start, passed=passed)


@dataclass(frozen=True, slots=True)
class Step:
    """One question: what is set now, what is offered, how words are read (UserError), and kept."""

    now: Callable[[Context, Community], Text]
    choices: Callable[[Context], list[tuple[Text, str]]]
    read: Callable[[Context, str], Any]
    put: Callable[[Context, Any], None]


STEPS = {
    "language": Step(
        lambda ctx, place: say("setup-language-now", language=place.language),
        lambda ctx: [(say("setup-language-name", language=one), one) for one in LANGUAGES],
        _read_language,
        _put_language,
    ),
    "zone": Step(
        lambda ctx, place: say("setup-zone-now", city=city_of(place.zone, ctx.language)),
        lambda ctx: [(say("setup-zone-name", city=city_of(zone, ctx.language)), zone) for zone in OFFERED],
        _read_zone,
        _put_zone,
    ),
    "term": Step(
        _term_now,
        lambda ctx: [(say("setup-term-name", day=day), day.isoformat()) for day in likely_starts(ctx.today)],
        _read_term,
        _put_term,
    ),
    "quiet": Step(
        lambda ctx, place: say(
            "setup-quiet-now", begin=f"{place.quiet_from:%H:%M}", end=f"{place.quiet_to:%H:%M}"
        ),
        lambda ctx: [(say("setup-quiet-name", span=span.replace("-", "–")), span) for span in QUIET],
        _read_quiet,
        _put_quiet,
    ),
}
