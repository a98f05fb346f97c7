"""How far in the outbox an index has come, and whether it is one of this database, made by this code."""

import hashlib
from dataclasses import dataclass
from functools import cache

from wagtail.search.index import get_indexed_models

from cms.events import ContentEvent, settled
from cms.kinds import kinds
from search import analysis

DOCUMENTS = 1  # to be raised when what of an object goes into the index changes


@cache
def edition() -> str:
    """Tells what this code would make of the same content from what other code would."""
    parts = [DOCUMENTS, getattr(analysis, "VERSION", ""), sorted(model._meta.label for model in get_indexed_models()), [*kinds()]]
    return hashlib.blake2b(repr(parts).encode(), digest_size=6).hexdigest()


@dataclass(frozen=True)
class Position:
    """An event of the outbox, with its time, so that another database's event of that number is told from it."""

    event: int = 0
    at: str = "-"
    edition: str = ""

    def __str__(self):
        return f"{self.event} {self.at} {self.edition}"

    @classmethod
    def of(cls, event: ContentEvent | None) -> "Position":
        return cls(event.pk, event.at.isoformat(), edition()) if event else cls(edition=edition())

    @classmethod
    def now(cls) -> "Position":
        return cls.of(settled().reverse().first())

    @classmethod
    def read(cls, text: str) -> "Position":
        event, at, edition = text.split() if text else ("0", "-", "-")
        return cls(int(event), at, edition)

    def is_ours(self) -> bool:
        if self.edition != edition():
            return False
        event = ContentEvent.objects.filter(pk=self.event).first()
        return event.at.isoformat() == self.at if event else not self.event
