"""How often what a calendar shows of something has changed, so that the calendars of visitors know which version is the newest."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models.signals import post_save
from django.utils import timezone, translation
from wagtail.models import Page

from cms.kinds import Kind, kind_of, lasting_id


class CalendarEntry(models.Model):
    """One thing in one language as calendars know it. It stays when the thing is gone: what comes back has not been seen before."""

    uid = models.UUIDField(primary_key=True)
    sequence = models.PositiveIntegerField(default=0)
    shown = models.CharField(max_length=64)  # a digest of what calendars show
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "cms"

    def __str__(self):
        return f"{self.uid}: {self.sequence}"


def shown_of(item: models.Model, kind: Kind) -> str:
    calendar = kind.calendar
    moments = [value and value.timestamp() for value in (getattr(item, calendar.starts), getattr(item, calendar.ends))]
    words = [item.title, getattr(item, kind.summary), getattr(item, "url_path", ""), getattr(item, calendar.all_day)]
    said = [calendar.said(item, name) for name in ("place", "cancelled", "text")]
    return hashlib.sha256(repr([moments, words, said]).encode()).hexdigest()


def on_save(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    """In the transaction of the change itself. A draft that nobody has seen changes nothing: only some of its fields are saved."""
    kind = None if raw or update_fields else kind_of(sender)
    if kind is None or not kind.calendar or not getattr(instance, "live", True):
        return
    language = instance.locale.language_code if isinstance(instance, Page) else settings.LANGUAGE_CODE
    uid = lasting_id(instance, language)
    with translation.override(language):
        shown = shown_of(instance, kind)
    _, is_new = CalendarEntry.objects.get_or_create(uid=uid, defaults={"shown": shown})
    if not is_new:
        older = CalendarEntry.objects.filter(uid=uid).exclude(shown=shown)
        older.update(sequence=models.F("sequence") + 1, shown=shown, changed_at=timezone.now())


def connect() -> None:
    post_save.connect(on_save, dispatch_uid="samverka-calendar-entries")
