"""What is read anew from time to time, so that it stays true: pages and documents."""

import calendar
import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reviewed(models.Model):
    """When somebody last found it true, who that was, and when it is to be read again."""

    review_interval = models.CharField(
        _("review every"),
        max_length=2,
        default="12",
        choices=[
            ("3", _("3 months")),
            ("6", _("6 months")),
            ("12", _("12 months")),
            ("24", _("24 months")),
            ("36", _("36 months")),
        ],
    )
    reviewed_on = models.DateField(
        _("reviewed on"), null=True, blank=True, help_text=_("When somebody last read the whole page and found it true.")
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewed by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    review_note = models.TextField(_("note on the review"), blank=True)
    next_review_on = models.DateField(_("next review"), null=True, blank=True, editable=False, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.next_review_on = later(self.reviewed_on, int(self.review_interval)) if self.reviewed_on else None
        return super().save(*args, **kwargs)


def later(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
