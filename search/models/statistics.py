"""What visitors have asked for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.languages import CHOICES


class SearchCount(models.Model):
    """How often something was asked for on a day. Nothing here tells who asked.

    ``normal`` is the same for all forms and orders of the words. ``text`` is empty, and ``normal`` a digest, as long as so few
    have asked that the words might be somebody's own: see ``search.statistics``.
    """

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=2, choices=CHOICES)
    normal = models.CharField(max_length=120)
    text = models.CharField(max_length=80, blank=True)
    asked = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)
    clicked = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("search by visitors"), _("searches by visitors")
        constraints = [models.UniqueConstraint(fields=["day", "language", "normal"], name="one_count_of_a_search_a_day")]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.day} {self.text}"
