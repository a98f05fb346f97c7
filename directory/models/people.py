"""People who can be asked. Nothing of a person is shown that the person has not marked public."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.api import APIField
from wagtail.models import ModelLogEntry
from wagtail.search import index

from cms import markdown
from cms.media import PortalImage
from cms.reviewed import later

from .addresses import directory_address
from .identifiers import PhoneField, check_orcid, short_id
from .person_rows import Affiliation, PersonTopic
from .schema import named
from .shown import Basis, Shown, Visibility, filed_under


def visibility(label) -> models.CharField:
    return models.CharField(label, max_length=9, choices=Visibility.choices, default=Visibility.HIDDEN)


def in_a_year():
    return later(timezone.localdate(), 12)


class PersonQuerySet(models.QuerySet):
    def public(self) -> "PersonQuerySet":
        """Whom anybody may see today."""
        today = timezone.localdate()
        return self.filter(
            models.Q(visible_from=None) | models.Q(visible_from__lte=today),
            models.Q(visible_until=None) | models.Q(visible_until__gte=today),
            legal_basis__in=Basis.values,
            purpose__gt="",
            restricted=False,
            objection_at=None,
            consent_withdrawn_at=None,
        )

    def with_affiliations(self) -> "PersonQuerySet":
        return self.prefetch_related(models.Prefetch("affiliations", Affiliation.objects.select_related("organisation")))

    def for_profile(self) -> "PersonQuerySet":
        topics = models.Prefetch("topic_links", PersonTopic.objects.select_related("topic"))
        return self.with_affiliations().select_related("photo").prefetch_related(topics, "languages", "links")


class Person(index.Indexed, ClusterableModel):
    """Somebody who can be asked. No revisions, and no name in the log: what is erased here is gone."""

    has_events = True

    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    sort_name = models.CharField(
        _("filed under"),
        max_length=200,
        blank=True,
        help_text=_("Made from the name if you leave it empty: Carl von Alm is filed as “Alm, Carl von”."),
    )
    slug = models.CharField(_("address part"), max_length=10, unique=True, editable=False, default=short_id)
    is_fictive = models.BooleanField(
        _("example person"), default=False, help_text=_("Not a real person. Shown with a badge that says so.")
    )
    title_sv = models.CharField(_("title in Swedish"), max_length=150, blank=True)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    can_help_with_sv = models.TextField(
        _("can help with, in Swedish"),
        blank=True,
        help_text=_("Continues the sentence “Can help with …”. Begin with a lower-case letter."),
    )
    can_help_with_en = models.TextField(_("can help with, in English"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneField(_("telephone"), blank=True)
    orcid = models.CharField(
        _("ORCID"),
        max_length=19,
        blank=True,
        validators=[check_orcid],
        help_text=_("The researcher’s number at orcid.org: 0000-0002-1825-0097."),
    )
    photo = models.ForeignKey(
        "cms.PortalImage", verbose_name=_("photo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    title_visibility = visibility(_("title is shown to"))
    can_help_with_visibility = visibility(_("this is shown to"))
    email_visibility = visibility(_("e-mail is shown to"))
    phone_visibility = visibility(_("telephone is shown to"))
    photo_visibility = visibility(_("photo is shown to"))
    orcid_visibility = visibility(_("ORCID is shown to"))
    links_visibility = visibility(_("links are shown to"))

    legal_basis = models.CharField(
        _("legal basis"),
        max_length=11,
        choices=Basis.choices,
        blank=True,
        help_text=_("Why we may publish this. Nothing is shown without it."),
    )
    purpose = models.TextField(
        _("purpose"),
        blank=True,
        help_text=_("What it is for, in a sentence that the person may read. Nothing is shown without it."),
    )
    data_source = models.CharField(_("where the data came from"), max_length=200, blank=True)
    consent_reference = models.CharField(
        _("consent is kept at"), max_length=200, blank=True, help_text=_("A registration number, for instance.")
    )
    consent_at = models.DateField(_("consent given on"), null=True, blank=True)
    consent_withdrawn_at = models.DateField(
        _("consent withdrawn on"), null=True, blank=True, help_text=_("Everything is hidden at once.")
    )
    photo_basis = models.CharField(
        _("legal basis of the photo"),
        max_length=11,
        choices=Basis.choices,
        blank=True,
        help_text=_("A photo needs a legal basis of its own."),
    )
    photo_consent_until = models.DateField(_("photo may be shown until"), null=True, blank=True)
    visible_from = models.DateField(_("shown from"), null=True, blank=True, default=timezone.localdate)
    visible_until = models.DateField(
        _("shown until"),
        null=True,
        blank=True,
        default=in_a_year,
        help_text=_("The last day. Ask the person again before it comes."),
    )
    confirmed_on = models.DateField(
        _("confirmed on"), null=True, blank=True, help_text=_("When the person last confirmed that this is right.")
    )
    objection_at = models.DateField(
        _("objection received on"),
        null=True,
        blank=True,
        help_text=_("Everything is hidden at once, until the objection is decided and the date removed."),
    )
    restricted = models.BooleanField(
        _("hide everything"), default=False, help_text=_("Only those who may edit people see this entry.")
    )
    noindex = models.BooleanField(_("keep out of search engines"), default=False)

    objects = PersonQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=3),
        index.SearchField("searched_text"),
        index.AutocompleteField("title"),
        *map(
            index.FilterField,
            [
                "legal_basis",
                "purpose",
                "restricted",
                "objection_at",
                "consent_withdrawn_at",
                "visible_from",
                "visible_until",
            ],
        ),
    ]
    api_fields = [APIField("given_name"), APIField("family_name"), APIField("is_fictive")]  # of people who are shown

    class Meta:
        ordering = ["sort_name"]
        verbose_name, verbose_name_plural = _("person"), _("people")

    def __str__(self):
        return f"{self.given_name} {self.family_name}"

    def __repr__(self):
        return f"<{self.label_in_logs}>"

    def clean(self):
        super().clean()
        if self.legal_basis == Basis.CONSENT and not self.consent_at:
            raise ValidationError({"consent_at": _("Say when the consent was given.")})
        if self.visible_from and self.visible_until and self.visible_from > self.visible_until:
            raise ValidationError({"visible_until": _("This day comes before the first one.")})

    def save(self, *args, **kwargs):
        self.sort_name = self.sort_name or filed_under(self.given_name, self.family_name)
        super().save(*args, **kwargs)

    @classmethod
    def get_indexed_objects(cls) -> PersonQuerySet:
        return cls.objects.for_profile()

    @property
    def label_in_logs(self) -> str:
        return f"Person {self.slug}"

    # What a visitor meets

    @property
    def is_public(self) -> bool:
        """``PersonQuerySet.public`` for a row that is at hand."""
        today = timezone.localdate()
        in_time = (self.visible_from or today) <= today <= (self.visible_until or today)
        allowed = self.legal_basis in Basis.values and self.purpose and not self.restricted
        return bool(in_time and allowed and not self.objection_at and not self.consent_withdrawn_at)

    @property
    def shown(self) -> Shown:
        """The only way to a person's data for templates, search and API."""
        return Shown(self)

    @property
    def title(self) -> str:
        return self.shown.name

    @property
    def summary(self) -> str:
        return self.shown.can_help_with

    @property
    def picture(self) -> PortalImage | None:
        return self.shown.photo

    def structured_data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """What everybody may see, and nothing else. One who does not exist is said not to."""
        shown, request = self.shown, context["request"]
        works = [role.organisation for role in shown.affiliations]
        orcid = [f"https://orcid.org/{shown.orcid}"] if shown.orcid else []
        return {
            "jobTitle": shown.title,
            "email": shown.email,
            "telephone": shown.phone,
            "worksFor": [named(place.name, place.get_url(request), "") for place in works],
            "knowsAbout": [topic.name for topic in shown.topics],
            "knowsLanguage": shown.languages,
            "sameAs": [*orcid, *(link.url for link in shown.links)],
            "disambiguatingDescription": gettext("Example person") if self.is_fictive else None,
        }

    def markdown(self, context: Mapping[str, Any]) -> str:
        shown = self.shown
        works = [", ".join(filter(None, [role.role, role.organisation.name])) for role in shown.affiliations]
        facts = [
            (gettext("Example person"), gettext("Does not exist") if self.is_fictive else ""),
            (gettext("Works at"), "; ".join(works)),
            (gettext("E-mail"), shown.email),
            (gettext("Telephone"), shown.phone),
            (gettext("Answers in"), shown.spoken),
            (gettext("Topics"), ", ".join(topic.name for topic in shown.topics)),
        ]
        help_with = markdown.section(gettext("Can help with"), markdown.plain(shown.can_help_with))
        return markdown.document(shown.name, shown.title, markdown.facts(facts), help_with)

    def searched_text(self) -> str:
        return self.shown.text

    @classmethod
    def list_address(cls, request: HttpRequest | None = None) -> str:
        return directory_address(request, "people")

    def get_url(self, request: HttpRequest | None = None) -> str:
        """The address of the profile in the reader's language; empty while there is none."""
        return directory_address(request, "people", self.slug) if self.is_public else ""


@receiver(pre_save, sender=ModelLogEntry, dispatch_uid="no-name-in-the-log")
def keep_name_out_of_log(instance: ModelLogEntry, **kwargs) -> None:
    """Wagtail writes the name of what was changed into its log, where it would outlive the person's entry."""
    if instance.content_type and instance.content_type.model_class() is Person:
        person = Person.objects.filter(pk=instance.object_id).first()
        instance.label = person.label_in_logs if person else "Person"
