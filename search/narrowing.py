"""What the results can be narrowed by: what pages and rows of any kind carry, and of one kind alone what its own list has too."""

from collections.abc import Iterable, Mapping
from functools import cache

from django.db.models import CharField, F, IntegerField, Model, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cms import frame
from cms.facets import AtMostFacet, Facet, RowFacet, WithinFacet
from cms.kinds import Kind, kind_of, kinds
from cms.languages import active
from cms.listing import BoundFacet, Option
from cms.sorting import sort_key
from cms.words import SUBJECTS
from search.documents import DOCUMENT, PLAIN_PAGE

KIND = "kind"
SHARED = (KIND, "area", "topic", "goal", "audience", "sector", "organisation", "year")
FOLDED = SHARED[3:]  # away at first, so that nobody has to read them all
Counts = Mapping[str, Mapping[str, int]]
Names = dict[str, dict[str, tuple]]  # of each facet's values: place, name in Swedish, name in English


def kind_labels() -> dict[str, str | Promise]:
    """By the name of each kind, documents and plain pages last."""
    return {name: kind.label for name, kind in kinds().items()} | {DOCUMENT: _("Documents"), PLAIN_PAGE: _("Pages")}


def facets_for(chosen: Iterable[str]) -> list[Facet]:
    """What results can be narrowed by if these kinds are chosen."""
    some = [kinds()[name] for name in chosen if name in kinds()]
    shared = [Facet(name, capfirst(str(label_of(name))), "") for name in SHARED]
    own = [as_choice(facet) for facet in some[0].facets if facet.name not in SHARED] if len(some) == 1 else []
    return [shared[0], *own, *shared[1:]]


def label_of(name: str) -> str | Promise:
    """As the lists of the kinds say it, else as the model does."""
    own = {"kind": _("Kind"), "year": _("Year"), **{name: model._meta.verbose_name for name, model in SUBJECTS.items()}}
    listed = (facet.label for kind in kinds().values() for facet in kind.facets if facet.name == name and facet.label)
    return next(listed, own.get(name, name))


def as_choice(facet: Facet) -> Facet:
    """A number that a visitor writes in a list is here one of a few."""
    if isinstance(facet, WithinFacet):
        return AtMostFacet(facet.name, facet.label, facet.path, facet.steps)
    return facet


def bound(facets: list[Facet], selected: Mapping[str, list[str]], counts: Counts, kind: Kind | None) -> list[BoundFacet]:
    """The facets with the values that lead somewhere, and those that are chosen; without such a choice a facet is left out."""
    found = []
    for facet in facets:
        chosen, labels = selected[facet.name], labels_of(facet, kind)
        values = {**dict.fromkeys(chosen, 0), **counts.get(facet.name, {})}
        known = [value for value in labels if value in values]
        rest = sorted(values.keys() - labels.keys(), reverse=True)
        options = [Option(value, str(labels.get(value, value)), values[value], value in chosen) for value in [*known, *rest]]
        if len(options) > 1 or chosen:
            found.append(BoundFacet(facet, chosen, options))
    return found


def labels_of(facet: Facet, kind: Kind | None) -> Mapping[str, str | Promise]:
    """The labels of a facet's values in the order of the list; a year is its own."""
    if facet.name == KIND:
        return kind_labels()
    if facet.name in tables():
        return frame.current().remember(("labels of", facet.name, active()), lambda: labels_of_rows(facet.name))
    return facet.labels(kind.cls) if kind and facet.path else {}


def labels_of_rows(name: str) -> dict[str, str]:
    column = 2 if active() == "en" else 1
    rows = names().get(name, {})
    labels = {value: row[column] or row[1] for value, row in rows.items()}
    return dict(sorted(labels.items(), key=lambda each: (rows[each[0]][0], sort_key(each[1]))))


@cache
def tables() -> dict[str, tuple[type[Model], str, str]]:
    """Where the values of facets are rows: their model, the field they are told apart by, and the one that says their place."""
    found = {name: (model, key_of(model), place_of(model)) for name, model in SUBJECTS.items()}
    for kind in kinds().values():
        for facet in kind.facets:
            if isinstance(facet, RowFacet) and facet.name not in found:
                model = facet.rows(kind.cls)
                found[facet.name] = (model, facet.key, place_of(model))
    return found


def key_of(model: type[Model]) -> str:
    return "code" if hasattr(model, "code") else "number"


def place_of(model: type[Model]) -> str:
    return next((name for name in ("sort_order", "number") if hasattr(model, name)), "")


def anybodys(model: type[Model]) -> QuerySet:
    kind = kind_of(model)
    return kind.public(active()) if kind else model._default_manager.all()


def names() -> Names:
    """Of all such rows that anybody may see, in one query, kept until something changes."""

    def ask() -> Names:
        queries = [
            anybodys(model)
            .order_by()
            .values_list(
                Value(name, CharField()),
                Cast(key, CharField()),
                Cast(F(place) if place else Value(0), IntegerField()),
                "name_sv",
                "name_en",
            )
            for name, (model, key, place) in tables().items()
        ]
        found: Names = {name: {} for name in tables()}
        for name, value, *row in queries[0].union(*queries[1:], all=True).order_by():
            found[name][value] = tuple(row)
        return found

    return frame.current().remember("names of what results are narrowed by", ask)
