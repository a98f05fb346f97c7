"""Organisations: one row each, in both languages, drafted and reviewed like a page."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.api import APIField
from wagtail.models import DraftStateMixin, LockableMixin, Orderable, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from cms import languages, markdown
from cms.media import PortalImage
from cms.slugs import plain_slug
from cms.sorting import collated
from cms.vocabulary.bilingual import Bilingual
from cms.vocabulary.models import FocusArea, Sector, Steward, SustainableGoal, Topic
from cms.words import subjects_of
from directory.facets import lasting

from .addresses import directory_address
from .identifiers import COUNTIES, PhoneField, check_municipality, check_org_number, check_ror, check_wikidata
from .schema import BY_SECTOR, named

if TYPE_CHECKING:
    from .person_rows import Affiliation


class OrganisationQuerySet(models.QuerySet):
    def public(self) -> "OrganisationQuerySet":
        """What anybody may see, each with ``shown_name``, the name it is filed under in the reader's language."""
        language = languages.active()
        shown_name = Coalesce(NullIf(f"name_{language}", models.Value("")), "name_sv")
        return self.filter(models.Q(expire_at=None) | models.Q(expire_at__gt=timezone.now()), live=True).annotate(
            shown_name=shown_name
        )

    def with_parts(self) -> "OrganisationQuerySet":
        """Each with ``has_parts``: few have, and the others need not be asked for them."""
        parts = Organisation.objects.public().filter(parent=models.OuterRef("pk"))
        return self.annotate(has_parts=models.Exists(parts))


class Organisation(
    Bilingual,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """Somebody to work with: who they are, what they can contribute, and how to reach them."""

    code = models.SlugField(
        _("code"),
        unique=True,
        blank=True,
        help_text=_("Used in the addresses of lists and in the API. Made from the name; do not change it later."),
    )
    name_sv = models.CharField(_("name in Swedish"), max_length=200)
    name_en = models.CharField(
        _("name in English"),
        max_length=200,
        blank=True,
        help_text=_("Leave empty if the organisation uses its Swedish name in English too."),
    )
    short_name = models.CharField(
        _("short name"), max_length=50, blank=True, help_text=_("An abbreviation that people actually use.")
    )
    aliases = models.CharField(
        _("other names"),
        max_length=500,
        blank=True,
        help_text=_("Former names and common misspellings, separated by commas. They are searched, not shown."),
    )
    slug_sv = models.SlugField(
        _("address part in Swedish"),
        max_length=200,
        unique=True,
        blank=True,
        help_text=_("Made from the name if you leave it empty."),
    )
    slug_en = models.SlugField(
        _("address part in English"),
        max_length=200,
        unique=True,
        blank=True,
        help_text=_("Made from the name if you leave it empty."),
    )
    sector = models.ForeignKey(Sector, verbose_name=_("sector"), on_delete=models.PROTECT, related_name="organisations")
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.SET_NULL, related_name="parts"
    )
    description_sv = models.TextField(
        _("description in Swedish"),
        blank=True,
        help_text=_("Two or three sentences for somebody who has never heard of it."),
    )
    description_en = models.TextField(_("description in English"), blank=True)
    what_we_offer_sv = models.TextField(
        _("can contribute, in Swedish"),
        blank=True,
        help_text=_("What others can ask for: students, premises, data, experience. An empty line starts a new paragraph."),
    )
    what_we_offer_en = models.TextField(_("can contribute, in English"), blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    municipality_code = models.CharField(
        _("code of the municipality"),
        max_length=4,
        blank=True,
        validators=[check_municipality],
        help_text=_("Four digits, for the municipality where it is based: 1488 for Trollhättan. The county follows from it."),
    )
    region = models.CharField(_("county"), max_length=2, blank=True, choices=list(COUNTIES.items()))
    website_sv = models.URLField(_("website in Swedish"), blank=True)
    website_en = models.URLField(_("website in English"), blank=True)
    email_role = models.EmailField(
        _("role mailbox"),
        blank=True,
        help_text=_("A mailbox that several people read. Everybody can see it, so do not write anybody’s personal address here."),
    )
    phone = PhoneField(_("telephone"), blank=True, help_text=_("A switchboard or a shared number."))
    ror_id = models.URLField(
        _("ROR address"),
        blank=True,
        validators=[check_ror],
        help_text=_("From ror.org, the register of research organisations."),
    )
    org_number = models.CharField(_("organisation number"), max_length=11, blank=True, validators=[check_org_number])
    wikidata = models.CharField(_("identifier at Wikidata"), max_length=20, blank=True, validators=[check_wikidata])
    logo = models.ForeignKey(
        "cms.PortalImage", verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    logo_permission = models.CharField(
        _("permission to show the logo"),
        max_length=250,
        blank=True,
        help_text=_("Who gave it, and when. Without it the logo is not shown."),
    )
    steward = models.ForeignKey(
        Steward,
        verbose_name=_("content owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="organisations",
        help_text=_("Responsible for this entry."),
    )
    confirmed_on = models.DateField(
        _("confirmed on"), null=True, blank=True, help_text=_("When the organisation last confirmed that this is right.")
    )

    objects = OrganisationQuerySet.as_manager()

    api_fields = list(map(APIField, ["name_sv", "name_en", "short_name"]))
    search_fields = [
        *(index.SearchField(name, boost=3) for name in ("name_sv", "name_en", "short_name")),
        *map(
            index.SearchField,
            ["aliases", "description_sv", "description_en", "what_we_offer_sv", "what_we_offer_en", "city"],
        ),
        *map(index.AutocompleteField, ["name_sv", "name_en", "short_name", "aliases"]),
        *map(index.FilterField, ["live", "expire_at", "sector", "region"]),
    ]

    class Meta:
        ordering = ["name_sv"]
        verbose_name, verbose_name_plural = _("organisation"), _("organisations")

    def __str__(self):
        return self.name

    def full_clean(self, *args, **kwargs):
        self.fill_in_addresses()
        super().full_clean(*args, **kwargs)

    def clean(self):
        super().clean()
        if self.municipality_code and self.region not in ("", self.municipality_code[:2]):
            raise ValidationError({"region": _("The municipality lies in another county.")})

    def save(self, *args, **kwargs):
        self.fill_in_addresses()
        self.region = self.region or self.municipality_code[:2]
        super().save(*args, **kwargs)

    def fill_in_addresses(self) -> None:
        """Once made, an address stays, whatever becomes of the name."""
        self.slug_sv = self.slug_sv or plain_slug(self.name_sv)[:200]
        self.slug_en = self.slug_en or plain_slug(self.name_en or self.name_sv)[:200]
        self.code = self.code or self.slug_en[:50]

    # What a visitor meets

    @property
    def name(self) -> str:
        return self.in_language("name")

    title = name

    @property
    def lang(self) -> str:
        return self.language_of("name")

    @property
    def slug(self) -> str:
        return self.in_language("slug")

    @property
    def description(self) -> str:
        return self.in_language("description")

    @property
    def description_lang(self) -> str:
        return self.language_of("description")

    @property
    def what_we_offer(self) -> str:
        return self.in_language("what_we_offer")

    @property
    def what_we_offer_lang(self) -> str:
        return self.language_of("what_we_offer")

    @property
    def website(self) -> str:
        return self.in_language("website")

    @property
    def website_host(self) -> str:
        return urlsplit(self.website).netloc.removeprefix("www.")

    @property
    def initials(self) -> str:
        words = "".join(word[0] for word in self.name.split() if word[0].isalnum())
        return (self.short_name or (words if len(words) > 1 else self.name))[:2].upper()

    @cached_property
    def subjects(self) -> dict[str, list]:
        return subjects_of(self, "organisation")

    @property
    def topics(self) -> list[Topic]:
        return self.subjects["topic"]

    @property
    def areas(self) -> list[FocusArea]:
        return self.subjects["area"]

    @property
    def goals(self) -> list[SustainableGoal]:
        return self.subjects["goal"]

    @property
    def shown_logo(self) -> PortalImage | None:
        return self.logo if self.logo_permission and self.logo and self.logo.may_be_shown else None

    @property
    def is_public(self) -> bool:
        return self.live and (self.expire_at is None or self.expire_at > timezone.now())

    def parts_shown(self) -> list["Organisation"]:
        """The organisations that say they are a part of this one."""
        return list(Organisation.objects.public().filter(parent=self).order_by(collated("shown_name", languages.active())))

    def people(self) -> list["Affiliation"]:
        """Roles that public people have here today."""
        people = apps.get_model("directory.Person").objects.public()
        roles = self.affiliations.filter(lasting(), person__in=people).select_related("person")
        return list(roles.order_by(collated("person__sort_name", get_language() or "sv")))

    def structured_data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        parent = self.parent if self.parent and self.parent.is_public else None
        return {
            "@type": BY_SECTOR.get(self.sector.code, "Organization"),
            "alternateName": self.short_name,
            "sameAs": [address for address in (self.website, self.ror_id) if address],
            "email": self.email_role,
            "telephone": self.phone,
            "identifier": self.org_number,
            "address": {"@type": "PostalAddress", "addressLocality": self.city} if self.city else None,
            "parentOrganization": named(parent.name, parent.get_url(context["request"]), "") if parent else None,
            "knowsAbout": [topic.name for topic in self.topics],
        }

    def markdown(self, context: Mapping[str, Any]) -> str:
        facts = [
            (_("Sector"), self.sector.name),
            (_("Town"), self.city),
            (_("Website"), self.website),
            (_("E-mail"), self.email_role),
            (_("Telephone"), self.phone),
            (_("Topics"), ", ".join(topic.name for topic in self.topics)),
        ]
        offer = markdown.section(_("Can contribute"), markdown.lines(self.what_we_offer))
        return markdown.document(self.title, "", markdown.facts(facts), markdown.lines(self.description), offer)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "directory/organisation.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict:
        return {"organisation": self, "request": request, "page": None, "people": self.people() if self.pk else []}

    @classmethod
    def list_address(cls, request: HttpRequest | None = None) -> str:
        return directory_address(request, "organisations")

    def get_url(self, request: HttpRequest | None = None) -> str:
        """The address of its profile in the reader's language; empty while there is none."""
        return directory_address(request, "organisations", self.slug) if self.is_public else ""


class OrganisationTopic(Orderable):
    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="organisation_links")

    panels = ["topic"]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "topic"], name="one_row_an_organisation_and_topic")]


class OrganisationArea(Orderable):
    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="area_links")
    area = models.ForeignKey(
        FocusArea, verbose_name=_("area of operation"), on_delete=models.CASCADE, related_name="organisation_links"
    )

    panels = ["area"]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "area"], name="one_row_an_organisation_and_area")]


class OrganisationGoal(Orderable):
    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(
        SustainableGoal, verbose_name=_("global goal"), on_delete=models.CASCADE, related_name="organisation_links"
    )

    panels = ["goal"]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "goal"], name="one_row_an_organisation_and_goal")]
