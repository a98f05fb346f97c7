"""Wagtail's search backend on our index: page explorer, choosers and API rank as the site does.

The index tells which objects have the words and how well; what may be seen, and every filter, is the queryset's own matter. While
there is no index, the database finds what it can.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import cached_property, reduce
from operator import and_, or_

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, Model, Q, QuerySet
from wagtail.search.backends.base import (
    BaseIndex,
    BaseSearchBackend,
    BaseSearchQueryCompiler,
    BaseSearchResults,
    FilterFieldError,
    get_model_root,
)
from wagtail.search.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from cms import frame
from cms.languages import CODES
from search import rules, synonyms
from search.asked import Asked
from search.documents import documents_of, key_of
from search.edition import Position
from search.engines import engine
from search.engines.base import PUBLIC, STAFF, TITLE, Busy, Index, Plan, Unavailable
from search.matches import EVERYTHING, Matches
from search.planning import SIGNED, Question
from search.sync import catch_up
from search.texts import plain

MOST_IN_QUESTION = 5_000  # primary keys in one question to the database
FIRST = 1_000  # what a title that begins so is worth


class Typed(PlainText):
    """As somebody looks for a page in the admin: titles that begin so come first, then what a visitor would find with it."""


class Compiler(BaseSearchQueryCompiler):
    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True

    @cached_property
    def matches(self) -> Matches:
        return self.of(self.query)

    def of(self, query: SearchQuery) -> Matches:
        if isinstance(query, MatchAll):
            return EVERYTHING
        if isinstance(query, Not):
            return ~self.of(query.subquery)
        if isinstance(query, And | Or):
            return reduce(and_ if isinstance(query, And) else or_, map(self.of, query.subqueries))
        if isinstance(query, Boost):
            return self.of(query.subquery) * query.boost
        if isinstance(query, Typed):
            return self.as_typed(query.query_string)
        if isinstance(query, PlainText | Fuzzy):
            return self.of_words(query) * getattr(query, "boost", 1)
        if isinstance(query, Phrase):
            return self.asked(query.query_string, phrase=True)
        raise NotImplementedError(f"{type(query).__name__} is no query that this index understands.")

    def as_typed(self, text: str) -> Matches:
        begun = Matches() if SIGNED.search(text) else AutocompleteCompiler(self.queryset, text).matches
        try:
            questions = [Question(text, language, synonyms=synonyms.in_use()) for language in CODES]
            found = side_by_side([scores(question.plan(**self.among)) if question else Matches() for question in questions])
        except (Unavailable, Busy):
            return begun.best_of(self.without_index(text, every=True))
        return (begun * FIRST).best_of(found)

    def of_words(self, query: PlainText | Fuzzy) -> Matches:
        return self.asked(query.query_string, every=query.operator == "and", fuzzy=isinstance(query, Fuzzy))

    def asked(self, text: str, **how) -> Matches:
        """In each language, since the admin is searched for both."""
        try:
            found = [self.found(Asked(text, language, **how)) for language in CODES]
        except (Unavailable, Busy):
            return self.without_index(text, how.get("every", True))
        return side_by_side(found)

    def found(self, asked: Asked) -> Matches:
        plan = asked.plan(**self.among)
        return self.in_fields(asked.stands_in, scores(plan)) if plan else Matches()

    @property
    def among(self) -> dict:
        model = get_model_root(self.queryset.model)._meta.label_lower
        return {"access": (PUBLIC, STAFF), "filters": {"model": (model,)}, "size": None}

    def in_fields(self, answers: Callable[[Iterable[str]], bool], found: Matches) -> Matches:
        """Only those that have it in certain fields; the index does not know them apart, so the objects are asked."""
        if not self.fields or not found.scores:
            return found
        fields = [each for each in self.queryset.model.get_searchable_search_fields() if each.field_name in self.fields]
        items = self.queryset.model._default_manager.filter(pk__in=[*found.scores])
        having = {str(item.pk) for item in items if answers([text for each in fields for text in plain(each.get_value(item))])}
        return Matches({pk: score for pk, score in found.scores.items() if pk in having})

    def without_index(self, text: str, every: bool) -> Matches:
        fields = self.queryset.model.get_searchable_search_fields()
        names = {field.field_name for field in fields if self.is_text(field.field_name)}
        words = [reduce(or_, (Q(**{f"{name}__icontains": word}) for name in names)) for word in re.findall(r"\w+", text) if names]
        if not words:
            return Matches()
        rows = self.queryset.model._default_manager.filter(reduce(and_ if every else or_, words))
        return Matches({str(pk): 1.0 for pk in rows.values_list("pk", flat=True)})

    def is_text(self, name: str) -> bool:
        try:
            return self.queryset.model._meta.get_field(name).get_internal_type() in ("CharField", "TextField")
        except FieldDoesNotExist:
            return False


class AutocompleteCompiler(Compiler):
    """Names with words that begin so, and titles that have the same words in another form."""

    def found(self, asked: Asked) -> Matches:
        words = asked.beginnings
        ways = [tuple(words)] if asked.every else [(word,) for word in words]
        begun = [scores(Plan(asked.language, beginnings=way, **self.among)) for way in ways if way]
        found = reduce(Matches.best_of, begun, Matches())
        plan = asked.plan(columns=(TITLE,), **self.among)
        inflected = self.in_fields(asked.stands_in, scores(plan)) if plan else Matches()
        return self.in_fields(asked.begins_in, found).best_of(inflected)


def side_by_side(found: list[Matches]) -> Matches:
    """The same question in each language. A word is rare where it is foreign, and would weigh too much there."""
    total = sum(len(each.scores) for each in found)
    weighed = [each * (len(each.scores) / total / (max(each.scores.values()) or 1)) for each in found if each.scores]
    return reduce(Matches.best_of, weighed, Matches())


def scores(plan: Plan) -> Matches:
    return Matches({hit.pk: hit.score for hit in engine().search(plan).hits})


class Results(BaseSearchResults):
    supports_facet = True

    @property
    def found(self) -> QuerySet:
        """What of the queryset was found, in no particular order of ours."""
        matches, queryset = self.query_compiler.matches, self.query_compiler.queryset
        keys = [*matches.scores]
        if len(keys) > MOST_IN_QUESTION:
            keys = [pk for pk in queryset.order_by().values_list("pk", flat=True) if str(pk) in matches.scores]
        if matches.all_but:
            return queryset.exclude(pk__in=keys) if keys else queryset
        return queryset.filter(pk__in=keys)

    @property
    def by_relevance(self) -> bool:
        return self.query_compiler.order_by_relevance and not self.query_compiler.matches.all_but

    @cached_property
    def ranked(self) -> list:
        """The primary keys of what was found, the best first."""
        known = self.query_compiler.matches.scores
        keys = set(self.found.order_by().values_list("pk", flat=True))
        return sorted(keys, key=lambda pk: (-known[str(pk)], pk))

    @property
    def ordered(self) -> QuerySet:
        """As the queryset says; else the newest first, so that each stands on one page of several."""
        found = self.found
        return found if found.ordered else found.order_by("-pk")

    def _do_search(self) -> list[Model]:
        if not self.by_relevance:
            return self.scored(self.ordered[self.start : self.stop])
        keys = self.ranked[self.start : self.stop]
        items = {item.pk: item for item in self.query_compiler.queryset.filter(pk__in=keys)}
        return self.scored(items[pk] for pk in keys if pk in items)

    def scored(self, items: Iterable[Model]) -> list[Model]:
        found = list(items)
        if self._score_field:
            for item in found:
                setattr(item, self._score_field, float(self.query_compiler.matches.scores.get(str(item.pk), 0)))
        return found

    def _do_count(self) -> int:
        return len(range(self.found.order_by().count())[self.start : self.stop])

    def facet(self, field_name: str) -> OrderedDict:
        model = self.query_compiler.queryset.model
        if self.query_compiler._get_filterable_field(field_name) is None:
            text = (
                f'Cannot facet search results with field "{field_name}". Add index.FilterField to {model.__name__}.search_fields.'
            )
            raise FilterFieldError(text, field_name=field_name)
        if self.start or self.stop is not None:
            raise NotImplementedError("Results are counted before they are sliced.")
        counted = self.found.order_by().values_list(field_name).annotate(count=Count("pk")).order_by("-count", field_name)
        return OrderedDict(counted)


class Written(BaseIndex):
    """Our index, or one that is being made anew, as Wagtail writes to it."""

    def __init__(self, backend: BaseSearchBackend, into: Index | None = None):
        super().__init__(backend)
        self.into = into

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        index = self.into or engine()
        with index.writing(), frame.anew():
            index.upsert(documents_of(items))

    def delete_item(self, item: Model) -> None:
        (self.into or engine()).delete([key_of(type(item), item.pk)])

    def reset(self) -> None:
        rules.take_up()
        generation = engine().begin_generation()
        generation.move(str(Position.now()))
        generation.publish()


class Rebuilder:
    """What ``update_index`` of Wagtail does; ``search_rebuild`` does the same without skipping a row that moves meanwhile."""

    def __init__(self, index: Written):
        self.index = index

    def start(self) -> Written:
        rules.take_up()
        self.position, self.generation = Position.now(), engine().begin_generation()
        return Written(self.index.backend, self.generation)

    def finish(self) -> None:
        self.generation.move(str(self.position))
        catch_up(self.generation)
        self.generation.publish()


class SearchBackend(BaseSearchBackend):
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Written
    results_class = Results
    rebuilder_class = Rebuilder
    catch_indexing_errors = True
