"""One list for every kind: filtered by facets in the address, counted, sorted, paged, without JavaScript.

Within a facet the values mean OR, between facets AND. Each value shows how many items it would give, so no choice is a
dead end. The cost is the same whatever the list holds: one query counts all facets.
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import get_language, gettext

from cms.facets import Facet
from cms.kinds import Kind, Order
from cms.sorting import collated, sort_key

LONG = 24  # values of a facet: where there are more, only the first half of that is unfolded


@dataclass(frozen=True)
class Option:
    """One value of a facet, as the form shows it."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class BoundFacet:
    """A facet together with what the address selects of it."""

    facet: Facet
    selected: list[str]
    options: list[Option]

    @property
    def name(self) -> str:
        return self.facet.name

    @property
    def label(self) -> str:
        return str(self.facet.label)

    @property
    def kind(self) -> str:
        return self.facet.shape

    @property
    def value(self) -> str:
        return self.selected[-1] if self.selected else ""

    @property
    def shown(self) -> list[Option]:
        """What is seen at once, the chosen always, so that a long vocabulary does not push the other facets away."""
        most = len(self.options) if len(self.options) <= LONG else LONG // 2
        return [option for place, option in enumerate(self.options) if place < most or option.selected]

    @property
    def folded(self) -> list[Option]:
        shown = {option.value for option in self.shown}
        return [option for option in self.options if option.value not in shown]


class Paged:
    """What a pager shows of ``page``; ``page_url`` says where each page is."""

    page: Page

    def page_url(self, number: int) -> str:
        raise NotImplementedError

    @cached_property
    def pages(self) -> list[dict | None]:
        """The pager: numbers with their addresses, and None where some are left out."""
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [
            {"number": number, "url": self.page_url(number), "current": number == self.page.number}
            if isinstance(number, int)
            else None
            for number in numbers
        ]

    @cached_property
    def previous_url(self) -> str:
        return self.page_url(self.page.previous_page_number()) if self.page.has_previous() else ""

    @cached_property
    def next_url(self) -> str:
        return self.page_url(self.page.next_page_number()) if self.page.has_next() else ""


class Narrowed(Paged):
    """A list at an address that says what it is of, ``asked``, and to which values of its facets it is narrowed, ``selected``."""

    path: str
    asked: dict[str, str] = {}
    selected: dict[str, list[str]]

    @property
    def facets(self) -> list[BoundFacet]:
        raise NotImplementedError

    @property
    def more_facets(self) -> list[BoundFacet]:
        """Those that are folded away at first: nothing of them is selected."""
        return []

    @cached_property
    def chips(self) -> list[dict]:
        """What is selected, each with the address that lets it go."""
        chips = []
        for facet in self.facets:
            labels = {option.value: option.label for option in facet.options}
            for value in facet.selected:
                label = labels.get(value) or gettext("%(facet)s: %(value)s") % {"facet": facet.label, "value": value}
                chips.append({"label": label, "remove_url": self.address(without=(facet.name, value))})
        return chips

    @property
    def clear_url(self) -> str:
        return self.at(QueryDict(urlencode(self.asked)))

    def address(self, without: tuple[str, str] | None = None, **changes: str) -> str:
        """This list's address with one value let go, or parameters changed."""
        query = QueryDict(urlencode(self.asked), mutable=True)
        for name, values in self.selected.items():
            query.setlist(name, [value for value in values if (name, value) != without])
        for name, value in changes.items():
            query[name] = value
        return self.at(query)

    def at(self, query: QueryDict) -> str:
        encoded = query.urlencode()
        return f"{self.path}?{encoded}" if encoded else self.path

    def page_url(self, number: int) -> str:
        return self.address(page=str(number)) if number > 1 else self.address()


class Listing(Narrowed):
    """The list of one kind in one language, narrowed by an address.

    ``items`` is the public queryset to narrow; ``path`` is the list's own address.
    """

    page_size = 24

    def __init__(self, kind: Kind, items: QuerySet, params: QueryDict, path: str):
        self.kind, self.items, self.params, self.path = kind, items, params, path
        self.selected = {facet.name: facet.read(params.getlist(facet.name)) for facet in kind.facets}
        self.item_template = kind.item_template

    @cached_property
    def order(self) -> Order | None:
        wanted = self.params.get("order")
        return next((order for order in self.kind.orders if order.name == wanted), next(iter(self.kind.orders), None))

    @property
    def orders(self) -> list[dict]:
        return [{"value": order.name, "label": order.label, "selected": order == self.order} for order in self.kind.orders]

    def narrowed(self, but: Facet | None = None) -> QuerySet:
        """The items that all selected facets agree on, one facet left out if asked."""
        found = self.items
        for facet in self.kind.facets:
            if self.selected[facet.name] and facet is not but:
                found = found.filter(pk__in=self.items.order_by().filter(facet.matching(self.selected[facet.name])).values("pk"))
        return found

    def ordered(self) -> QuerySet:
        """All that is left, with what a list shows of it."""
        found = self.kind.for_list(self.narrowed())
        if self.order:
            language = get_language() or "sv"
            found = found.order_by(*[collated(name, language) if self.order.by_name else name for name in self.order.fields], "pk")
        return found

    @cached_property
    def page(self) -> Page:
        return Paginator(self.ordered(), self.page_size).get_page(self.params.get("page"))

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @cached_property
    def facets(self) -> list[BoundFacet]:
        counts = [query for facet in self.kind.facets for query in facet.count(self.items, self.narrowed(but=facet))]
        rows = list(counts[0].union(*counts[1:], all=True).order_by()) if counts else []
        bound = [BoundFacet(facet, self.selected[facet.name], self.options(facet, rows)) for facet in self.kind.facets]
        return [facet for facet in bound if facet.kind == "number" or len(facet.options) > 1 or facet.selected]

    def options(self, facet: Facet, rows: list[tuple]) -> list[Option]:
        """A facet's values in the order a visitor expects: ranked, as chosen by the code, or by name."""
        labels, column = facet.labels(self.kind.cls), 3 if get_language() == "en" else 2
        ranked = []
        for row in rows:
            if row[0] != facet.name or not row[1]:
                continue
            value = row[1]
            label = str(labels.get(value) or row[column] or row[2] or value)
            place = list(labels).index(value) if value in labels else row[4]
            ranked.append((place, sort_key(label), Option(value, label, row[5], value in self.selected[facet.name])))
        return [option for *_, option in sorted(ranked, key=lambda entry: entry[:2])]

    def address(self, without: tuple[str, str] | None = None, **changes: str) -> str:
        order = {"order": self.order.name} if self.order and self.params.get("order") else {}
        return super().address(without, **{**order, **changes})

    @property
    def cards_url(self) -> str:
        """Where what is chosen stands as cards to print, if the kind has such."""
        return self.address(view="cards") if self.kind.card_template else ""
