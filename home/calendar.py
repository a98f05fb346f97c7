"""A list of what has its time: month by month, and day by day."""

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from cms.kinds import Calendar
from cms.listing import Listing
from cms.reviewed import later


@dataclass
class Month:
    """A month with its days in order, and on each day what happens then."""

    first: datetime.date
    days: dict[datetime.date, list[Model]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return len({item.pk for items in self.days.values() for item in items})


class CalendarListing(Listing):
    """Each thing stands under the day it begins; in the list of one month, under every day of the month that it takes."""

    def __init__(self, *args: Any, month: datetime.date | None = None):
        super().__init__(*args)
        self.month = month

    @cached_property
    def months(self) -> list[Month]:
        found: dict[datetime.date, Month] = {}
        for item in self.page.object_list:
            for day in self.days_of(item):
                first = day.replace(day=1)
                found.setdefault(first, Month(first)).days.setdefault(day, []).append(item)
        for month in found.values():
            month.days = dict(sorted(month.days.items()))
        return [found[first] for first in sorted(found)]

    def days_of(self, item: Model) -> list[datetime.date]:
        first, last = self.kind.calendar.days(item)
        if self.month is None:
            return [first]
        first, last = max(first, self.month), min(last, later(self.month, 1) - datetime.timedelta(days=1))
        return [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]


def happening(items: QuerySet, calendar: Calendar, first: datetime.date, after: datetime.date) -> QuerySet:
    """What takes some of the time from the first day up to the day after the last."""
    here = timezone.get_default_timezone()
    begin, end = (datetime.datetime.combine(day, datetime.time(), here) for day in (first, after))
    return items.filter(**{f"{calendar.starts}__lt": end, f"{calendar.ends}__gt": begin})
