"""From a teacher's words to a moment, or to the one question that is missing; answers go on from there."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from config.texts import Text, lines, say
from handlers.core.answer import Answer
from handlers.core.calendar import calendar_of
from handlers.core.context import Context
from handlers.core.when import Reading, complete, read

SEATS = re.compile(
    r"(?:限|最多|不超过)\s?(\d{1,4})\s?[人位名]"
    r"|(?<![\w.])(?:max(?:imum)?\.?|up to|limited to)\s(\d{1,4})(?: people)?(?![\w:])"
    r"|(?<![\w.:])(\d{1,4})\s?seats?(?![a-z])",
    re.I,
)
PLACE = re.compile(r"(?:\s@|^@|\s?地点[:：]\s?|\s(?:place|venue):\s?)(?P<place>\S[^@]{0,60})$", re.I)
REPEATED = re.compile(r"每|隔|直到|单周|双周|every|each|weekly|until", re.I)
NUMERALS = "零一二三四五六七八九十"
BELLS_OF_A_DAY = 100


@dataclass(frozen=True)
class Heard:
    """A reading, the seats and the place said beside it, and when the first words were said."""

    reading: Reading
    seats: int | None
    said_at: datetime
    place: str = ""

    @property
    def kept(self) -> dict[str, Any]:
        """What a question must remember so that its answer can be read together with it."""
        asked = {"text": self.reading.text, "seats": self.seats, "said_at": self.said_at.isoformat()}
        return asked | {"asks": self.reading.asks, "place": self.place}


def hear(ctx: Context, words: str) -> Heard:
    """What *words* mean at the moment they were said, however late they arrive."""
    seats, rest = without_seats(words)
    said_at, calendar = ctx.message.sent_at, calendar_of(ctx.session, ctx.here)
    reading = read(rest, said_at, calendar)
    place = ""
    if found := PLACE.fullmatch(reading.title):
        # A room is no name: what the meeting is about is still to be asked.
        place, reading = found["place"], read(rest.replace(reading.title, " "), said_at, calendar)
    return Heard(_still_ahead(ctx, reading), seats, said_at, place)


def hear_answer(ctx: Context, kept: Mapping[str, Any], words: str) -> Heard:
    """The answer to a question, read together with what was asked about."""
    seats, rest = without_seats(words)
    asked_at = datetime.fromisoformat(kept["said_at"])
    said_at = asked_at if _names_only(kept) or not _same_day(ctx, asked_at) else ctx.message.sent_at
    reading = complete(kept["text"], rest, said_at, calendar_of(ctx.session, ctx.here))
    return Heard(_still_ahead(ctx, reading), seats or kept["seats"], said_at, kept.get("place", ""))


def without_seats(words: str) -> tuple[int | None, str]:
    """The number of seats said in *words*, and the words without them."""
    found = SEATS.search(words)
    if found is None:
        return None, words
    number = int(next(group for group in found.groups() if group))
    return number or None, f"{words[: found.start()].rstrip()} {words[found.end() :].lstrip(' ，,')}".strip()


def place_in(title: str) -> tuple[str, str]:
    """A title and the place at its end: 集体备课 @201会议室."""
    found = PLACE.search(title)
    if found is None or not title[: found.start()].strip():
        return title, ""
    return title[: found.start()].strip(), found["place"].strip()


def question(ctx: Context, reading: Reading) -> Text:
    """The one line that asks for what is missing."""
    shape = _QUESTIONS.get(reading.asks, _simple)
    asked = shape(ctx, reading)
    if reading.unread and reading.asks not in ("unread", "contradiction", "too_long"):
        return lines(say("when-loose", words=_words(reading)), asked)
    return asked


def put(ctx: Context, route: str, heard: Heard, **content: Any) -> Answer:
    """Ask what is missing; the answer goes to *route* with what was heard so far."""
    ctx.ask(route, **heard.kept, **content)
    return Answer(question(ctx, heard.reading), ask=True)


def period_name(period: int) -> Text:
    """第三节, 下午第一节: a period by its number in the bell table."""
    number = period % BELLS_OF_A_DAY
    shown = NUMERALS[number] if number < len(NUMERALS) else str(number)
    return say("when-period", **half_and_number(period), chinese=shown)


def half_and_number(period: int) -> dict[str, str]:
    """The half of the day a period is counted in, and its number there."""
    half, number = divmod(period, BELLS_OF_A_DAY)
    return {"half": ("day", "afternoon", "evening")[half], "number": str(number)}


def _names_only(kept: Mapping[str, Any]) -> bool:
    return str(kept["asks"]) == "title"


def _same_day(ctx: Context, moment: datetime) -> bool:
    zone = calendar_of(ctx.session, ctx.here).zone
    return moment.astimezone(zone).date() == ctx.message.sent_at.astimezone(zone).date()


def _still_ahead(ctx: Context, reading: Reading) -> Reading:
    """What was ahead when it was said may be past when it arrives: then only its title is kept."""
    if reading.start is None or reading.start > ctx.now:
        return reading
    return Reading(reading.title, title=reading.title, error="past", asks="past")


def _words(reading: Reading) -> str:
    return " ".join(reading.unread)


def _simple(ctx: Context, reading: Reading) -> Text:
    return say(f"when-ask-{reading.asks}", words=_words(reading))


def _dated(ctx: Context, reading: Reading) -> Text:
    if reading.day is None:
        return say(f"when-ask-{reading.asks}")
    return say(f"when-ask-{reading.asks}-on", day=reading.day)


def _when(ctx: Context, reading: Reading) -> Text:
    # Words that were just called too vague are not what it is about.
    if not reading.title or reading.title == _words(reading):
        return say("when-ask-anything")
    return say("when-ask-when", title=reading.title)


def _bell(ctx: Context, reading: Reading) -> Text:
    return say("when-ask-bell", period=period_name(reading.period or 0))


def _unread(ctx: Context, reading: Reading) -> Text:
    repeated = "-series" if REPEATED.search(reading.text) else ""
    return say(f"when-ask-unread{repeated}", words=_words(reading))


def _zone(ctx: Context, reading: Reading) -> Text:
    return say("when-ask-zone", zone=zone_name(ctx.here.zone))


def zone_name(zone: str) -> Text:
    """北京时间, London time."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return say("when-zone", zone=zone.replace("/", "-"), city=city)


_QUESTIONS: dict[str, Callable[[Context, Reading], Text]] = {
    "clock": _dated,
    "hour": _dated,
    "half": _dated,
    "when": _when,
    "bell": _bell,
    "zone": _zone,
    "unread": _unread,
}
