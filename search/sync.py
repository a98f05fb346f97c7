"""The index follows the content: it reads the outbox; what changed is read anew and written to the index.

How far it has come lies in the index itself and is written together with the documents, so that whatever is killed, damaged or
restored, the two never disagree. Reading an event twice does no harm.
"""

import logging
import time
from collections.abc import Iterable
from itertools import batched

from django.apps import apps
from django.db import Error, transaction
from django.db.models import Model
from wagtail.models import Page

from cms.events import ContentEvent, settled
from cms.kinds import kinds
from search.documents import documents_at, key_of, roots
from search.edition import Position, read_as_made
from search.engines import engine
from search.engines.base import Busy, Document, Index, Unavailable
from search.files.keeping import led_to_by

logger = logging.getLogger(__name__)

EVENTS, OBJECTS = 200, 20  # read, and written, at once
WAIT = 5  # seconds for another who writes
AT_ONCE_SECONDS, AT_ONCE_OBJECTS, AT_ONCE_WAIT = 0.3, 40, 0.1  # what an editor waits for at most


class Later(Exception):
    """This is more than can be done now."""


def catch_up(index: Index, seconds: float = float("inf"), at_once: bool = False) -> bool:
    """Bring the index up to date. True if the time was over before.

    ``at_once`` is while somebody waits: what takes longer than the time is not begun, or given up, and left to the worker.
    """
    ends = time.monotonic() + seconds
    read_as_made(index)
    while True:
        since = Position.read(index.position)
        events = list(settled().filter(pk__gt=since.event)[:EVENTS])
        if not events:
            return False
        keys = changed(index, events)
        if at_once and len(keys) > AT_ONCE_OBJECTS:
            return True
        try:
            write(index, keys, ends if at_once else None)
            with index.writing(AT_ONCE_WAIT if at_once else WAIT):
                move(index, since, Position.of(events[-1], since.edition))
        except Later:
            return True
        if time.monotonic() > ends:
            return True
        if at_once and len(events) < EVENTS:
            return False


def move(index: Index, since: Position, to: Position) -> None:
    """Only forward, and only from where the events were read: another index may have been published meanwhile."""
    if since.event <= Position.read(index.position).event < to.event:
        index.move(str(to))


def changed(index: Index, events: Iterable[ContentEvent]) -> list[str]:
    """The keys of what the events are of, and of what says something of it."""
    keys = list(dict.fromkeys(key_at(event.model, event.object_id) for event in events))
    indexed = {root._meta.label_lower for root in roots()}
    own = [key for key in keys if key.partition(":")[0] in indexed]
    if any(map(may_close_rows, events)):
        own += [key for key in all_rows() if key not in own]
    own += [key for key in led_to_by(own) if key not in own]
    return [*own, *sorted(index.referring(keys) - set(own))]


def may_close_rows(event: ContentEvent) -> bool:
    """Whether it is of a page that shows rows at addresses of their own, or of one that is gone: with it they open and close."""
    model = model_at(event.model)
    if model and not issubclass(model, Page):
        return False
    return not model or event.action == ContentEvent.DELETED or getattr(model, "one_in_each_language", False)


def all_rows() -> list[str]:
    rows = [kind.cls for kind in kinds().values() if not kind.is_page and kind.cls in roots()]
    return [key_of(model, pk) for model in rows for pk in model._default_manager.values_list("pk", flat=True)]


def model_at(label: str) -> type[Model] | None:
    """None for one that is gone: it can only be a page of a plugin."""
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def key_at(label: str, pk: str) -> str:
    return key_of(model_at(label) or Page, pk)


def write(index: Index, keys: list[str], ends: float | None = None) -> None:
    """Each is read while nobody else can write to the index, so what is written last is what was true last."""
    for some in batched(keys, OBJECTS):
        with index.writing(AT_ONCE_WAIT if ends else WAIT):
            replace(index, some)
            if ends and time.monotonic() > ends:
                raise Later


def replace(index: Index, keys: Iterable[str]) -> None:
    documents = documents_or_none(list(keys))
    index.delete(set(keys) - {document.key for document in documents})
    index.upsert(documents)


def documents_or_none(keys: list[str]) -> list[Document]:
    """One object that cannot be read, of a plugin with an error perhaps, holds up no other: it cannot be found until it can."""
    try:
        return documents_at(keys)
    except Error:  # the database's: not the object's fault
        raise
    except Exception:
        if len(keys) == 1:
            logger.exception("%s cannot be read for the search, and will not be found.", keys[0])
            return []
        return [document for key in keys for document in documents_or_none([key])]


# At once, for whoever saves


def on_recorded(**kwargs) -> None:
    """Outside a transaction what belongs to an object may not be saved yet: then the worker reads it, two seconds later."""
    connection = transaction.get_connection()
    if connection.in_atomic_block and all(entry[1] is not follow for entry in connection.run_on_commit):
        transaction.on_commit(follow, robust=True)


def follow() -> None:
    try:
        catch_up(engine(), AT_ONCE_SECONDS, at_once=True)
    except (Busy, Unavailable) as error:
        logger.info("The index is left to the worker: %s", error)
