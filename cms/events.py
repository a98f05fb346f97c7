"""The only record of change: one row for each thing that changed, written in the same transaction as the change.

Search index, webhooks, change feed and page cache are readers, each with a cursor of its own. A reader that dies reads the
same events again; an event is never lost, so a reader must bear to see one twice.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction
from django.db.models.expressions import RawSQL
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.search.index import class_is_indexed
from wagtail.signals import post_page_move

from cms.kinds import kind_of

recorded = Signal()
"""Sent when events are written, before their transaction ends: for who would rather not wait for a reader's next turn."""


class ContentEvent(models.Model):
    """One thing that changed. ``object_id`` stays when the thing is gone; no name or text is kept."""

    SAVED, DELETED = "saved", "deleted"

    at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=10, choices=[(SAVED, SAVED), (DELETED, DELETED)])
    model = models.CharField(max_length=100)
    object_id = models.CharField(max_length=40)
    translation_key = models.UUIDField(null=True)
    language = models.CharField(max_length=10, blank=True)
    transaction_id = models.BigIntegerField(null=True)

    class Meta:
        app_label = "cms"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.action} {self.model} {self.object_id}"


class ReaderCursor(models.Model):
    """How far a reader has come."""

    reader = models.CharField(max_length=50, unique=True)
    last_event = models.BigIntegerField(default=0)

    class Meta:
        app_label = "cms"

    def __str__(self):
        return f"{self.reader}: {self.last_event}"


def record(instances: Iterable[models.Model], action: str = ContentEvent.SAVED) -> None:
    """Write events for what changed without a signal: a move, a restriction, ``queryset.update``."""
    events = ContentEvent.objects.bulk_create([event_of(instance, action) for instance in instances], batch_size=500)
    recorded.send(ContentEvent, events=events)


def event_of(instance: models.Model, action: str) -> ContentEvent:
    is_page = isinstance(instance, Page)
    locale = getattr(instance, "locale", None) if is_page else None
    return ContentEvent(
        action=action,
        model=instance.cached_content_type.model_class()._meta.label
        if is_page and instance.cached_content_type.model_class()
        else instance._meta.label,
        object_id=str(instance.pk),
        translation_key=getattr(instance, "translation_key", None),
        language=locale.language_code if locale else "",
        transaction_id=RawSQL("pg_current_xact_id()::text::bigint", []) if connection.vendor == "postgresql" else None,
    )


def settled() -> models.QuerySet[ContentEvent]:
    """Events that no running transaction can still slip a lower id in among: on PostgreSQL ids are not in commit order."""
    events = ContentEvent.objects.order_by("pk")
    if connection.vendor == "postgresql":
        events = events.extra(where=["transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"])
    return events


def newest_event() -> tuple | None:
    """What tells one state of the content from every other; None while a change is under way that could still slip in before it."""
    newest = ContentEvent.objects.order_by("-pk")
    if connection.vendor == "postgresql":
        newest = newest.extra(select={"settled": "transaction_id <= pg_snapshot_xmin(pg_current_snapshot())::text::bigint"})
        row = newest.values_list("pk", "at", "settled").first()
        return (row[:2] if row[2] else None) if row else ()
    return newest.values_list("pk", "at").first() or ()


@contextmanager
def read(reader: str, limit: int = 500) -> Iterator[list[ContentEvent]]:
    """The next events for a reader. The cursor moves only when the block ends without an error."""
    with transaction.atomic():
        cursor, _ = ReaderCursor.objects.select_for_update().get_or_create(reader=reader)
        events = list(settled().filter(pk__gt=cursor.last_event)[:limit])
        yield events
        if events:
            cursor.last_event = events[-1].pk
            cursor.save(update_fields=["last_event"])


def watched(sender: type[models.Model]) -> bool:
    """Pages, what decides how they are reached, what is searched, and the rows whose model asks for it or that are a kind."""
    return (
        issubclass(sender, Page | Site | Locale | BaseSiteSetting)
        or getattr(sender, "has_events", False)
        or kind_of(sender) is not None
        or bool(class_is_indexed(sender))
    )


def on_save(sender, instance, raw=False, **kwargs) -> None:
    if not raw and watched(sender):
        record([instance])


def on_delete(sender, instance, **kwargs) -> None:
    if watched(sender) and (sender is Page or not issubclass(sender, Page)):
        record([instance], ContentEvent.DELETED)


def on_move(instance, **kwargs) -> None:
    """A move rewrites the address of every page below, row by row in SQL."""
    record(instance.get_descendants(inclusive=True).select_related("locale"))


def on_restriction(instance, **kwargs) -> None:
    """Closing or opening a page closes or opens its whole subtree."""
    record(instance.page.get_descendants(inclusive=True).select_related("locale"))


def connect() -> None:
    post_save.connect(on_save, dispatch_uid="samverka-events-save")
    post_delete.connect(on_delete, dispatch_uid="samverka-events-delete")
    post_page_move.connect(on_move, dispatch_uid="samverka-events-move")
    for signal in (post_save, post_delete):
        signal.connect(on_restriction, sender=PageViewRestriction, dispatch_uid="samverka-events-restriction")
