"""How a list of one kind can be narrowed: each facet reads the address, filters, and counts what it would give.

A facet only names paths of fields, so a kind can declare its facets before any model is loaded.
"""

from dataclasses import dataclass

from django.db.models import CharField, Count, F, Field, IntegerField, Model, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise

ROW = ("facet", "value", "sv", "en", "rank", "n")


def text(expression) -> Cast:
    return Cast(expression, CharField())


def field_at(model: type[Model], path: str) -> Field:
    """The field that a path of relations ends with. Raises ``FieldDoesNotExist``."""
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return model._meta.get_field(name)


@dataclass(frozen=True)
class Facet:
    """What all facets share. ``path`` leads from the kind's model to the field that is asked about."""

    name: str
    label: str | Promise
    path: str

    shape = "choice"

    def read(self, values: list[str]) -> list[str]:
        """The values of an address that can mean something; the rest is passed over."""
        return [value for value in dict.fromkeys(values) if 0 < len(value) <= 100 and "\0" not in value]

    def is_known(self, model: type[Model], value: str) -> bool:
        """Whether a value means something to items of a model."""
        labels = self.labels(model)
        return bool(self.read([value])) and (not labels or value in labels)

    def matching(self, selected: list[str]) -> Q:
        """Items with any of the selected values."""
        return Q(**{f"{self.path}__in": selected})

    def count(self, everything: QuerySet, narrowed: QuerySet) -> list[QuerySet]:
        """Rows (facet, value, label in each language, rank, n) with n of ``narrowed`` for each value of ``everything``."""
        return [self._count(everything.exclude(**{f"{self.path}__isnull": True}), narrowed, F(self.path))]

    def _count(self, everything, narrowed, value, sv=None, en=None, rank=None) -> QuerySet:
        return (
            everything.order_by()
            .annotate(
                facet=text(Value(self.name)),
                value=text(value),
                sv=text(sv or Value("")),
                en=text(en or Value("")),
                rank=Cast(rank or Value(0), IntegerField()),
            )
            .values("facet", "value", "sv", "en", "rank")
            .annotate(n=Count("pk", distinct=True, filter=Q(pk__in=narrowed.order_by().values("pk"))))
            .values_list(*ROW)
        )

    def of(self, items: QuerySet) -> list[QuerySet]:
        """Rows (primary key, value) of some items, for the search index: what the index counts and filters by."""
        return [self._of(items.exclude(**{f"{self.path}__isnull": True}), F(self.path))]

    def _of(self, items: QuerySet, value) -> QuerySet:
        return items.order_by().annotate(value=text(value)).values_list("pk", "value")

    def labels(self, model: type[Model]) -> dict[str, str]:
        """Labels that stand in the code rather than in rows."""
        return {}


@dataclass(frozen=True)
class RowFacet(Facet):
    """Values are rows of a vocabulary, told apart by ``key`` and shown by their name in the visitor's language."""

    key: str = "code"
    rank: str = ""

    def is_known(self, model, value):
        """Of rows without a code, such as organisations, it is not for everybody to know which there are."""
        rows = self.rows(model)._default_manager
        return super().is_known(model, value) and (self.key != "code" or rows.filter(code=value).exists())

    def rows(self, model: type[Model]) -> type[Model]:
        return field_at(model, self.path).related_model

    def matching(self, selected):
        return Q(**{f"{self.path}__{self.key}__in": selected})

    def count(self, everything, narrowed):
        there = everything.exclude(**{f"{self.path}__isnull": True})
        names = (F(f"{self.path}__name_{language}") for language in ("sv", "en"))
        rank = F(f"{self.path}__{self.rank}") if self.rank else None
        return [self._count(there, narrowed, F(f"{self.path}__{self.key}"), *names, rank)]

    def of(self, items):
        return [self._of(items.exclude(**{f"{self.path}__isnull": True}), F(f"{self.path}__{self.key}"))]


@dataclass(frozen=True)
class ChoiceFacet(Facet):
    """Values are the choices of a field, in their order there."""

    def labels(self, model):
        return {str(value): label for value, label in field_at(model, self.path).flatchoices}


@dataclass(frozen=True)
class AtMostFacet(Facet):
    """One limit out of a few: what takes at most so much."""

    limits: tuple[int, ...] = ()
    limit_label: str | Promise = "%(limit)s"

    shape = "single"

    def read(self, values):
        return [value for value in values if value in map(str, self.limits)][-1:]

    def matching(self, selected):
        return Q(**{f"{self.path}__lte": int(selected[-1])})

    def count(self, everything, narrowed):
        return [
            self._count(everything.filter(self.matching([str(n)])), narrowed, Value(str(n)), rank=Value(n)) for n in self.limits
        ]

    def of(self, items):
        return [self._of(items.filter(self.matching([str(n)])), Value(str(n))) for n in self.limits]

    def labels(self, model):
        return {str(limit): str(self.limit_label) % {"limit": limit} for limit in self.limits}


@dataclass(frozen=True)
class WithinFacet(Facet):
    """A number that the visitor writes, and that lies between two fields of the item. A search offers some ``steps``."""

    upper: str = ""
    steps: tuple[int, ...] = (5, 10, 20, 30, 50, 100)

    shape = "number"

    def read(self, values):
        return [str(int(value)) for value in values if value.isascii() and value.isdigit() and 0 < len(value) < 6][-1:]

    def matching(self, selected):
        number = int(selected[-1])
        unbounded = Q(**{f"{self.upper}__isnull": True})
        return Q(**{f"{self.path}__lte": number}) & (unbounded | Q(**{f"{self.upper}__gte": number}))

    def count(self, everything, narrowed):
        return []

    def of(self, items):
        return [self._of(items.filter(self.matching([str(n)])), Value(str(n))) for n in self.steps]
