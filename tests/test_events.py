"""The outbox: whatever changes leaves a row in the same transaction, and a reader misses none."""

import signal
import threading
import time

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from wagtail.models import Page, PageViewRestriction

from cms.events import ContentEvent, read, record
from cms.vocabulary.models import Topic
from tests.test_search_killed import COMPARED


def since(start: int) -> list[tuple[str, str]]:
    return list(ContentEvent.objects.filter(pk__gt=start).values_list("action", "object_id"))


def last() -> int:
    return ContentEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_saving_publishing_and_deleting_a_page_leave_events(page):
    news, start = page("portal-opens"), last()
    news.save_revision().publish()
    assert ("saved", str(news.pk)) in since(start)
    event = ContentEvent.objects.order_by("-pk").filter(object_id=str(news.pk)).first()
    assert (event.model, event.language, event.translation_key) == ("knowledge.NewsPage", "sv", news.translation_key)
    start, key = last(), str(news.pk)
    news.delete()
    assert ("deleted", key) in since(start)


def test_deleting_a_section_leaves_an_event_for_every_page_below(page):
    section, start = page("about-this-site"), last()
    keys = {str(key) for key in section.get_descendants(inclusive=True).values_list("pk", flat=True)}
    section.delete()
    assert {key for action, key in since(start) if action == "deleted"} >= keys


def test_moving_a_section_leaves_an_event_for_every_page_below(page):
    section, start = page("guides"), last()
    section.move(page("about-us"), "last-child")
    below = {str(key) for key in section.get_descendants(inclusive=True).values_list("pk", flat=True)}
    assert below <= {key for _, key in since(start)}


def test_a_changed_slug_leaves_an_event_for_every_page_below(page):
    section, start = page("guides"), last()
    section.slug = "handbocker"
    section.save()
    below = {str(key) for key in section.get_descendants(inclusive=True).values_list("pk", flat=True)}
    assert below <= {key for _, key in since(start)}


def test_closing_a_section_and_opening_it_again_leave_events_for_every_page_below(page):
    section, start = page("about-us"), last()
    below = {str(key) for key in section.get_descendants(inclusive=True).values_list("pk", flat=True)}
    restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert below <= {key for _, key in since(start)}
    start = last()
    restriction.delete()
    assert below <= {key for _, key in since(start)}


def test_vocabulary_rows_leave_events_and_users_do_not(db):
    start = last()
    topic = Topic.objects.create(code="new-topic", name_sv="Nytt", name_en="New")
    Group.objects.create(name="Nobody")
    assert since(start) == [("saved", str(topic.pk))]


def test_an_event_is_undone_with_its_change(page):
    news, start = page("portal-opens"), last()

    class Killed(Exception):
        pass

    @transaction.atomic
    def killed_after_saving():
        news.title = "Never seen"
        news.save()
        assert since(start)
        raise Killed

    with pytest.raises(Killed):
        killed_after_saving()
    assert since(start) == []
    assert Page.objects.get(pk=news.pk).title != "Never seen"


SAVED_AND_KILLED = """
import os, signal
from django.db import transaction
from django.db.models.signals import post_save
from cms import events
from home.models import StandardPage

def kill(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def before_the_outbox(sender, **kwargs):
    {moment}

post_save.disconnect(dispatch_uid="samverka-events-save")
post_save.connect(before_the_outbox, sender=StandardPage)
events.connect()
page = StandardPage.objects.get(slug="kakor")
page.title = "Sparad och dödad"
page.save()
"""
FOUND = """
from cms.events import ContentEvent
from home.models import StandardPage
page = StandardPage.objects.get(slug="kakor")
print(page.title == "Sparad och dödad", ContentEvent.objects.filter(pk__gt={last}, object_id=page.pk).count())
"""
MOMENTS = {  # of a save: what is there afterwards, the change and its event
    "kill()": "False 0",
    "events.recorded.connect(kill, weak=False)": "False 0",
    "transaction.on_commit(kill)": "True 1",
}


def test_a_process_killed_while_it_saves_leaves_the_change_and_its_event_or_neither(own_site):
    """Between the row and its event, between the event and the commit, and at the commit, before any other signal."""
    last = own_site.ask("from cms.events import ContentEvent; print(ContentEvent.objects.latest('pk').pk)")
    for moment, found in MOMENTS.items():
        killed = own_site.manage("shell", "--no-imports", "--command", SAVED_AND_KILLED.format(moment=moment))
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert own_site.ask(FOUND.format(last=last)) == found, moment
    assert own_site.ask(COMPARED) == "[]", "what was saved is found, whoever was killed"


def test_no_name_is_kept_in_an_event(page):
    fields = {field.name for field in ContentEvent._meta.get_fields()}
    assert fields == {"id", "at", "action", "model", "object_id", "translation_key", "language", "transaction_id"}


@pytest.mark.skipif(connection.vendor == "postgresql", reason="a reader is given what is committed, and a test never commits")
def test_a_reader_goes_on_where_it_ended_and_sees_again_what_it_failed_on(page):
    with read("test") as events:
        assert events
    while True:
        with read("test") as events:
            if not events:
                break
    news = page("portal-opens")
    record([news])

    def fail_while_reading():
        with read("test") as events:
            assert [event.object_id for event in events] == [str(news.pk)]
            raise IntegrityError("the index is away")

    with pytest.raises(IntegrityError):
        fail_while_reading()
    with read("test") as events:
        assert [event.object_id for event in events] == [str(news.pk)]
    with read("test") as events:
        assert events == []


@pytest.mark.postgres
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_a_reader_waits_for_a_slower_transaction_with_a_lower_id():
    """One transaction takes a lower id and commits last: reading between the two would lose its event."""
    wrote, may_commit = threading.Event(), threading.Event()
    caught_up = False
    while not caught_up:
        with read("test") as events:
            caught_up = not events

    def slow():
        with transaction.atomic():
            Topic.objects.create(code="slow", name_sv="Sakta", name_en="Slow")
            wrote.set()
            may_commit.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert wrote.wait(10)
    Topic.objects.create(code="fast", name_sv="Snabb", name_en="Fast")
    with read("test") as events:
        early = [event.object_id for event in events if event.model == "vocabulary.Topic"]
    may_commit.set()
    thread.join(10)
    late, deadline = [], time.monotonic() + 60
    while not late and time.monotonic() < deadline:  # a test of another worker may be in the middle of an older transaction
        with read("test") as events:
            late = [event.object_id for event in events if event.model == "vocabulary.Topic"]
    slow_id, fast_id = (str(Topic.objects.get(code=code).pk) for code in ("slow", "fast"))
    assert early == []
    assert late == [slow_id, fast_id]
