"""The worker keeps its promises: in time, each on its own, and whatever happens to it."""

import datetime
import signal
import sys
import time
from pathlib import Path

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.utils import timezone
from wagtail.models import Page

from cms import health, schedule
from cms.events import ContentEvent
from cms.management.commands import worker
from cms.renditions import FORMATS

from .scratch import news, news_list, reread

SOON = datetime.timedelta(minutes=30)


def planned(title: str, below: Page, **times) -> Page:
    """News that is approved for publication at a time to come."""
    page = news(title, datetime.date(2026, 5, 1), below, live=False)
    for name, moment in times.items():
        setattr(page, name, moment)
    page.save_revision().publish()
    assert not reread(page).live
    return page


def test_what_is_planned_appears_when_its_time_comes(client, db):
    page = planned("Snart", news_list("Planerat"), go_live_at=timezone.now() + SOON)
    schedule.publish_and_expire()
    assert client.get(page.get_url()).status_code == 404
    with time_machine.travel(timezone.now() + 2 * SOON):
        schedule.publish_and_expire()
        assert client.get(reread(page).url).status_code == 200
    assert ContentEvent.objects.filter(object_id=page.pk, action="saved").exists()


def test_what_has_expired_comes_down(client, db):
    page = news("Kort", datetime.date(2026, 5, 1), news_list("Planerat"), expire_at=timezone.now() + SOON)
    page.save_revision().publish()
    assert client.get(page.url).status_code == 200
    with time_machine.travel(timezone.now() + 2 * SOON):
        schedule.publish_and_expire()
    assert client.get(page.url).status_code == 404
    assert reread(page).expired


def test_what_came_and_went_while_the_worker_was_off_does_not_stay_up(db):
    moment = timezone.now() + SOON
    page = planned("Missad", news_list("Planerat"), go_live_at=moment, expire_at=moment + datetime.timedelta(minutes=5))
    with time_machine.travel(moment + SOON):
        schedule.publish_and_expire()
    assert not reread(page).live


def test_a_page_that_cannot_be_published_holds_up_nobody(db, caplog):
    section, moment = news_list("Planerat"), timezone.now() + SOON
    broken = planned("Trasig", section, go_live_at=moment)
    whole = planned("Hel", section, go_live_at=moment + datetime.timedelta(seconds=1))
    revision = broken.revisions.get(approved_go_live_at=moment)
    revision.content["title"] = ""
    revision.save()
    with time_machine.travel(moment + SOON):
        schedule.publish_and_expire()
    assert reread(whole).live
    assert not reread(broken).live
    assert broken.revisions.filter(approved_go_live_at=moment).exists(), "it is tried again"
    assert "could not be published" in caplog.text


def test_a_job_that_fails_is_logged_and_the_others_go_on(caplog):
    done = []
    work = [worker.Job("first", 60, lambda: 1 / 0), worker.Job("second", 60, lambda: done.append("second"))]
    for job in work:
        job.run()
    assert done == ["second"]
    assert "The job first failed." in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert work[0].due > time.monotonic() + 50, "it does not run hot"


def test_what_is_of_no_more_use_is_forgotten(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    Session.objects.create(session_key="old", expire_date=timezone.now() - SOON)
    Session.objects.create(session_key="new", expire_date=timezone.now() + SOON)
    AccessAttempt.objects.create(username="somebody", ip_address="127.0.0.1", failures_since_start=1)
    AccessAttempt.objects.update(attempt_time=timezone.now() - SOON)
    AccessAttempt.objects.create(username="else", ip_address="127.0.0.1", failures_since_start=1)
    for job in worker.jobs():
        if job.name in ("old sessions", "attempts to sign in"):
            job.run()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["else"]


def wait_for(condition, process, seconds: float = 90):
    """Until it holds, while the process lives."""
    end = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end
        time.sleep(0.05)


def made(site) -> int:
    return len(list((site.folder / "media").rglob("*.webp")))


LAST_TWO = """
from cms.events import ContentEvent, ReaderCursor
from cms.media import PortalRendition
PortalRendition.objects.all().delete()
pictures = ContentEvent.objects.filter(model="cms.PortalImage", action="saved").order_by("-pk")
last = dict.fromkeys(event.object_id for event in pictures)
first = pictures.filter(object_id__in=list(last)[:2]).last()
ReaderCursor.objects.update_or_create(reader="renditions", defaults={"last_event": first.pk - 1})
print(len(set(pictures.filter(pk__gte=first.pk).values_list("object_id", flat=True))))
"""
WHAT_IS_THERE = """
from cms.events import ContentEvent, ReaderCursor
from cms.media import PortalRendition
rows = list(PortalRendition.objects.all())
files = sum(row.file.storage.exists(row.file.name) for row in rows)
print(len(rows), files, ReaderCursor.objects.get(reader="renditions").last_event == ContentEvent.objects.last().pk)
"""


def test_killed_in_the_middle_it_loses_nothing(own_site):
    waiting = int(own_site.ask(LAST_TWO))
    process = own_site.start("manage.py", "worker")
    wait_for(lambda: made(own_site) >= 2, process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    rows, files, read_on = own_site.ask(WHAT_IS_THERE).split()
    assert rows == files
    assert int(rows) < waiting * len(FORMATS), "it was killed before the end"
    assert read_on == "False"
    assert own_site.manage("worker", "--once").returncode == 0
    assert own_site.ask(WHAT_IS_THERE).split() == [str(waiting * len(FORMATS))] * 2 + ["True"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_asked_to_stop_it_ends_at_once_and_it_is_small(own_site):
    process = own_site.start("manage.py", "worker")
    wait_for((own_site.folder / "worker-beat").exists, process)
    wait_for(lambda: made(own_site) >= 1, process)
    status = Path(f"/proc/{process.pid}/status").read_text()
    resident = int(status.partition("VmRSS:")[2].split()[0]) // 1024
    process.terminate()
    assert process.wait(15) == 0
    assert resident < 170, f"{resident} MB"


def test_the_beat_is_what_readiness_reads(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert health.worker_problem()
    next(job for job in worker.jobs() if job.name == "beat").run()
    assert not health.worker_problem()
