"""When and where an event is, as each language writes it."""

import datetime

from django.db.models import Model
from django.template.defaultfilters import capfirst
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.templatetags.portal import clock, day, time_range


def named_day(moment: datetime.datetime) -> str:
    """torsdag 26 november 2026, Thursday 26 November 2026."""
    return f"{date_format(timezone.localtime(moment), 'l')} {day(moment)}"


def moment(at: datetime.datetime) -> str:
    """lördag 28 mars 2026 kl. 22, Saturday 28 March 2026, 22:00."""
    return gettext("%(day)s, %(time)s") % {"day": named_day(at), "time": time_range(at)}


def when(event: Model) -> str:
    """What stands below the date: the weekday with its times, or both days."""
    if not event.spans_days:
        times = gettext("all day") if event.all_day else time_range(event.starts_at, event.ends_at)
        return gettext("%(day)s, %(time)s") % {"day": date_format(timezone.localtime(event.starts_at), "l"), "time": times}
    write = named_day if event.all_day else moment
    return f"{write(event.starts_at)} – {write(event.ends_at)}"


def hours(event: Model) -> str:
    """What stands beside the day that it begins: its times, and the day it ends if that is another."""
    if event.all_day:
        until = gettext("All day until %(day)s") % {"day": day(event.ends_at)}
        return until if event.spans_days else capfirst(gettext("all day"))
    if not event.spans_days:
        return time_range(event.starts_at, event.ends_at)
    return f"{time_range(event.starts_at)} – {moment(event.ends_at)}"


def place(event: Model) -> str:
    """Trollhättan, Trollhättan och online."""
    town = event.city or event.place_name
    if event.format == "online":
        return str(event.get_format_display())
    return get_text_list(list(filter(None, [town, gettext("online") if event.format == "hybrid" else ""])), _("and"))


def at_clock(time: datetime.time | None) -> str:
    """13.00, 9.30; 13:00: all times of a programme alike."""
    if time is None:
        return ""
    return clock(time) if time.minute or ":" in clock(time) else f"{time.hour}.00"
