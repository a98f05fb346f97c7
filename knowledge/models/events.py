"""Events: when they are and where, what came of them, and how they stand."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms import languages, markdown
from cms.blocks import RICH, BodyBlock
from cms.checks import Finding, Severity
from cms.facets import ChoiceFacet, Facet
from cms.fields import StreamField
from cms.kinds import Calendar, Kind, Order
from cms.templatetags.portal import day, number
from directory.models.schema import of_rows
from directory.relations import public_organisations
from knowledge.event_schema import in_schema
from knowledge.times import at_clock, when

from .pages import AREA, TOPIC, KnowledgePage

KIND = Kind(
    name="event",
    model="knowledge.EventPage",
    label=_("Events"),
    label_one=_("Event"),
    facets=(
        ChoiceFacet("type", _("Kind of event"), "event_type"),
        ChoiceFacet("format", pgettext_lazy("of an event", "Where"), "format"),
        Facet("city", _("Town"), "city"),
        TOPIC,
        AREA,
        ChoiceFacet("language", _("Language"), "languages__language"),
    ),
    orders=(Order("soonest", _("Soonest first"), ("starts_at",)),),
    date="starts_at",
    dated_addresses="%Y/%m",
    calendar=Calendar("starts_at", "ends_at", "all_day", place="venue", cancelled="is_cancelled", text="in_short"),
    standing="status",
    schema_org="Event",
    mention=_("Brought up at the event"),
    item_template="knowledge/event_row.html",
    entry_template="knowledge/event_entry.html",
    front_template="knowledge/coming_events.html",
    stylesheet="knowledge/event.css",
    icon="calendar-alt",
)


class ProgrammeItem(blocks.StructBlock):
    time = blocks.TimeBlock(label=_("Time"), required=False)
    title = blocks.CharBlock(label=_("What happens"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH, required=False)
    speakers = blocks.CharBlock(
        label=_("Who speaks"), max_length=250, required=False, help_text=_("Ask them first: the programme is public.")
    )

    class Meta:
        label, icon = _("Item"), "time"
        form_layout = ["time", "title", "text", "speakers"]

    def in_markdown(self, value, context) -> str:
        """13.00 **What happens** (who speaks), and the text below it."""
        speakers = f"({markdown.plain(value['speakers'])})" if value["speakers"] else ""
        first = " ".join(filter(None, [at_clock(value["time"]), f"**{markdown.plain(value['title'])}**", speakers]))
        return markdown.listed(markdown.paragraphs(first, markdown.from_html(str(value["text"]))))


class ProgrammeBlock(blocks.StreamBlock):
    item = ProgrammeItem()


class EventPage(KnowledgePage):
    """Something that people meet at. It keeps its page when it is cancelled, and when it is over."""

    starts_at = models.DateTimeField(
        _("begins"), null=True, db_index=True, help_text=_("Swedish time. The year and the month become part of the address.")
    )
    ends_at = models.DateTimeField(_("ends"), null=True, db_index=True)
    all_day = models.BooleanField(
        _("takes whole days"), default=False, help_text=_("Only the days above apply; no times are shown.")
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        default="scheduled",
        choices=[
            ("scheduled", _("planned")),
            ("cancelled", _("cancelled")),
            ("postponed", _("moved to another time")),
            ("held", _("has been held")),
        ],
    )
    status_note = models.CharField(
        _("what this means for those who planned to come"),
        max_length=250,
        blank=True,
        help_text=_("For instance why it is cancelled, and what is arranged instead."),
    )
    postponed_from = models.DateTimeField(
        _("original start"), null=True, blank=True, help_text=_("If the event is moved: its old time. Write the new time above.")
    )
    event_type = models.CharField(
        _("kind of event"),
        max_length=16,
        default="open_meeting",
        choices=[
            ("open_meeting", _("open meeting")),
            ("network_meeting", _("network meeting")),
            ("workshop", _("workshop")),
            ("seminar", _("seminar")),
            ("partner_meeting", _("partner meeting")),
            ("question_hour", _("question hour")),
        ],
    )
    format = models.CharField(
        pgettext_lazy("of an event", "where"),
        max_length=8,
        default="on_site",
        choices=[("on_site", _("On site")), ("online", _("Online")), ("hybrid", _("Hybrid"))],
    )
    place_name = models.CharField(_("place"), max_length=150, blank=True, help_text=_("The name of the building or the room."))
    address = models.CharField(_("street address"), max_length=200, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    online_url = models.URLField(
        _("address of the online meeting"),
        blank=True,
        help_text=_("Everybody sees it. Leave it out if only those who register may come."),
    )
    registration_url = models.URLField(_("address for registration"), blank=True)
    registration_mail = models.EmailField(_("mailbox for registration"), blank=True)
    last_registration = models.DateField(_("last day to register"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("number of places"), null=True, blank=True, validators=[MinValueValidator(1)])
    cost = models.PositiveIntegerField(_("price in kronor"), null=True, blank=True, help_text=_("Empty or 0: it costs nothing."))
    accessibility_info = models.TextField(
        _("accessibility on site"), blank=True, help_text=_("Entrance, hearing loop, interpreting, and whom to ask for more.")
    )
    project = models.ForeignKey(
        "knowledge.ProjectPage",
        verbose_name=_("part of the project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
        help_text=_("Shown on both pages."),
    )
    body = StreamField(BodyBlock, verbose_name=_("content"), blank=True)
    programme = StreamField(ProgrammeBlock, verbose_name=_("programme"), blank=True)
    documentation = StreamField(
        BodyBlock,
        verbose_name=_("documentation"),
        blank=True,
        help_text=_("What came of it. Shown first on the page once the event is over."),
    )

    content_panels = [
        *KnowledgePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel(["starts_at", "ends_at"]), "all_day", FieldRowPanel(["status", "postponed_from"]), "status_note"],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [FieldRowPanel(["event_type", "format"]), "place_name", FieldRowPanel(["address", "city"]), "online_url"],
            heading=pgettext_lazy("of an event", "Where"),
        ),
        InlinePanel("organisers", label=_("Organiser"), heading=_("Organisers"), min_num=1),
        "project",
        "body",
        "programme",
        "accessibility_info",
        MultiFieldPanel(
            [
                FieldRowPanel(["registration_url", "registration_mail"]),
                FieldRowPanel(["last_registration", "capacity", "cost"]),
            ],
            heading=_("Registration"),
        ),
        InlinePanel("languages", label=_("Language"), heading=_("Languages of the event"), classname="collapsed"),
        FieldPanel("documentation"),
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        *map(index.SearchField, ["place_name", "city", "accessibility_info", "body", "programme", "documentation"]),
        *map(index.FilterField, ["starts_at", "ends_at", "status", "event_type", "format"]),
    ]
    api_fields = [
        *KnowledgePage.api_fields,
        *map(APIField, ["starts_at", "ends_at", "all_day", "status", "status_note", "postponed_from", "event_type", "format"]),
        *map(APIField, ["place_name", "address", "city", "online_url", "languages", "organisers", "project"]),
        *map(APIField, ["registration_url", "registration_mail", "last_registration", "capacity", "cost"]),
        *map(APIField, ["accessibility_info", "body", "programme", "documentation"]),
    ]
    override_translatable_fields = [
        *KnowledgePage.override_translatable_fields,
        *map(SynchronizedField, ["address", "city", "project"]),
    ]

    shown_with = ()
    needed_rows = {"organisers": _("Say who arranges it.")}
    page_description = _(
        "Something to come to at a set time. Do not use it for what has already happened and nobody was invited to: that is news."
    )

    class Meta:
        verbose_name, verbose_name_plural = _("event"), _("events")

    def clean(self):
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The event ends before it begins.")})
        if self.status == "postponed" and not self.postponed_from:
            raise ValidationError({"postponed_from": _("Say when it was to begin, so that nobody comes then.")})

    def save(self, *args, **kwargs):
        if self.all_day and self.starts_at and self.ends_at:
            self.starts_at, self.ends_at = whole_days(self.starts_at, self.ends_at)
        return super().save(*args, **kwargs)

    # How it stands

    @property
    def is_cancelled(self) -> bool:
        return self.status == "cancelled"

    @property
    def is_over(self) -> bool:
        return self.status == "held" or bool(self.ends_at and self.ends_at < timezone.now())

    @property
    def was_held(self) -> bool:
        return self.is_over and self.status != "cancelled"

    @property
    def said_first(self) -> str:
        if self.status == "cancelled":
            return gettext("Cancelled")
        return gettext("Moved") if self.status == "postponed" and not self.is_over else ""

    @property
    def spans_days(self) -> bool:
        return timezone.localdate(self.starts_at) != timezone.localdate(self.ends_at)

    @property
    def takes_registrations(self) -> bool:
        open_today = self.last_registration is None or self.last_registration >= timezone.localdate()
        return bool(self.registration_url or self.registration_mail) and open_today and self.is_planned

    @property
    def is_planned(self) -> bool:
        return self.status != "cancelled" and not self.is_over

    # What is shown

    def pages_in_rows(self) -> list[int]:
        return [self.project_id] if self.project_id else []

    @cached_property
    def spoken(self) -> list["EventLanguage"]:
        return list(self.languages.all())

    @property
    def venue(self) -> str:
        """Where to go, in one line: the house, the address of the meeting online, or both."""
        house = ", ".join(filter(None, [self.place_name, self.address, self.city])) if self.format != "online" else ""
        online = (self.online_url or gettext("Online")) if self.format != "on_site" else ""
        return "; ".join(filter(None, [house, online]))

    @property
    def in_short(self) -> str:
        return " ".join(filter(None, [self.status_note, self.lead]))

    def facts(self, context: Mapping[str, Any]) -> list[tuple[Any, Any]]:
        hosts = [row.organisation.name for row in (*context["organisers"], *context["co_organisers"])]
        price = gettext("%(price)s kronor") % {"price": number(self.cost)} if self.cost else gettext("It costs nothing")
        return [
            (gettext("Status"), self.status_note or self.said_first),
            (pgettext("of an event", "When"), f"{day(self.starts_at)}, {when(self)}" if self.starts_at and self.ends_at else ""),
            (pgettext("of an event", "Where"), self.venue),
            (gettext("Kind of event"), capfirst(self.get_event_type_display())),
            (gettext("Price"), price if self.is_planned else ""),
            (gettext("Last day to register"), day(self.last_registration) if self.is_planned else ""),
            (gettext("Organiser"), ", ".join(hosts)),
            (gettext("Project"), context["project"].title if context["project"] else ""),
            (gettext("Language"), ", ".join(map(str, context["languages"]))),
            (gettext("Accessibility on site"), self.accessibility_info),
        ]

    def structured_data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        hosts = of_rows([*context["organisers"], *context["co_organisers"]])
        return {**in_schema(self, context["request"]), "organizer": hosts}

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        organisers = public_organisations(self.organisers, request)
        context["project"] = next(iter(self.named_here(self.pages_in_rows())), None)
        context["organisers"] = [row for row in organisers if row.role == "organiser"]
        context["co_organisers"] = [row for row in organisers if row.role == "co_organiser"]
        context["languages"] = [row.get_language_display() for row in self.spoken]
        context["month_url"] = f"{(self.get_url(request) or '').rstrip('/').rpartition('/')[0]}/"
        return context


def over_but_planned(event: EventPage) -> Iterator[Finding]:
    """An event is announced although it is over."""
    if event.status in ("scheduled", "postponed") and event.ends_at and event.ends_at < timezone.now():
        yield Finding(
            "past-event",
            Severity.WARNING,
            what=gettext("The event is over, but its status says that it is still to come."),
            why=gettext("A visitor who trusts the page comes in vain. Often it is the year that was mistyped."),
            how=gettext("Correct the day, or set the status to “has been held” and say under “Documentation” what came of it."),
            field="ends_at",
        )


def whole_days(starts: datetime.datetime, ends: datetime.datetime) -> tuple[datetime.datetime, datetime.datetime]:
    """From the first minute of the first day to the last minute of the last one, by Swedish clocks."""
    here = timezone.get_default_timezone()
    first, last = (timezone.localtime(moment, here).date() for moment in (starts, ends))
    return datetime.datetime.combine(first, datetime.time(), here), datetime.datetime.combine(last, datetime.time(23, 59), here)


class EventOrganiser(Orderable):
    """Who arranges an event; the event then shows on the organisation's own page too."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="organisers")
    organisation = models.ForeignKey(
        "directory.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="event_links"
    )
    role = models.CharField(
        _("role"),
        max_length=12,
        default="organiser",
        choices=[("organiser", _("organises")), ("co_organiser", _("co-organises"))],
    )

    panels = [FieldRowPanel(["organisation", "role"])]
    api_fields = [APIField("organisation"), APIField("role")]


class EventLanguage(Orderable):
    """A language that is spoken or interpreted at an event."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=3, choices=[*languages.CHOICES, ("swl", _("Swedish sign language"))])

    panels = ["language"]
    api_fields = [APIField("language")]
