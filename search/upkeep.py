"""Making the index anew beside the one in use, comparing it with the database, and what the worker does for it."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils import translation

from cms.kinds import Kind, kinds
from cms.languages import CODES
from cms.models import PortalDocument
from search import rules, troubles
from search.documents import key_of, roots
from search.edition import Position
from search.engines import engine, engines, server
from search.engines.base import PUBLIC, Busy, Engine, Unavailable, Unreachable
from search.files.keeping import KIND as DOCUMENT
from search.files.keeping import findable
from search.sync import catch_up, documents_or_none, write

logger = logging.getLogger(__name__)

CHUNK = 100  # objects read and written at once
TURN_SECONDS = 1.0  # what the worker spends on it before the other jobs get their turn
SHORTEST_PAUSE, LONGEST_PAUSE = 1, 300  # seconds after an error


def chunks(models: Iterable[type[Model]] | None = None) -> Iterator[list[str]]:
    """The keys of everything that is indexed, or of some models.

    Each chunk begins after the last key, so none is skipped, whatever comes or goes.
    """
    for root in roots() if models is None else models:
        last, rows = None, root._default_manager.order_by("pk").values_list("pk", flat=True)
        while pks := list((rows.filter(pk__gt=last) if last is not None else rows)[:CHUNK]):
            yield [key_of(root, pk) for pk in pks]
            last = pks[-1]


def rebuild(index: Engine) -> Iterator[int]:
    """Step by step, giving how many objects were read. What changes meanwhile is read again before the new index is published."""
    rules.take_up()
    position, count = Position.now(), 0
    generation = index.begin_generation()
    try:
        for keys in chunks():
            documents = documents_or_none(keys)
            with generation.writing():
                generation.upsert(documents)
            count += len(keys)
            yield count
        generation.move(str(position))
        while catch_up(generation, TURN_SECONDS):
            yield count
        generation.publish()
    except BaseException:
        generation.drop()
        raise


def is_usable(index: Engine) -> bool:
    """``Unreachable`` if nobody can tell: then it would be of no use to make it anew."""
    try:
        return Position.read(index.position).is_ours()
    except Unreachable:
        raise
    except Unavailable:
        return False


def ensure(index: Engine) -> None:
    """An index that is up to date, whatever there was before."""
    if is_usable(index):
        catch_up(index)
    else:
        for _ in rebuild(index):
            pass


class Keeper:
    """The worker's part, for one engine. It goes on where it was interrupted, and after an error waits longer each time."""

    def __init__(self, which: Callable[[], Engine | None] = engine):
        self.which = which
        self.making: Iterator[int] | None = None
        self.pause, self.not_before = 0.0, 0.0

    def keep(self) -> bool:
        """True if there is more to do."""
        index = self.which()
        if index is None or time.monotonic() < self.not_before:
            return False
        try:
            more = self.step(index)
        except Busy:
            return False
        except Exception as error:
            self.making = None
            self.pause = min(max(self.pause * 2, SHORTEST_PAUSE), LONGEST_PAUSE)
            self.not_before = time.monotonic() + self.pause
            troubles.note(index.name, error)
            if not isinstance(error, Unreachable):
                raise
            logger.warning("The search server is tried again in %s s: %s", self.pause, error)
            return False
        self.pause = 0.0
        return more

    def step(self, index: Engine) -> bool:
        if self.making is None and is_usable(index):
            return catch_up(index, TURN_SECONDS)
        self.making = self.making or rebuild(index)
        ends = time.monotonic() + TURN_SECONDS
        while next(self.making, None) is not None:
            if time.monotonic() > ends:
                return True
        self.making = None
        return True


keep = Keeper().keep
keep_server = Keeper(server).keep


def follow_time() -> None:
    """Rows that come to be public, or are not any more, because a day has come; files, because a page leads to them or does not."""
    for_each_engine(follow_time_in)


def for_each_engine(work: Callable[[Engine], None]) -> None:
    """What is done to one engine is done to the other also if this one is away."""
    for index in engines():
        try:
            if is_usable(index):
                work(index)
        except Unreachable as error:
            troubles.note(index.name, error)


def follow_time_in(index: Engine) -> None:
    rows = [kind for kind in kinds().values() if not kind.is_page and kind.cls in roots()]
    names = (*(kind.name for kind in rows), DOCUMENT)
    there = {(stored.key, stored.locale) for stored in index.stored(names) if stored.access == PUBLIC}
    public = {each for kind in rows for each in public_rows(kind)} | set(public_files())
    write(index, sorted({key for key, _locale in there ^ public}))


def public_files() -> Iterator[tuple[str, str]]:
    for language in CODES:
        yield from ((key_of(PortalDocument, pk), language) for pk in findable(language).values_list("pk", flat=True))


def public_rows(kind: Kind) -> Iterator[tuple[str, str]]:
    for language in CODES:
        with translation.override(language):
            yield from ((key_of(kind.cls, pk), language) for pk in kind.public(language).values_list("pk", flat=True))


@dataclass
class Findings:
    """Keys of what the index lacks, has too much, or has in another state than the database."""

    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    seen: int = 0

    def __bool__(self):
        return bool(self.keys)

    @property
    def keys(self) -> list[str]:
        return sorted({*self.missing, *self.surplus, *self.different})


def compare(index: Engine) -> Findings:
    """Index and database, chunk by chunk."""
    kept: dict[str, dict[str, str]] = {}
    for stored in index.stored():
        kept.setdefault(stored.key, {})[stored.locale] = stored.digest
    found = Findings()
    for keys in chunks():
        there: dict[str, dict[str, str]] = {}
        for document in documents_or_none(keys):
            there.setdefault(document.key, {})[document.locale] = document.digest
        for key, digests in there.items():
            found.seen += 1
            if key not in kept:
                found.missing.append(key)
            elif kept.pop(key) != digests:
                found.different.append(key)
    found.surplus += kept
    return found


def mend() -> None:
    """Once a day, for what leaves no event: a role in an organisation that ended, a row written past all signals."""
    for_each_engine(lambda index: write(index, compare(index).keys))
