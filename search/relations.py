"""What a page or a row is tied to: the words of the vocabulary, and rows of other kinds, such as organisations.

A document says something of each of them: a name, a value to narrow by. So it is read again when one of them changes.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from django.db.models import CharField, ForeignKey, IntegerField, Model, QuerySet, Value
from django.db.models.functions import Cast
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import Page

from cms.events import watched
from cms.kinds import has_path, kind_of
from cms.models import PortalDocument, PortalImage
from cms.vocabulary.models import FocusArea, Topic
from cms.words import SUBJECTS

NAMED = (Topic, FocusArea)  # whose names and synonyms are among the keywords
SUBJECT_OF = {model: name for name, model in SUBJECTS.items()}
SILENT = (Page, PortalImage, PortalDocument)  # of which a document says nothing


@dataclass
class Tied:
    """What one object is tied to."""

    refs: set[str] = field(default_factory=set)
    facets: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named: list[Model] = field(default_factory=list)

    def names(self, language: str) -> list[str]:
        found = []
        for row in self.named:
            found += [row.in_language("name", language), *getattr(row, f"alt_labels_{language}", "").split(",")]
        return [name.strip() for name in found if name.strip()]


def ties_of(model: type[Model], pks: list) -> dict[object, Tied]:
    """What some objects of a model are tied to, by primary key."""
    tied: dict[object, Tied] = defaultdict(Tied)
    by_target: dict[type[Model], dict[object, set]] = defaultdict(lambda: defaultdict(set))
    for pk, number, target_pk in tie_rows(model, pks):
        target = ties(model)[number][1]
        by_target[target][target_pk].add(pk)
        tied[pk].refs.add(f"{target._meta.label_lower}:{target_pk}")
    for target, holders in by_target.items():
        for row in rows_that_tell(target, holders):
            for pk in holders[str(row.pk)]:
                if name := facet_name(target):
                    tied[pk].facets[name].add(str(getattr(row, "code", None) or row.number))
                if target in NAMED:
                    tied[pk].named.append(row)
    return tied


@cache
def ties(model: type[Model]) -> list[tuple[str, type[Model]]]:
    """The paths from a model to the rows it says something of: its own fields, and those of its child rows."""
    found = [(field.name, field.related_model) for field in foreign_keys(model)]
    if issubclass(model, ClusterableModel):
        for relation in get_all_child_relations(model):
            found += [
                (f"{relation.get_accessor_name()}__{field.name}", field.related_model)
                for field in foreign_keys(relation.related_model)
                if field is not relation.field
            ]
    return found


def foreign_keys(model: type[Model]) -> Iterable[ForeignKey]:
    for each in model._meta.get_fields():
        if isinstance(each, ForeignKey) and watched(each.related_model) and not issubclass(each.related_model, SILENT):
            yield each


def tie_rows(model: type[Model], pks: list) -> Iterable[tuple]:
    """Rows (primary key, number of the tie, primary key of what it leads to), in one query."""
    return together([rows.filter(pk__in=pks) for rows in all_tie_rows(model)])


@cache
def all_tie_rows(model: type[Model]) -> list[QuerySet]:
    """Of all objects of a model; the questions are made once, as that takes longer than the answers."""
    return [
        model._default_manager.order_by()
        .annotate(tie=Value(number, IntegerField()), tied_to=Cast(path, CharField()))
        .filter(tied_to__isnull=False)
        .values_list("pk", "tie", "tied_to")
        for number, (path, _target) in enumerate(ties(model))
    ]


def together(queries: list[QuerySet]) -> Iterable[tuple]:
    """The rows of some questions, asked as one."""
    return queries[0].union(*queries[1:], all=True).order_by() if queries else ()


def facet_name(target: type[Model]) -> str:
    """A subject, or another kind that has a code; rows of no kind and without a code are nothing to narrow by here."""
    kind = kind_of(target)
    return SUBJECT_OF.get(target) or (kind.name if kind and has_path(target, "code") else "")


def rows_that_tell(target: type[Model], pks: Iterable) -> QuerySet | list:
    if not facet_name(target):
        return []
    kind = kind_of(target)
    return (kind.public("sv") if kind else target._default_manager).filter(pk__in=pks)
