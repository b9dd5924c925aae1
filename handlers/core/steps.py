"""The questions of /setup: what is set now, what is offered, how words are read and kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from config.calendars import SchoolCalendar
from config.texts import LANGUAGES, Text, say
from handlers.core import prompt_step
from handlers.core.answer import Answer
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.plain_days import likely_starts, read_date, read_span, spoken_date, spoken_span
from handlers.core.zones import OFFERED, city_of, country_of, zone_of
from storage.models.community import Community

QUIET = ("20:00-07:30", "21:00-07:00", "22:00-06:30")
YEAR = timedelta(days=366)


def _read_language(ctx: Context, words: str) -> str:
    if words not in LANGUAGES:
        raise UserError(say("core-button-old"))
    return words


def _put_language(ctx: Context, language: str) -> None:
    # In a private chat its reader has a language of their own.
    chat = language if ctx.chat.private else ctx.chat.language
    if (ctx.here.language, chat) != (language, language):
        ctx.here.language = language
        ctx.chat.language = None if ctx.chat.private else language
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
    # From an hour to the same hour may be the whole day or none of it: asked again.
    if span is None or span[0] == span[1]:
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
    "prompt": Step(prompt_step.now, prompt_step.choices, prompt_step.read_weekly, prompt_step.put),
}
