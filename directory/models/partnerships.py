"""Partnerships: which organisation has bound itself to what, as what, and for how long."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.vocabulary.bilingual import Bilingual

from .organisations import Organisation


class Level(models.TextChoices):
    OWNER = "owner", _("Owner")
    FOUNDING = "co-founding", _("Co-founding partner")
    ASSOCIATE = "associate", _("Associate partner")
    STRATEGIC = "strategic", _("Strategic partner")
    PARTICIPANT = "participant", _("Participant")
    FUNDER = "funder", _("Funder")


class PartnershipQuerySet(models.QuerySet):
    def public(self) -> "PartnershipQuerySet":
        """What anybody may see: begun, between public organisations, and marked as public. Who may see the page it is with,
        that page says."""
        public = Organisation.objects.public().values("pk")
        other = models.Q(with_organisation=None) | models.Q(with_organisation__in=public)
        return self.filter(other, public=True, starts_on__lte=timezone.localdate(), organisation__in=public)


class Partnership(Bilingual, models.Model):
    """An organisation and what it has bound itself to: the arena, another organisation, a project or a network."""

    has_events = True

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="partnerships"
    )
    with_organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("with an organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="partnerships_with",
    )
    with_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("with a project or a network"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="partnerships",
        help_text=_("If both are empty, the partnership is with the arena itself."),
    )
    level = models.CharField(_("level"), max_length=11, choices=Level.choices)
    starts_on = models.DateField(
        _("from"), help_text=_("The day it began or, failing that, the first day on which it is known to have existed.")
    )
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Afterwards it is shown as a former partnership.")
    )
    agreement_ref = models.CharField(
        _("number of the agreement"),
        max_length=100,
        blank=True,
        help_text=_("For those who look after the directory. Never shown."),
    )
    note_sv = models.CharField(_("note in Swedish"), max_length=250, blank=True)
    note_en = models.CharField(_("note in English"), max_length=250, blank=True)
    public = models.BooleanField(_("shown to everybody"), default=False)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name_sv", "starts_on"]
        verbose_name, verbose_name_plural = _("partnership"), _("partnerships")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(with_organisation=None) | models.Q(with_page=None), name="partnership_with_one_thing"
            )
        ]
        indexes = [models.Index(fields=["with_page", "organisation"])]

    def __str__(self):
        return f"{self.organisation}, {self.get_level_display()}"

    def clean(self):
        super().clean()
        errors = {}
        if self.with_organisation_id and self.with_page_id:
            errors["with_page"] = _("Choose an organisation or a page, not both.")
        if self.with_organisation_id and self.with_organisation_id == self.organisation_id:
            errors["with_organisation"] = _("An organisation is not its own partner.")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            errors["ends_on"] = _("A partnership cannot end before it begins.")
        if errors:
            raise ValidationError(errors)

    @property
    def partner(self):
        """What the organisation has bound itself to, as the admin names it."""
        return self.with_organisation or self.with_page or _("The arena")

    @property
    def note(self) -> str:
        return self.in_language("note")

    @property
    def note_lang(self) -> str:
        return self.language_of("note")

    @property
    def is_former(self) -> bool:
        return self.ends_on is not None and self.ends_on < timezone.localdate()
