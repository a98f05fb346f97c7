"""What the result page shows of what was found."""

from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode, urlsplit

from django.core.paginator import Paginator
from django.db.models import Model
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.kinds import kind_of, kinds
from cms.languages import active
from cms.listing import BoundFacet, Narrowed
from cms.models import PortalDocument
from search import synonyms
from search.across import abroad
from search.documents import PLAIN_PAGE
from search.engines.base import Hit
from search.files.keeping import NEW_PAGE
from search.models.promotions import ADDRESS
from search.narrowing import FOLDED, KIND, bound, facets_for, kind_labels
from search.planning import Question, cut
from search.promotions import Elsewhere, first_for
from search.query import MOST_HITS, find, items_of
from search.snippets import Marker

SUMMARY = 40  # words of a summary that are shown


def label_of(item: Model | Elsewhere) -> str | Promise:
    """What kind of thing it is."""
    if isinstance(item, Elsewhere):
        return urlsplit(item.url).netloc
    if isinstance(item, PortalDocument):
        return _("Document")
    kind = kind_of(item)
    return kind.label_one if kind else _("Page")


@dataclass(frozen=True)
class InFile:
    """Where in a file the words stand. ``page`` is 0 in a file without pages."""

    text: SafeString
    page: int
    url: str

    @property
    def label(self) -> str:
        return gettext("In the file, p. %(page)s") % {"page": self.page} if self.page else gettext("In the file")


@dataclass(frozen=True)
class Result:
    """One line of the list: a page or a row, with what is shown of it."""

    item: Model | Elsewhere
    hit: Hit
    marker: Marker

    @property
    def kind(self) -> str:
        """For programs."""
        if isinstance(self.item, Elsewhere):
            return ADDRESS
        kind = kind_of(self.item)
        return kind.name if kind else self.hit.kind or PLAIN_PAGE

    @property
    def label(self) -> str | Promise:
        return label_of(self.item)

    @property
    def title(self) -> SafeString:
        return self.marker.marked(self.item.title)

    @cached_property
    def language(self) -> str:
        """That of a page; a row is in the reader's."""
        if isinstance(self.item, PortalDocument):
            return self.hit.locale
        locale = getattr(self.item, "locale", None)
        return locale.language_code if locale else active()

    @cached_property
    def other_language(self) -> str:
        """The language of a page that is not in the reader's."""
        return self.language if self.language != active() else ""

    @property
    def said_first(self) -> str:
        """What a reader must know before the title: that an event is cancelled."""
        return getattr(self.item, "said_first", "")

    @property
    def is_fictive(self) -> bool:
        return getattr(self.item, "is_fictive", False)

    @cached_property
    def title_lang(self) -> str:
        own = getattr(self.item, "lang", "")
        return self.other_language or (own if own != active() else "")

    @cached_property
    def summary_field(self) -> str:
        if isinstance(self.item, PortalDocument):
            return "summary"
        kind = None if isinstance(self.item, Elsewhere) else kind_of(self.item)
        return kind.summary if kind else "lead"

    @cached_property
    def summary_lang(self) -> str:
        own = getattr(self.item, f"{self.summary_field}_lang", "")
        return self.other_language or (own if own != active() else "")

    @cached_property
    def summary(self) -> SafeString | str:
        """The summary if it has any of the words, else the passage that has them; of a row always its summary."""
        text = getattr(self.item, self.summary_field, "") or getattr(self.item, "search_description", "")
        summary = Truncator(text).words(SUMMARY, truncate=" …")
        answers = not hasattr(self.item, "url_path") or any(self.marker.spans(summary))
        text = self.hit.text if self.hit.locale == self.language and not answers else ""
        return self.marker.passage(text) or self.marker.marked(summary)

    @cached_property
    def in_file(self) -> InFile | None:
        """The page of a file that has most of the words."""
        if not isinstance(self.item, PortalDocument):
            return None
        _summary, *pages = self.hit.text.split(NEW_PAGE)
        passages = [(self.marker.passage(text), number) for number, text in enumerate(pages, 1)]
        text, number = max(passages, key=lambda each: each[0].count("<mark>"), default=("", 0))
        if not isinstance(text, SafeString):
            return None
        has_pages = self.item.file_extension == "pdf"
        return InFile(text, number if has_pages else 0, f"{self.item.url}#page={number}" if has_pages else self.item.url)


class Searched:
    """What a question finds in one language, narrowed by the parameters of an address."""

    def __init__(self, params: QueryDict, language: str):
        self.language, self.q, self.literal = language, cut(params.get("q", "")), "literal" in params
        chosen = [name for name in params.getlist(KIND) if name in kind_labels()]
        self.known = facets_for(chosen)
        self.selected = {facet.name: facet.read(params.getlist(facet.name)) for facet in self.known} | {KIND: chosen}

    def find(self, start: int, size: int) -> None:
        filters = {name: tuple(values) for name, values in self.selected.items() if values}
        names = tuple(facet.name for facet in self.known)
        how = {"literal": self.literal, "synonyms": synonyms.in_use()}
        self.answer = find(self.q, self.language, filters=filters, facets=names, start=start, size=size, **how)
        self.promotions = [] if filters or start else first_for(self.answer.question)

    @cached_property
    def total(self) -> int:
        """What nobody may see any more, though the index has not heard of it yet, is not counted."""
        return self.answer.total - len(self.answer.hits) + sum(hit.key in self.items for hit in self.answer.hits)

    @cached_property
    def items(self) -> dict[str, Model]:
        """What was found and what is promoted, by key. The database has the last word on who may see it."""
        return items_of([*self.answer.hits, *(each.hit for each in self.promotions)], self.language)

    @cached_property
    def promoted(self) -> list[Result]:
        """What staff have chosen to come first."""
        items = [(each.elsewhere or self.items.get(each.hit.key), each.hit) for each in self.promotions]
        return [self.result(item, hit) for item, hit in items if item]

    @cached_property
    def shown(self) -> list[Result]:
        """What was found, without what comes first anyway."""
        first = {result.hit.key for result in self.promoted}
        hits = [hit for hit in self.answer.hits if hit.key in self.items and hit.key not in first]
        return [self.result(self.items[hit.key], hit) for hit in hits]

    def result(self, item: Model | Elsewhere, hit: Hit) -> Result:
        result = Result(item, hit, self.marker)
        return replace(result, marker=self.foreign_marker) if result.other_language else result

    @cached_property
    def marker(self) -> Marker:
        return Marker(self.answer.question)

    @cached_property
    def foreign_marker(self) -> Marker:
        return Marker(abroad(self.answer.question))

    @cached_property
    def all_facets(self) -> list[BoundFacet]:
        chosen = self.selected[KIND]
        return bound(self.known, self.selected, self.answer.facets, kinds().get(chosen[0]) if len(chosen) == 1 else None)


class Results(Searched, Narrowed):
    """The same page by page, the best first."""

    page_size = 10

    def __init__(self, params: QueryDict, path: str, language: str):
        super().__init__(params, language)
        self.path = path
        self.asked = {"q": self.q, **({"literal": "1"} if self.literal else {})}
        wanted = params.get("page", "")
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and 0 < len(wanted) < 6 else 1
        self.find((number - 1) * self.page_size, self.page_size)
        self.page = Paginator(range(min(self.answer.total, MOST_HITS)), self.page_size).get_page(number)
        if self.page.number != number:
            self.find((self.page.number - 1) * self.page_size, self.page_size)

    @cached_property
    def facets(self) -> list[BoundFacet]:
        return [facet for facet in self.all_facets if facet.name not in FOLDED or facet.selected]

    @cached_property
    def more_facets(self) -> list[BoundFacet]:
        return [facet for facet in self.all_facets if facet not in self.facets]

    @property
    def is_first_look(self) -> bool:
        """Not leafed through, narrowed or taken literally: somebody has just asked."""
        return bool(self.q) and self.page.number == 1 and not self.literal and not any(self.selected.values())

    @property
    def has_some_words_only(self) -> bool:
        return bool(self.total) and self.answer.whole < 1

    @cached_property
    def meant(self) -> str:
        """What the question is read as, or would be if it were not taken literally."""
        question = self.answer.question
        return (Question(self.q, self.language) if self.literal and not self.total else question).meant

    @property
    def also(self) -> list[str]:
        return self.answer.question.also

    @property
    def literal_url(self) -> str:
        return f"{self.path}?{urlencode({'q': self.q, 'literal': 1})}"

    @property
    def meant_url(self) -> str:
        return f"{self.path}?{urlencode({'q': self.meant})}"
