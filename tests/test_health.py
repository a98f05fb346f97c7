"""Whoever watches over the portal gets a true answer, and no secret."""

import os
import subprocess
import sys
import time

import pytest

from cms import health

from .own_site import ROOT


@pytest.fixture
def watched(db, settings, tmp_path):
    """A portal whose worker has just been seen, with folders of its own."""
    settings.DATA_DIR, settings.MEDIA_ROOT, settings.ORIGINALS_ROOT = tmp_path, tmp_path / "media", tmp_path / "originals"
    health.beat()
    return tmp_path


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_it_answers_outside_languages_and_is_never_kept(client, watched, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert client.get(f"/en{address}/").status_code == 404


def test_a_worker_that_was_never_seen_is_missed(client, watched):
    (watched / "worker-beat").unlink()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "manage.py worker" in answer.json()["worker"]
    assert answer.json()["database"] == "ok"
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(("seconds", "status"), [(170, 200), (190, 503)])
def test_a_worker_is_missed_after_three_minutes(client, watched, seconds, status):
    then = time.time() - seconds
    os.utime(watched / "worker-beat", (then, then))
    assert client.get("/readyz").status_code == status


def test_a_disk_that_cannot_be_written_is_told(client, watched):
    (watched / "media").rmdir() if (watched / "media").exists() else None
    (watched / "media").write_text("in the way")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["disk"] == "cannot be written"


ASK = """
import django; django.setup()
from django.test import Client
for address in ("/healthz", "/readyz"):
    answer = Client(headers={"host": "localhost"}).get(address)
    print(answer.status_code, answer.text)
"""


def asked(tmp_path, **environment: str) -> list[str]:
    """What a portal of its own answers, in a process of its own."""
    known = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cms.settings"}
    answer = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env={**known, **environment}, capture_output=True, text=True, check=True
    )
    return answer.stdout.splitlines()


def test_a_database_without_its_tables_is_not_ready(tmp_path):
    alive, ready = asked(tmp_path)
    assert alive.startswith("200")
    assert ready.startswith("503")
    assert "to apply: manage.py migrate" in ready


def test_a_database_that_is_away_is_told_without_its_password(tmp_path):
    alive, ready = asked(tmp_path, DATABASE_URL="postgresql://somebody:hunter2@127.0.0.1:1/samverka")
    assert alive.startswith("200")
    assert ready.startswith("503")
    assert "does not answer" in ready
    assert "hunter2" not in ready
    assert "somebody" not in ready
