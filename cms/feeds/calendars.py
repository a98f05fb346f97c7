"""iCalendar of kinds that have their time: all of a kind, or one thing alone."""

import datetime
import uuid
from collections.abc import Iterable

import icalendar
from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from cms import navigation
from cms.calendar_entries import CalendarEntry
from cms.kinds import Kind, lasting_id

from .asked import Asked, address_of, clean, summary_of, title_of, topics_of

MOST = 1_000  # the latest ones
AGAIN = datetime.timedelta(hours=1)  # when programs may ask anew
CLOCKS = """BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE"""  # as rules, which more programs understand than the single days that the library would list


def whole_calendar(asked: Asked) -> icalendar.Calendar:
    kind, name = asked.kind, navigation.portal_settings(asked.request).name
    starts = kind.calendar.starts
    items = asked.items().exclude(**{starts: None}).order_by(f"-{starts}", "-pk")[:MOST]
    calendar = calendar_of(items, kind, asked.language, asked.request)
    title = clean(f"{asked.title} – {name}")
    for label, value in {"name": title, "x-wr-calname": title, "x-wr-timezone": settings.TIME_ZONE}.items():
        calendar.add(label, icalendar.vText(value))
    calendar.add("source", asked.address, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(AGAIN))
    return calendar


def calendar_of(items: Iterable[Model], kind: Kind, language: str, request: HttpRequest) -> icalendar.Calendar:
    """Some things with the clocks that they need, in the order in which they begin."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Samverka//Samverka//EN")
    calendar.add("version", "2.0")
    items = list(items)
    if not all(getattr(item, kind.calendar.all_day) for item in items):
        calendar.add_component(icalendar.Timezone.from_ical(CLOCKS))
    found = sorted(items, key=lambda item: getattr(item, kind.calendar.starts))
    uids = {lasting_id(item, language): item for item in found}
    known = {entry.uid: entry for entry in CalendarEntry.objects.filter(pk__in=uids)}
    for uid, item in uids.items():
        calendar.add_component(entry_of(item, kind, uid, known.get(uid), request))
    return calendar


def entry_of(item: Model, kind: Kind, uid: uuid.UUID, known: CalendarEntry | None, request: HttpRequest) -> icalendar.Event:
    """Changed when what calendars show of it was, which raises its sequence."""
    calendar, address = kind.calendar, address_of(item, request)
    text = clean(calendar.said(item, "text")) or summary_of(item, kind)
    changed = known.changed_at if known else getattr(item, "last_published_at", None) or getattr(item, calendar.starts)
    facts = {
        "uid": str(uid),
        "dtstamp": changed.astimezone(datetime.UTC),
        "last-modified": changed.astimezone(datetime.UTC),
        "sequence": known.sequence if known else 0,
        "status": "CANCELLED" if calendar.said(item, "cancelled") else "CONFIRMED",
        "summary": title_of(item),
        "description": f"{text}\n\n{address}",
        "location": clean(calendar.said(item, "place")),
        "url": address,
        "categories": topics_of(item),
        **times_of(item, kind),
    }
    entry = icalendar.Event()
    for name, value in facts.items():
        if value not in ("", []):
            entry.add(name, value)
    html = format_html('<p>{}</p><p><a href="{}">{}</a></p>', text, address, item.title)
    entry.add("x-alt-desc", icalendar.vText(html), parameters={"FMTTYPE": "text/html"})
    return entry


def times_of(item: Model, kind: Kind) -> dict[str, datetime.date | str]:
    """By Swedish clocks. Whole days end where the next one begins, and leave their hours free."""
    calendar, here = kind.calendar, timezone.get_default_timezone()
    if getattr(item, calendar.all_day):
        first, last = calendar.days(item)
        return {"dtstart": first, "dtend": last + datetime.timedelta(days=1), "transp": "TRANSPARENT"}
    starts, ends = (getattr(item, name) for name in (calendar.starts, calendar.ends))
    return {"dtstart": starts.astimezone(here), **({"dtend": ends.astimezone(here)} if ends and ends > starts else {})}
