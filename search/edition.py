"""How far in the outbox an index has come, and whether it is one of this database, made by this code."""

import hashlib
from dataclasses import dataclass
from functools import cache

from wagtail.search.index import get_indexed_models

from cms.events import ContentEvent, settled
from cms.kinds import kinds
from search import analysis, rules
from search.analysis import Analyzer
from search.engines import engine
from search.engines.base import Index, Unavailable

DOCUMENTS = 3  # to be raised when what of an object goes into the index changes


@cache
def code() -> str:
    parts = [DOCUMENTS, analysis.VERSION, sorted(model._meta.label for model in get_indexed_models()), [*kinds()]]
    return hashlib.blake2b(repr(parts).encode(), digest_size=6).hexdigest()


def edition(by: rules.Rules) -> str:
    """Tells what this code would make of the same content, words read by these rules, from what other code or rules would."""
    return f"{code()}-{rules.digest(by)}"


@dataclass(frozen=True)
class Position:
    """An event of the outbox, with its time, so that another database's event of that number is told from it."""

    event: int = 0
    at: str = "-"
    edition: str = ""

    def __str__(self):
        return f"{self.event} {self.at} {self.edition}"

    @classmethod
    def of(cls, event: ContentEvent | None, edition: str) -> "Position":
        return cls(event.pk, event.at.isoformat(), edition) if event else cls(edition=edition)

    @classmethod
    def now(cls) -> "Position":
        return cls.of(settled().reverse().first(), edition(rules.in_use))

    @classmethod
    def read(cls, text: str) -> "Position":
        event, at, edition = text.split() if text else ("0", "-", "-")
        return cls(int(event), at, edition)

    def is_ours(self) -> bool:
        if self.edition != edition(rules.wanted()):
            return False
        event = ContentEvent.objects.filter(pk=self.event).first()
        return event.at.isoformat() == self.at if event else not self.event


taken_up_for = ""  # the edition of the index that this process reads words for


def read_as_made(index: Index) -> None:
    """Read words as when the index was made: what staff have changed since counts when it is made anew."""
    global taken_up_for
    try:
        made = Position.read(index.position).edition
    except Unavailable:
        made = "-"
    if made != taken_up_for:
        rules.take_up()
        taken_up_for = made


def reader(language: str) -> Analyzer:
    """For whoever asks the index."""
    read_as_made(engine())
    return analysis.analyzer(language)


def index_edition() -> str:
    """What the index was made by, for whoever keeps something that words were read for."""
    read_as_made(engine())
    return taken_up_for
