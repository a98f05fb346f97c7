"""What every page has."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.api import APIField
from wagtail.blocks import StreamValue
from wagtail.models import Locale, Page, Revision
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from cms import frame
from cms.calendar_entries import CalendarEntry
from cms.checks import Hindered, hindrances, unfinished
from cms.described import DescribedPage
from cms.events import ContentEvent, ReaderCursor
from cms.frame import FrameManager
from cms.kinds import Label, kinds
from cms.media import PortalDocument, PortalImage, PortalRendition
from cms.notes import gather
from cms.plugins import call_hooks
from cms.references import bodies_of, fetch_references
from cms.relations import AreaLink, AudienceLink, GoalLink, RelatedLink, TopicLink
from cms.review import PageForm, PageRights, ReviewTask
from cms.reviewed import Reviewed
from cms.site_settings import PortalSettings
from cms.vocabulary.models import Audience, FocusArea, Steward, SustainableGoal, Topic
from cms.words import fill_in_words, subjects_of, words

__all__ = [
    "AreaLink",
    "AudienceLink",
    "BasePage",
    "CalendarEntry",
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


class BasePage(Reviewed, DescribedPage):
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

    base_form_class = PageForm
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
        MultiFieldPanel(
            [
                FieldPanel("slug", heading=_("Web address")),
                FieldPanel(
                    "seo_title",
                    heading=_("Title in search results"),
                    help_text=_("Only if it should differ from the title of the page."),
                ),
                FieldPanel(
                    "search_description",
                    heading=_("Description in search results"),
                    help_text=_("Whom the page is for and what it answers, in at most 160 characters."),
                ),
            ],
            heading=_("In search engines and when shared"),
        ),
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
        """A list takes only the kind it lists, and what shows all rows of a kind is there once in each language."""
        listed = getattr(parent.specific_deferred, "lists", "")
        if cls.one_in_each_language and cls._default_manager.filter(locale=parent.locale_id).exists():
            return False
        return super().can_create_at(parent) and (not listed or getattr(kinds().get(listed), "model", None) == cls._meta.label)

    def clean(self):
        super().clean()
        if self.language_policy != "both" and not self.language_reason:
            raise ValidationError({"language_reason": _("Say why this page is in one language only.")})

    def publish(self, revision: Revision, *args, **kwargs):
        """Refused while it is unfinished or a check holds it back, whichever way: in bulk, by review or when its time comes."""
        version = revision.as_object()
        if held := [*unfinished(version), *hindrances(version)]:
            raise Hindered(self, held)
        return super().publish(revision, *args, **kwargs)

    def copy_for_translation(self, locale: Locale, copy_parents=False, alias=False, exclude_fields=None) -> Page:
        """Always a draft, never an alias, which would serve one language at the address of the other; likewise for the pages above.

        What is written for search engines and by reviewers is each language's own.
        """
        own = ["seo_title", "search_description", "reviewed_on", "reviewed_by", "review_note"]
        return super().copy_for_translation(locale, copy_parents, False, [*(exclude_fields or []), *own])

    def permissions_for_user(self, user) -> PageRights:
        return PageRights(user, self)

    # What the rest of the portal asks of a page

    needed_rows: dict[str, Label] = {}  # rows without which it is not published, each with what an editor is told
    shown_with: tuple[str, ...] = ("hero_image",)  # what its own template shows of what it points to, fetched with it
    one_in_each_language = False  # whether editors are offered no second one
    said_first = ""  # what a reader must know before the title, wherever the page is named: that an event is cancelled
    related_pages: list[Page] = []  # when it is shown: what it names and what names it, of what everybody may see
    more_uses = 0  # when it is shown: how many more pages use it than are among the related ones
    chosen_pages: dict[int, Page] = {}  # when it is shown: of each page it points to, the version that its reader may see
    chosen_documents: dict[int, PortalDocument] = {}  # when it is shown: the documents it points to, if everybody may read them

    @property
    def heading(self) -> str:
        return f"{self.said_first}: {self.title}" if self.said_first else self.title

    @property
    def language(self) -> str:
        return frame.current().locales[self.locale_id].language_code

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

    @property
    def shown_reviewer(self) -> str:
        """Who last reviewed the page, by name or initials if that is to be shown. The role is that of the content owner."""
        if self.public_reviewer not in ("name", "initials") or not self.reviewed_by:
            return ""
        name = self.reviewed_by.get_full_name()
        return name if self.public_reviewer == "name" else "".join(word[0] for word in name.split())

    def get_context(self, request: HttpRequest, *args, **kwargs):
        fill_in_words(self)
        bodies = self.shown_bodies(request)
        call_hooks("prepare_bodies", self, bodies, request)
        fetch_references(self, bodies, request)
        return {**super().get_context(request, *args, **kwargs), "notes": gather(self, bodies)}

    def shown_bodies(self, request: HttpRequest) -> list[StreamValue]:
        """What is shown of this page's bodies; a page that has parts shows some of them."""
        return bodies_of(self)

    def pages_in_rows(self) -> Iterable[int]:
        """Keys of pages that rows or fields of this type name, which are then in ``chosen_pages`` when it is shown."""
        return ()

    def documents_in_rows(self) -> Iterable[int]:
        """Keys of documents that rows or fields of this type name, which are then in ``chosen_documents`` when it is shown."""
        return ()

    def named_here(self, keys: Iterable[int]) -> list[Page]:
        """Of the pages it names, those that its reader may see in its own language."""
        found = (self.chosen_pages.get(key) for key in keys)
        return [page for page in found if page and page.locale_id == self.locale_id]
