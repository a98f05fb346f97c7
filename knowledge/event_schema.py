"""An event in schema.org's words: when, where, how it stands, and what it costs."""

from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from cms.structured import moment, without_nothing

STATUS = {"cancelled": "EventCancelled", "postponed": "EventRescheduled"}  # it has its new time; without one it were "postponed"
MODES = {"on_site": "Offline", "online": "Online", "hybrid": "Mixed"}


def in_schema(event: Model, request: HttpRequest) -> dict[str, Any]:
    when = (lambda at: moment(at and timezone.localdate(at))) if event.all_day else moment
    return {
        "startDate": when(event.starts_at),
        "endDate": when(event.ends_at),
        "previousStartDate": moment(event.postponed_from) if event.status == "postponed" else None,
        "eventStatus": f"https://schema.org/{STATUS.get(event.status, 'EventScheduled')}",
        "eventAttendanceMode": f"https://schema.org/{MODES[event.format]}EventAttendanceMode",
        "location": places(event, request),
        "inLanguage": [row.language for row in event.spoken],
        "isAccessibleForFree": not event.cost,
        "maximumAttendeeCapacity": event.capacity,
        "offers": offer(event, request) if event.takes_registrations else None,
    }


def places(event: Model, request: HttpRequest) -> list[dict[str, Any]]:
    found = []
    if event.format != "online":
        address = {"streetAddress": event.address, "addressLocality": event.city, "addressCountry": "SE"}
        postal = without_nothing({"@type": "PostalAddress", **address})
        found.append({"@type": "Place", "name": event.place_name or event.city or event.title, "address": postal})
    if event.format != "on_site":
        found.append({"@type": "VirtualLocation", "url": event.online_url or own_address(event, request)})
    return found


def offer(event: Model, request: HttpRequest) -> dict[str, Any]:
    until = moment(event.last_registration)
    url = event.registration_url or own_address(event, request)
    return without_nothing({"@type": "Offer", "price": event.cost or 0, "priceCurrency": "SEK", "url": url, "validThrough": until})


def own_address(event: Model, request: HttpRequest) -> str:
    return settings.BASE_URL + (event.get_url(request) or "")
