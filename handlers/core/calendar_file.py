"""Meetings as a calendar file (RFC 5545), with nothing of any person in it."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from handlers.core.answer import File
from storage.models.community import Community
from storage.queries.discussion import Held

if TYPE_CHECKING:
    from icalendar import Event

STATES = {"on": "CONFIRMED", "held": "TENTATIVE", "off": "CANCELLED", "cancelled": "CANCELLED"}


def calendar_file(community: Community, meetings: Iterable[Held], now: datetime) -> File:
    """One .ics file; a meeting keeps its UID for ever and raises SEQUENCE with each change."""
    from icalendar import Calendar  # few files are asked for, so it is loaded with the first

    calendar = Calendar()
    calendar.add("PRODID", "-//Yanban//Meetings//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    for held in meetings:
        calendar.add_component(_event(held, domain(community), now))
    return File("meetings.ics", calendar.to_ical(), mime="text/calendar")


def domain(community: Community) -> str:
    """Tells communities of different installations apart, and says nothing about them."""
    return sha256(f"{community.id} {community.created_at.isoformat()}".encode()).hexdigest()[:16]


def _event(held: Held, domain_: str, now: datetime) -> "Event":
    from icalendar import Event

    meeting, about = held
    event = Event()
    event.add("UID", f"meeting-{meeting.id}@{domain_}")
    event.add("DTSTAMP", now)
    event.add("DTSTART", meeting.starts_at)
    event.add("DTEND", meeting.ends_at)
    event.add("SUMMARY", about.title)
    event.add("STATUS", STATES[meeting.status])
    event.add("SEQUENCE", meeting.sequence)
    if about.place:
        event.add("LOCATION", about.place)
    return event
