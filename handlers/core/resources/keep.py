"""Putting a thing into the library: new, or as one with what is already there."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from config.texts import say
from handlers.core.context import Context, speech
from handlers.core.resources.gather import Find, Thing
from handlers.core.resources.labels import Labels, folded
from handlers.core.resources.nights import plan
from storage.models.resource import Resource
from storage.queries import resource as queries
from storage.queries.resource import Entry


class Outcome(StrEnum):
    """What became of a thing."""

    NEW = "new"
    MERGED = "merged"  # somebody else had shared it: both are named now
    AGAIN = "again"  # the same person had shared it


@dataclass(frozen=True, slots=True)
class Kept:
    """The entry a thing is in now."""

    entry: Entry
    outcome: Outcome
    unsure: tuple[str, ...] = ()


def keep(ctx: Context, found: Find, sharers: dict[int, str]) -> Kept:
    """Put *found* into the community's library under the names of *sharers*."""
    there, planned = queries.same(ctx.session, ctx.community_id, found.thing.key)
    if not planned:
        plan(ctx.session, ctx.here, ctx.now)
    if there is not None:
        return _merge(ctx, there, found.labels, sharers)
    labels = found.labels
    entry = queries.add(ctx.session, _resource(ctx, found), tags_by_key(labels.tags), sharers)
    return Kept(entry, Outcome.NEW, labels.unsure)


def tags_by_key(tags: tuple[str, ...]) -> dict[str, str]:
    """Tags by the form in which they are compared."""
    return {folded(tag): tag for tag in tags}


def change(ctx: Context, resource: Resource, labels: Labels) -> None:
    """Give the entry the tags, subject, grade and unit that *labels* name; take off what they drop."""
    queries.add_tags(ctx.session, resource, tags_by_key(labels.tags))
    if labels.dropped:
        queries.drop_tags(ctx.session, resource, map(folded, labels.dropped))
    resource.subject = labels.subject or resource.subject
    resource.grade = labels.grade or resource.grade
    resource.unit = resource.unit if labels.unit is None else labels.unit
    kept = replace(labels, subject=resource.subject, grade=resource.grade, unit=resource.unit)
    resource.keywords = kept.keywords
    queries.reindex(ctx.session, resource.id or 0)


def _merge(ctx: Context, there: int, labels: Labels, sharers: dict[int, str]) -> Kept:
    entry = _known(ctx, there)
    new = {person_id: name for person_id, name in sharers.items() if not entry.is_of(person_id)}
    queries.credit(ctx.session, there, new, ctx.now)
    resource = entry.resource
    if labels.title and not resource.titled:
        resource.title, resource.titled = labels.title, True
    resource.note = resource.note or labels.note
    change(ctx, resource, _only_new(labels, resource))
    outcome = Outcome.AGAIN if entry.is_of(ctx.person_id) else Outcome.MERGED
    return Kept(_known(ctx, there), outcome)


def _known(ctx: Context, resource_id: int) -> Entry:
    found = queries.entry(ctx.session, resource_id)
    if found is None:
        raise LookupError("an entry that was just read is gone")
    return found


def _only_new(labels: Labels, resource: Resource) -> Labels:
    """Who shares a thing again adds what is not said yet, and changes nothing others said."""
    return replace(
        labels,
        dropped=(),
        subject=resource.subject or labels.subject,
        grade=resource.grade or labels.grade,
        unit=labels.unit if resource.unit is None else resource.unit,
    )


def _resource(ctx: Context, found: Find) -> Resource:
    thing, labels = found.thing, found.labels
    almanac = speech(ctx.language, ctx.here, ZoneInfo(ctx.here.zone), ctx.now).almanac
    # Never given to the session, so it is spared what a followed row costs to make.
    return Resource.model_construct(
        community_id=ctx.community_id,
        kind=thing.kind,
        key=thing.key,
        address=thing.address,
        file=thing.file,
        platform=ctx.message.platform,
        name="" if thing.address else thing.name,
        title=labels.title or thing.name or _unnamed(ctx, thing),
        titled=bool(labels.title),
        note=labels.note,
        subject=labels.subject,
        grade=labels.grade,
        unit=labels.unit,
        keywords=labels.keywords,
        week=almanac.week(almanac.today),
        monday=almanac.today - timedelta(days=almanac.today.weekday()),
        shared_at=ctx.now,
    )


def _unnamed(ctx: Context, thing: Thing) -> str:
    day = ctx.today
    kind = "share-photo" if thing.kind == "photo" else "share-file"
    return ctx.speech.plain(say(kind, month=day.month, day=day.day))
