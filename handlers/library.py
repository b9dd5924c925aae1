"""/library: look round in what was shared, by tag, subject, teaching week, or only one's own."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import col

from config.texts import Text, lines, plain, say
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.context import Context
from handlers.core.digest import contribute
from handlers.core.errors import UserError
from handlers.core.resources import show
from handlers.core.resources.labels import folded
from handlers.core.router import Router
from storage.models.community import Role
from storage.models.resource import Resource, ResourceTag
from storage.queries import library as queries

router = Router()
PAGE, IN_A_ROW = 5, 3
MOST_TAGS, MOST_WEEKS = 24, 24
IN_THE_DIGEST = 5
Filter = tuple[ColumnElement[bool], Text]


@router.command("library", "资料库", role=Role.MEMBER, situation="share")
def library(ctx: Context) -> Said:
    """The ways into the library."""
    return Answer(*_menu(ctx, ""))


@router.button("lib")
def turn(ctx: Context, arg: str) -> Said:
    """A menu, or page *p* of a list: "menu", "tags", "new..p", "tag.id.p", "week.2026-11-23.p", …"""
    name, _, rest = arg.partition(".")
    if name in _MENUS:
        return Answer(*_MENUS[name](ctx, arg), to=Audience.PRESSED)
    if name not in _LISTS:
        raise UserError(say("core-button-old"))
    value, _, number = rest.rpartition(".")
    return Answer(*_list(ctx, name, value, int(number)), to=Audience.PRESSED)


def _menu(ctx: Context, _arg: str) -> tuple[Text, list[list[Button]]]:
    first, _ = queries.page(ctx.session, queries.visible(ctx.community_id), 1, 0)
    if not first:
        return say("library-empty"), []
    ways = [
        Button(say("library-new"), "lib", "new..0"),
        Button(say("library-tags"), "lib", "tags"),
        Button(say("library-subjects"), "lib", "subjects"),
        Button(say("library-weeks"), "lib", "weeks"),
        Button(say("library-mine"), "lib", "mine..0"),
    ]
    return say("library-menu"), _rows(ways)


def _tags(ctx: Context, _arg: str) -> tuple[Text, list[list[Button]]]:
    found = queries.tags_of(ctx.session, ctx.community_id, MOST_TAGS)
    buttons = [Button(plain(f"#{tag}"), "lib", f"tag.{id_}.0") for id_, tag in found]
    return say("library-which-tag" if found else "library-no-tags"), [*_rows(buttons), _up()]


def _subjects(ctx: Context, _arg: str) -> tuple[Text, list[list[Button]]]:
    found = queries.subjects_of(ctx.session, ctx.community_id)
    buttons = [Button(show.subject(code), "lib", f"subject.{code}.0") for code in found]
    return say("library-which-subject" if found else "library-no-subjects"), [*_rows(buttons), _up()]


def _weeks(ctx: Context, _arg: str) -> tuple[Text, list[list[Button]]]:
    found = queries.weeks_of(ctx.session, ctx.community_id, MOST_WEEKS)
    buttons = [Button(_week(monday, week), "lib", f"week.{monday}.0") for monday, week in found]
    return say("library-which-week"), [*_rows(buttons), _up()]


def _week(monday: date, week: int | None) -> Text:
    if week is None:
        return say("library-week-from", monday=monday)
    return say("resource-week-of-year", year=str(monday.year), week=str(week))


def _list(ctx: Context, name: str, value: str, number: int) -> tuple[Text, list[list[Button]]]:
    shown, title = _LISTS[name](ctx, value)
    entries, more = queries.page(ctx.session, shown, PAGE, number)
    if not entries:
        return say("library-none", title=title), [_up()]
    numbered = list(enumerate(entries, number * PAGE + 1))
    here = f"{name}.{value}"
    look = [Button(plain(show.mark(at)), "ropen", f"{entry.id}~{here}.{number}") for at, entry in numbered]
    back = [Button(say("find-back"), "lib", f"{here}.{number - 1}")] if number else []
    on = [Button(say("find-on"), "lib", f"{here}.{number + 1}")] if more else []
    text = lines(say("library-list", title=title), *(show.line(ctx, at, entry) for at, entry in numbered))
    return text, [look, [*back, *on], _up()]


def _new(ctx: Context, _value: str) -> Filter:
    return queries.visible(ctx.community_id), say("library-new")


def _mine(ctx: Context, _value: str) -> Filter:
    """One's own, also those a leader has hidden."""
    here = col(Resource.community_id) == ctx.community_id
    return here & queries.shared_by(ctx.person_id), say("library-mine")


def _tag(ctx: Context, value: str) -> Filter:
    row = ctx.session.get(ResourceTag, int(value))
    if row is None or row.community_id != ctx.community_id:
        raise UserError(say("core-button-old"))
    return queries.visible(ctx.community_id) & queries.tagged(folded(row.tag)), plain(f"#{row.tag}")


def _subject(ctx: Context, value: str) -> Filter:
    return queries.visible(ctx.community_id) & (col(Resource.subject) == value), show.subject(value)


def _in_week(ctx: Context, value: str) -> Filter:
    monday = date.fromisoformat(value)
    weeks = dict(queries.weeks_of(ctx.session, ctx.community_id, MOST_WEEKS))
    shown = queries.visible(ctx.community_id) & (col(Resource.monday) == monday)
    return shown, _week(monday, weeks.get(monday))


def _rows(buttons: list[Button]) -> list[list[Button]]:
    return [buttons[at : at + IN_A_ROW] for at in range(0, len(buttons), IN_A_ROW)]


def _up() -> list[Button]:
    return [Button(say("library-up"), "lib", "menu")]


Menu = Callable[[Context, str], tuple[Text, list[list[Button]]]]
_MENUS: dict[str, Menu] = {"menu": _menu, "tags": _tags, "subjects": _subjects, "weeks": _weeks}
_LISTS: dict[str, Callable[[Context, str], Filter]] = {
    "new": _new,
    "mine": _mine,
    "tag": _tag,
    "subject": _subject,
    "week": _in_week,
}


@contribute(order=20)
def new_ones(ctx: Context, since: datetime, until: datetime) -> list[Text]:
    """What was shared in that time, for the weekly digest."""
    wanted = queries.visible(ctx.community_id) & queries.shared_between(since, until)
    found, more = queries.page(ctx.session, wanted, IN_THE_DIGEST, 0)
    if not found:
        return []
    shown = [show.line(ctx, number, entry) for number, entry in enumerate(found, 1)]
    return [say("library-digest"), *shown, *([say("library-digest-more")] if more else [])]
