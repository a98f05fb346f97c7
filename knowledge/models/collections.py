"""Toolboxes: pages of any kind in the order in which to use them; each of them says where in the toolbox one is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index

from cms import frame, markdown
from cms.fields import StreamField
from cms.kinds import Kind
from cms.public import public_versions
from cms.structured import list_items

from .pages import AREA, AUDIENCE, BY_TITLE, NEWEST, TOPIC, TOPIC_NEEDED, KnowledgePage

KIND = Kind(
    name="toolbox",
    model="knowledge.CollectionPage",
    label=_("Toolboxes"),
    label_one=_("Toolbox"),
    mention=None,  # each of its pages shows the way through it instead
    facets=(AREA, TOPIC, AUDIENCE),
    orders=(BY_TITLE, NEWEST),
    schema_org="ItemList",
    item_template="knowledge/collection_row.html",
    on_front_page=0,
    entrance=False,
    icon="folder-open-inverse",
)


class Member(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Page"))
    note = blocks.TextBlock(
        label=_("Why here"), max_length=250, required=False, help_text=_("What the reader gets from it just now.")
    )

    def in_markdown(self, value, context) -> str:
        page = value["page"]
        address = settings.BASE_URL + (page.get_url(context["request"]) or "") if page else ""
        return markdown.listed(markdown.link(page.title, address, value["note"])) if page else ""

    class Meta:
        label, icon = _("Page"), "doc-full"


class MembersBlock(blocks.StreamBlock):
    member = Member()


@dataclass(frozen=True)
class Place:
    """One public page of a toolbox, as the other pages of it show it."""

    key: object
    title: str
    url: str


@dataclass(frozen=True)
class Toolbox:
    """A public toolbox with what everybody may see of it, in order."""

    pk: int
    title: str
    url: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Position:
    """Where in a toolbox a page is."""

    toolbox: Toolbox
    number: int

    @property
    def total(self) -> int:
        return len(self.toolbox.places)

    @property
    def before(self) -> Place | None:
        return self.toolbox.places[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> Place | None:
        return self.toolbox.places[self.number] if self.number < self.total else None


class CollectionPage(KnowledgePage):
    """Guides, methods, checklists and whatever else is needed for one task, in the order of use."""

    members = StreamField(
        MembersBlock, verbose_name=_("pages"), help_text=_("In the order of use. Each page then shows what comes before and after.")
    )

    content_panels = [*KnowledgePage.content_panels, "members"]
    search_fields = [*KnowledgePage.search_fields, index.SearchField("members")]
    api_fields = [*KnowledgePage.api_fields, APIField("members")]

    shown_with = ()
    needed_rows = TOPIC_NEEDED
    page_description = _("Gathers what the portal has for one task, in the order of use. It holds no text of its own: link to it.")

    class Meta:
        verbose_name, verbose_name_plural = _("toolbox"), _("toolboxes")

    def member_keys(self) -> list[int]:
        """Primary keys of the chosen pages; nothing is fetched."""
        return [child["value"]["page"] for child in self.members.raw_data if child["value"].get("page")]

    @property
    def size(self) -> int:
        """How many pages everybody may see in it."""
        return next((len(toolbox.places) for toolbox in toolboxes(self.language) if toolbox.pk == self.pk), 0)

    def shown_members(self) -> list[blocks.StructValue]:
        """The members that its reader may see, each as a whole page of its own type: one query a type."""
        members = [child.value for child in self.members if child.value["page"] and child.value["page"].locale_id == self.locale_id]
        whole = {page.pk: page for model in {type(m["page"]) for m in members} for page in of_type(model, members)}
        for member in members:
            member["page"] = whole[member["page"].pk]
        return members

    def structured_data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        request = context["request"]
        pages = [(member["page"].title, settings.BASE_URL + member["page"].get_url(request)) for member in context["members"]]
        order = "https://schema.org/ItemListOrderAscending"
        return {"numberOfItems": len(pages), "itemListOrder": order, "itemListElement": list_items(pages)}

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {**context, "members": self.shown_members()}


def of_type(model: type[Page], members: Iterable[blocks.StructValue]) -> QuerySet[Page]:
    return model.objects.filter(pk__in=[member["page"].pk for member in members if type(member["page"]) is model])


def toolboxes(language: str) -> list[Toolbox]:
    """Every public toolbox of a language; asked for once, and again when anything has changed."""
    return frame.current().remember(("toolboxes", language), lambda: list(public_toolboxes(language)))


def public_toolboxes(language: str) -> Iterable[Toolbox]:
    found = list(frame.public(CollectionPage.objects.filter(locale__language_code=language)).order_by("path"))
    chosen = {key for toolbox in found for key in toolbox.member_keys()}
    names = dict(Page.objects.filter(pk__in=chosen).values_list("pk", "translation_key"))
    shown = public_versions(names.values(), language)
    for toolbox in found:
        pages = [shown[names[key]] for key in toolbox.member_keys() if names.get(key) in shown]
        places = tuple(Place(page.translation_key, page.title, page.get_url()) for page in pages)
        yield Toolbox(toolbox.pk, toolbox.title, toolbox.get_url(), places)


def positions_of(page: Page, language: str) -> list[Position]:
    """Where in which toolboxes a page is. A page that is twice in one is where it first comes."""
    return [
        Position(toolbox, next(n for n, place in enumerate(toolbox.places, start=1) if place.key == page.translation_key))
        for toolbox in toolboxes(language)
        if any(place.key == page.translation_key for place in toolbox.places)
    ]
