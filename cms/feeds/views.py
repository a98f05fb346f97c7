"""Answers to those who follow a kind, or put one thing in their own calendar."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from cms.beside import for_page, found_by, redirect_beside

from .asked import Refused, language_asked, last_change, read
from .syndication import KindFeed

if TYPE_CHECKING:  # it is large, and loaded by who asks for a calendar
    from icalendar import Calendar


@require_safe
@conditional_page
def feed(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A kind in the language and with the choice that the address names."""
    from .calendars import whole_calendar

    try:
        language = language_asked(request)
        with translation.override(language):
            asked = read(request, name, form)
            response = as_calendar(whole_calendar(asked)) if form == "ics" else KindFeed(asked)(request)
    except Refused as reason:
        return HttpResponse(f"{reason}\n", content_type="text/plain; charset=utf-8", status=reason.status)
    response.headers["Content-Language"] = language
    if changed := last_change():
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response


@require_safe
@conditional_page
def one(request: HttpRequest, path: str) -> HttpResponse:
    """One thing that has its time, at the address of its page."""
    from .calendars import calendar_of

    asked = for_page(request)
    item = found_by(asked, path).page
    kind = item.kind
    if kind is None or not kind.calendar or getattr(item, kind.calendar.starts) is None:
        raise Http404
    if asked.path != (address := item.get_url(asked)):
        return redirect_beside(address, ".ics")
    response = as_calendar(calendar_of([item], kind, item.language, request))
    response.headers["Content-Disposition"] = f'attachment; filename="{item.slug}.ics"'
    return response


def as_calendar(calendar: "Calendar") -> HttpResponse:
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
