"""Whether a project is planned, runs, pauses or is finished. Asked of its dates each day anew, and stored nowhere."""

import datetime
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, TextChoices, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.facets import Facet


class Status(TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    FINISHED = "finished", _("Finished")


def status_of(starts_on: datetime.date | None, ends_on: datetime.date | None, paused: bool) -> Status:
    """Today's status. The last day still counts, and who has come to the end no longer pauses."""
    today = timezone.localdate()
    if ends_on and ends_on < today:
        return Status.FINISHED
    if paused:
        return Status.PAUSED
    return Status.PLANNED if starts_on and starts_on > today else Status.RUNNING


def having(status: str) -> Q:
    """The same as a question to the database."""
    today = timezone.localdate()
    if status == Status.FINISHED:
        return Q(ends_on__lt=today)
    lasts = Q(ends_on=None) | Q(ends_on__gte=today)
    if status == Status.PAUSED:
        return lasts & Q(paused=True)
    begun = Q(starts_on=None) | Q(starts_on__lte=today)
    return lasts & Q(paused=False) & (~begun if status == Status.PLANNED else begun)


@dataclass(frozen=True)
class StatusFacet(Facet):
    """Narrows a list of projects by what is true of them today."""

    def read(self, values):
        return [value for value in super().read(values) if value in Status.values]

    def matching(self, selected):
        return reduce(or_, map(having, selected))

    def count(self, everything, narrowed):
        return [self._count(everything.filter(having(status)), narrowed, Value(str(status))) for status in Status]

    def of(self, items):
        return [self._of(items.filter(having(status)), Value(str(status))) for status in Status]

    def labels(self, model):
        return {status.value: str(status.label) for status in Status}
