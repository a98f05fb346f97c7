"""What every search engine is given and gives back. Words are compared before they come here: an engine knows no language."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

PUBLIC, STAFF = "public", "staff"  # whom a document is for: everybody, or those who may see it in the admin
TITLE, KEYWORDS, HEADINGS, BODY = "t", "k", "h", "b"
COLUMNS = (TITLE, KEYWORDS, HEADINGS, BODY)
BARRIER = "\ue000"  # stands between two texts of a column, so that no phrase reaches across
DETAILED = 60  # so many of the best hits come with their words, for a second look at them


class Unavailable(Exception):
    """There is no index that can be asked: it is not made yet, or damaged. The worker makes it."""


class Unreachable(Unavailable):
    """The server that has the index does not answer, or does not do what it is asked. It may be there again soon."""


class Busy(Exception):
    """Too many search at once, or this search takes too long. It can be tried again."""


@dataclass(frozen=True, slots=True)
class Document:
    """One object in one language. A column holds its words in order, and after them what compounds among them are made of.

    ``starts`` are the words that its name and the like begin with, folded; ``words`` all words as written, for spelling;
    ``refs`` the keys of what it says something of, so that it is read again when one of them changes.
    """

    key: str
    locale: str
    kind: str
    access: str
    title: str = ""
    translation_key: str = ""
    date: str = ""
    text: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    starts: str = ""
    words: frozenset[str] = frozenset()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refs: frozenset[str] = frozenset()
    digest: str = ""

    @property
    def model(self) -> str:
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Concept:
    """What one word of a query stands for: one of some normal forms, or all the parts of one compound."""

    alternatives: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A question to the index of one language.

    Any of the concepts will do unless ``every``; each phrase must be there, and nothing excluded. ``beginnings`` asks for names
    with words that begin so. Values of one filter are alternatives; filters are added to each other. Without any words it is
    everything, newest first. ``size`` None gives all there is.
    """

    locale: str
    concepts: tuple[Concept, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[Concept, ...] = ()
    beginnings: tuple[str, ...] = ()
    every: bool = False
    columns: tuple[str, ...] = COLUMNS
    access: tuple[str, ...] = (PUBLIC,)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    start: int = 0
    size: int | None = 10


@dataclass(slots=True)
class Hit:
    """Something found. The columns and the text are there for the best hits only."""

    key: str
    score: float
    locale: str
    kind: str = ""
    title: str = ""
    translation_key: str = ""
    date: str = ""
    text: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def pk(self) -> str:
        return self.key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Found:
    """``total`` is how many there are in all; ``facets`` how many for each value, its own filter left aside."""

    hits: list[Hit]
    total: int
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the index has of a document, to compare it with the database."""

    key: str
    locale: str
    kind: str
    access: str
    digest: str


@dataclass(frozen=True, slots=True)
class Health:
    """``problem`` is empty when all is well. ``documents`` counts them by language."""

    problem: str = ""
    position: str = ""
    documents: Mapping[str, int] = field(default_factory=dict)
    bytes: int = 0


class Vocabulary(Protocol):
    """The words of all public documents in one language, as they are written."""

    def df(self, word: str) -> int:
        """In how many documents it stands."""
        ...

    def of_normal(self, normal: str) -> int:
        """In how many documents any of a word's forms stands, by their normal form."""
        ...

    def by_fold(self, fold: str) -> list[str]:
        """All words that look so without their diacritics."""
        ...

    def near(self, word: str, limit: int = 60) -> list[str]:
        """Words that share the most letter triples with one, folded; the most alike first."""
        ...


class Index(Protocol):
    """Something that documents are written to: the engine itself, or a generation that is being filled.

    ``position`` is how far in the outbox it reflects the content; it is written together with the documents.
    """

    def writing(self, wait: float = 5) -> AbstractContextManager[None]:
        """Of what is written inside nothing appears if it ends with an error, and the position last if it does not.

        Where writers must wait for each other, Busy after so many seconds.
        """
        ...

    def upsert(self, documents: Iterable[Document]) -> None: ...

    def delete(self, keys: Iterable[str]) -> None: ...

    def move(self, position: str) -> None: ...

    @property
    def position(self) -> str: ...

    def referring(self, refs: Iterable[str]) -> set[str]:
        """Keys of the documents that say something of any of these."""
        ...


class Generation(Index, Protocol):
    """A new index beside the one that is asked. Nobody sees it until it is published."""

    def publish(self) -> None: ...

    def drop(self) -> None: ...


class Engine(Index, Protocol):
    name: str

    def search(self, plan: Plan) -> Found: ...

    def stored(self, kinds: tuple[str, ...] = ()) -> Iterator[Stored]: ...

    def begin_generation(self) -> Generation:
        """Only one is made at a time: Busy if somebody else is at it."""
        ...

    def health(self) -> Health: ...


class Embedded(Engine, Protocol):
    """The engine that is always there, and near: it knows every word besides."""

    def searching(self) -> AbstractContextManager:
        """All that is asked inside sees one state of the index, and counts once among those who search at the same time."""
        ...

    def suggest(
        self, prefix: str, locale: str, kinds: tuple[str, ...] = (), access: tuple[str, ...] = (PUBLIC,), size: int = 10
    ) -> list[Hit]:
        """Names with words that begin as those of ``prefix``, which is folded, in any order."""
        ...

    def vocabulary(self, locale: str) -> Vocabulary: ...

    def in_both(self, same: Iterable[str]) -> set[str]:
        """Which of these, keys of translation or of rows, everybody may see in both languages."""
        ...
