"""What every page has, and the settings of the site."""

import calendar
import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PageChooserPanel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.api import APIField
from wagtail.blocks import StreamValue
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Locale, Orderable, Page, PageViewRestriction, Site
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from cms import frame
from cms.events import ContentEvent, ReaderCursor, record
from cms.frame import FrameManager
from cms.kinds import Kind, kind_of, kinds
from cms.media import PortalDocument, PortalImage, PortalRendition
from cms.references import bodies_of, fetch_references
from cms.review import PageRights, ReviewTask
from cms.slugs import own_slug, plain_slug
from cms.vocabulary.bilingual import Bilingual
from cms.vocabulary.models import Audience, FocusArea, Steward, SustainableGoal, Topic
from cms.words import fill_in_words, subjects_of, words

__all__ = [
    "AreaLink",
    "AudienceLink",
    "BasePage",
    "ContentEvent",
    "GoalLink",
    "OwnedByLanguage",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "PortalSettings",
    "ReaderCursor",
    "RelatedLink",
    "ReviewTask",
    "TopicLink",
]


class OwnedByLanguage(BaseTranslatableField):
    """A field that each language fills in for itself: neither translated nor copied."""


class PeerFetchingManager(FrameManager):
    """What one page of a list needs is fetched for the whole list at once."""

    def get_queryset(self):
        return super().get_queryset().fetch_mode(models.FETCH_PEERS)


class BasePage(Page):
    """What every page shares: the lead that opens it, the picture that stands for it, what it is about, who answers for it."""

    lead = models.TextField(
        _("lead"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences that say what the reader gets. At most 300 characters."),
    )
    hero_image = models.ForeignKey(
        "cms.PortalImage", verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_owner = models.ForeignKey(
        Steward,
        verbose_name=_("content owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Answers for this page, and for the pages below that name nobody else."),
    )
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
    public_reviewer = models.CharField(
        _("shown as reviewer"),
        max_length=8,
        default="role",
        choices=[("none", _("nobody")), ("role", _("the role")), ("initials", _("initials")), ("name", _("name"))],
    )
    language_policy = models.CharField(
        _("language versions"),
        max_length=4,
        default="both",
        choices=[("both", _("both")), ("sv", _("Swedish only")), ("en", _("English only"))],
    )
    language_reason = models.TextField(_("why in one language only"), blank=True)

    objects = PeerFetchingManager()

    content_panels = [*Page.content_panels, "lead", "hero_image"]
    subject_panels = [
        MultipleChooserPanel("topic_links", chooser_field_name="topic", label=_("Topic"), heading=_("Topics"), max_num=8),
        MultipleChooserPanel(
            "area_links", chooser_field_name="area", label=_("Area of operation"), heading=_("Areas of operation"), max_num=4
        ),
        MultipleChooserPanel("audience_links", chooser_field_name="audience", label=_("Audience"), heading=_("Audiences")),
        MultipleChooserPanel(
            "goal_links", chooser_field_name="goal", label=_("Global goal"), heading=_("Global goals"), classname="collapsed"
        ),
        MultipleChooserPanel(
            "related_links",
            chooser_field_name="target",
            label=_("Related page"),
            heading=_("Related pages"),
            max_num=8,
            classname="collapsed",
        ),
    ]
    promote_panels = [
        MultiFieldPanel(["slug", "seo_title", "search_description"], heading=_("In search engines and when shared")),
        MultiFieldPanel(["show_in_menus"], heading=_("Navigation")),
    ]
    settings_panels = [
        PublishingPanel(),
        MultiFieldPanel(
            [
                "content_owner",
                FieldRowPanel(["reviewed_on", "review_interval"]),
                "review_note",
                "public_reviewer",
            ],
            heading=_("Owner and review"),
        ),
        MultiFieldPanel(["language_policy", "language_reason"], heading=_("Languages")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead", boost=2),
        index.SearchField("search_description"),
    ]
    api_fields = [
        APIField("lead"),
        APIField("hero_image"),
        APIField("area_links"),
        APIField("topic_links"),
        APIField("goal_links"),
        APIField("audience_links"),
        APIField("reviewed_on"),
    ]
    override_translatable_fields = [
        *map(
            OwnedByLanguage,
            ["slug", "seo_title", "search_description", "reviewed_on", "reviewed_by", "review_note", "language_reason"],
        ),
        SynchronizedField("show_in_menus"),
    ]

    class Meta:
        abstract = True

    # What an editor meets

    @classmethod
    def get_edit_handler(cls):
        tabs = [
            (cls.content_panels, _("Content")),
            (cls.subject_panels, _("Subjects")),
            (cls.promote_panels, _("Promote")),
            (cls.settings_panels, _("Settings")),
        ]
        handler = TabbedInterface(
            [ObjectList(panels, heading=heading) for panels, heading in tabs if panels], base_form_class=cls.base_form_class
        )
        return handler.bind_to_model(cls)

    @classmethod
    def can_create_at(cls, parent) -> bool:
        """A list takes only the kind it lists."""
        listed = getattr(parent.specific_deferred, "lists", "")
        return super().can_create_at(parent) and (not listed or getattr(kinds().get(listed), "model", None) == cls._meta.label)

    def clean(self):
        super().clean()
        if self.language_policy != "both" and not self.language_reason:
            raise ValidationError({"language_reason": _("Say why this page is in one language only.")})

    def full_clean(self, *args, **kwargs):
        """Addresses are of plain letters, also for titles with å, ä and ö."""
        self.slug = self.slug_from(self.slug or self.title)
        super().full_clean(*args, **kwargs)

    @staticmethod
    def slug_from(text: str) -> str:
        return plain_slug(text)

    def save(self, *args, **kwargs):
        self.next_review_on = later(self.reviewed_on, int(self.review_interval)) if self.reviewed_on else None
        if kwargs.get("update_fields") is None:
            self.slug = own_slug(self)
        return super().save(*args, **kwargs)

    def copy_for_translation(self, locale: Locale, copy_parents=False, alias=False, exclude_fields=None) -> Page:
        """Always a draft, never an alias, which would serve one language at the address of the other; likewise for the pages above.

        What is written for search engines and by reviewers is each language's own.
        """
        own = ["seo_title", "search_description", "reviewed_on", "reviewed_by", "review_note"]
        return super().copy_for_translation(locale, copy_parents, False, [*(exclude_fields or []), *own])

    def permissions_for_user(self, user) -> PageRights:
        return PageRights(user, self)

    def _update_descendant_url_paths(self, old_url_path: str, new_url_path: str) -> None:
        """Wagtail's own, in SQL; the outbox hears of every page whose address it changes."""
        super()._update_descendant_url_paths(old_url_path, new_url_path)
        record(self.get_descendants().select_related("locale"))

    # What the rest of the portal asks of a page

    shows_hero = True  # whether the page's own template shows its picture
    said_first = ""  # what a reader must know before the title, wherever the page is named: that an event is cancelled
    related_pages: list[Page] = []  # when it is shown: what it names and what names it, of what everybody may see

    @property
    def language(self) -> str:
        return frame.current().locales[self.locale_id].language_code

    @property
    def kind(self) -> Kind | None:
        return kind_of(type(self))

    @property
    def shown_date(self) -> datetime.date | datetime.datetime | None:
        """By Swedish clocks. A page that was fetched for a list only knows the day: see ``as_own_types``."""
        kind = kind_of(type(self))
        date = vars(self).get("listed_day") or getattr(self, kind.date if kind else "first_published_at")
        return timezone.localtime(date, timezone.get_default_timezone()) if isinstance(date, datetime.datetime) else date

    @cached_property
    def subjects(self) -> dict[str, list]:
        return subjects_of(self)

    @property
    def areas(self) -> list[FocusArea]:
        return self.subjects["area"]

    @property
    def topics(self) -> list[Topic]:
        return self.subjects["topic"]

    @property
    def goals(self) -> list[SustainableGoal]:
        return self.subjects["goal"]

    @property
    def audiences(self) -> list[Audience]:
        return self.subjects["audience"]

    @property
    def steward(self) -> Steward | None:
        """The page's content owner, or that of the nearest page above that has one."""
        if self.content_owner_id:
            return words(Steward).get(self.content_owner_id)
        above = [self.path[:end] for end in range(len(self.path) - self.steplen, self.steplen, -self.steplen)]

        def inherited() -> int | None:
            pages = Page.objects.filter(path__in=above).order_by("-path").specific()
            return next((page.content_owner_id for page in pages if getattr(page, "content_owner_id", None)), None)

        return words(Steward).get(frame.current().remember(("steward", above[0] if above else ""), inherited))

    def _get_site_root_paths(self, cache_object=None, **kwargs):
        return frame.current().remember("root paths", Site.get_site_root_paths)

    def route(self, request: HttpRequest, path_components: list[str]):
        if path_components and hasattr(request, "page_chain"):
            below = request.page_chain.get(f"{self.url_path}{path_components[0]}/")
            if below is None:
                raise Http404
            return frame.descend(below, path_components[1:], request)
        return super().route(request, path_components)

    @classproperty
    def routes_itself(cls) -> bool:
        """Whether a type looks at the rest of an address before its children do."""
        return cls.route is not BasePage.route

    def get_view_restrictions(self):
        now = frame.current()
        if now.aliases:
            return super().get_view_restrictions()
        found = [restriction.pk for restriction in now.restrictions if self.path.startswith(restriction.page.path)]
        return PageViewRestriction.objects.filter(pk__in=found) if found else PageViewRestriction.objects.none()

    def get_url_parts(self, request: HttpRequest | None = None):
        """Kinds with their date in the address lie under it: /nyheter/2024/04/29/<slug>/."""
        parts = super().get_url_parts(request)
        written = self.kind.dated_addresses if self.kind else ""
        day = self.shown_date if parts and written else None
        if not day:
            return parts
        site_id, root_url, address = parts
        above = address.rstrip("/").rpartition("/")[0]
        return site_id, root_url, f"{above}/{day:{written}}/{self.slug}/"

    def serve(self, request: HttpRequest, *args, **kwargs):
        """An item reached without its date, or under a date it no longer has, is shown at its right address."""
        if self.kind and self.kind.dated_addresses and request.path != (address := self.get_url(request)):
            return HttpResponsePermanentRedirect(address)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args, **kwargs):
        fill_in_words(self)
        fetch_references(self, self.shown_bodies(request), request)
        return super().get_context(request, *args, **kwargs)

    def shown_bodies(self, request: HttpRequest) -> list[StreamValue]:
        """What is shown of this page's bodies; a page that has parts shows some of them."""
        return bodies_of(self)

    def public_translations(self) -> models.QuerySet:
        return type(self).objects.filter(translation_key=self.translation_key).live().public().select_related("locale")

    def alternates(self, request: HttpRequest) -> dict[str, str]:
        """The addresses of what this request shows, by language code, this page's own among them."""
        found = {}
        for page in self.public_translations():
            below = self.path_below(page, request)
            if below is not None:
                found[page.locale.language_code] = page.get_url(request) + below
        return found

    def path_below(self, translation: "BasePage", request: HttpRequest) -> str | None:
        """What follows a translation's address to show the same part of it; None where it has no such part."""
        return ""

    def parts_below(self) -> dict[str, str]:
        """The parts with addresses of their own: what follows the page's address, by a key that is the same in every language."""
        return {}


def later(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class AreaLink(Orderable):
    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="area_links")
    area = models.ForeignKey(FocusArea, verbose_name=_("area of operation"), on_delete=models.CASCADE, related_name="page_links")

    panels = ["area"]
    api_fields = [APIField("area")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["area", "page"])]


class TopicLink(Orderable):
    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="page_links")

    panels = ["topic"]
    api_fields = [APIField("topic")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["topic", "page"])]


class GoalLink(Orderable):
    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(SustainableGoal, verbose_name=_("global goal"), on_delete=models.CASCADE, related_name="page_links")

    panels = ["goal"]
    api_fields = [APIField("goal")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["goal", "page"])]


class AudienceLink(Orderable):
    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="audience_links")
    audience = models.ForeignKey(Audience, verbose_name=_("audience"), on_delete=models.CASCADE, related_name="page_links")

    panels = ["audience"]
    api_fields = [APIField("audience")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["audience", "page"])]


class RelatedLink(Orderable):
    """A page that an editor names as related. It shows on both."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="related_links")
    target = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("related page"), on_delete=models.CASCADE, related_name="named_by"
    )

    panels = [PageChooserPanel("target")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["target", "page"])]


@register_setting(icon="cog")
class PortalSettings(Bilingual, BaseSiteSetting):
    """The site's name and what stands in its header and footer."""

    name_sv = models.CharField(_("name in Swedish"), max_length=100, default="Samverka")
    name_en = models.CharField(_("name in English"), max_length=100, default="Samverka")
    footer_sv = models.TextField(_("footer text in Swedish"), blank=True)
    footer_en = models.TextField(_("footer text in English"), blank=True)
    notice_sv = models.CharField(_("notice above the header, in Swedish"), max_length=200, blank=True)
    notice_en = models.CharField(_("notice above the header, in English"), max_length=200, blank=True)
    footer_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page about the site"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The pages below it stand in the footer."),
    )

    panels = [
        FieldRowPanel(["name_sv", "name_en"]),
        FieldRowPanel(["footer_sv", "footer_en"]),
        FieldRowPanel(["notice_sv", "notice_en"]),
        FieldPanel("footer_page"),
    ]

    class Meta:
        verbose_name = _("portal")

    @property
    def name(self) -> str:
        return self.in_language("name")

    @property
    def footer_text(self) -> str:
        return self.in_language("footer")

    @property
    def demo_notice(self) -> str:
        return self.in_language("notice")
