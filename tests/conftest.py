"""What every test may ask for. The whole demo is in the database of every test that has one.

A test that needs real transactions (``transaction=True``) empties the database and runs last: it loads what it needs.
"""

import hashlib
import io
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings, setup_databases, teardown_databases
from django.utils import timezone, translation
from wagtail.models import Locale, Page

from cms import frame
from cms.demo.rows import key_of
from cms.events import newest_event

from .indexes import demo_index, follow_what_is_saved
from .own_site import OwnSite, with_demo


def pytest_configure(config):
    """Files that tests write lie in a folder of their own, never among those of the running site."""
    folder = config.rootpath / "var" / "test"
    settings.MEDIA_ROOT = folder / "media"
    settings.ORIGINALS_ROOT = folder / "originals"
    settings.SEARCH_ROOT = folder / f"search-{os.getpid()}"
    settings.STORAGES["default"]["OPTIONS"]["location"] = str(settings.ORIGINALS_ROOT)
    plain_names = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # also where a demo has been collected
    override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain_names}).enable()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A site of its own is a copy of the loaded database, which a test with real transactions leaves empty."""
    items.sort(key=lambda item: "own_site" not in item.fixturenames)


MAKES_ROWS = [
    *(f"{parts}/{file}" for parts in ("*", "cms/*") for file in ("migrations/*.py", "models.py", "models/*.py")),
    *("cms/blocks/*.py", "cms/demo/**/*.py", "cms/demo/**/*.yaml"),
]


def kept_database() -> Path | None:
    """The migrated and loaded SQLite database of what rows are made by and from, kept from an earlier run of the same day."""
    if connection.vendor != "sqlite":
        return None
    sources = sorted({path for pattern in MAKES_ROWS for path in settings.BASE_DIR.glob(pattern)})
    surroundings = repr((settings.INSTALLED_APPS, timezone.localdate()))
    code = hashlib.sha256(b"".join(path.read_bytes() for path in sources) + surroundings.encode())
    return settings.BASE_DIR / "var" / "test" / f"demo-{code.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker) -> Iterator[None]:
    """The demo in the test database, which is made for any test: one with a site of its own copies it."""
    kept = kept_database()
    known = kept is not None and kept.exists()
    connection.settings_dict["TEST"]["MIGRATE"] = not known
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases=["default"])
        if known:
            with closing(sqlite3.connect(kept)) as database:
                connection.ensure_connection()
                database.backup(connection.connection)
            ContentType.objects.clear_cache()  # their keys are those of the kept database
        else:
            call_command("demo", "--without-translations", stdout=io.StringIO())
            keep(kept)
        demo_index(kept)
    yield
    shutil.rmtree(settings.BASE_DIR / "var" / "test" / f"search-{os.getpid()}", ignore_errors=True)
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def keep(kept: Path | None) -> None:
    if kept is None:
        return
    for old in sorted(kept.parent.glob("demo-*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-5]:
        old.unlink(missing_ok=True)
    new = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(new)) as database:
        connection.connection.backup(database)
    new.replace(kept)


@pytest.fixture(autouse=True)
def fresh():
    """Each test begins in Swedish, with nothing remembered."""
    cache.clear()
    frame.forget()
    translation.activate("sv")
    yield
    translation.activate("sv")


@pytest.fixture
def page(db) -> Callable[..., Page]:
    """A page of the demo by its id and language: ``page("guides", "en")``."""

    def find(page_id: str, language: str = "sv") -> Page:
        return Page.objects.get(translation_key=key_of(page_id), locale__language_code=language).specific

    return find


@pytest.fixture
def sv(db) -> Locale:
    return Locale.objects.get(language_code="sv")


@pytest.fixture
def en(db) -> Locale:
    return Locale.objects.get(language_code="en")


@pytest.fixture
def signed_in(db) -> Callable[[str], Client]:
    """A client signed in as one of the demo's accounts: admin, editor, reviewer, translator, steward."""

    def sign_in(username: str) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def indexing(db, settings, tmp_path) -> Iterator[None]:
    """The search finds what the test has just saved. In any other test it finds the demo as it was loaded."""
    with follow_what_is_saved(settings, tmp_path):
        yield


@pytest.fixture
def own_site(django_db_setup, django_db_blocker, tmp_path) -> Iterator[OwnSite]:
    """The demo as a site of its own, for tests with real commands and processes."""
    with django_db_blocker.unblock(), with_demo(tmp_path) as site:
        yield site


def wait_for_older_transactions() -> None:
    """On PostgreSQL nothing is remembered while a transaction of another worker's test, older than ours, could still write."""
    for _ in range(1200):
        if newest_event() is not None:
            return
        time.sleep(0.05)


@pytest.fixture
def cost(client) -> Callable[[str], int]:
    """How many queries an address costs a visitor, when only the frame that all pages share is known."""

    def count(url: str) -> int:
        client.get(url)  # what a process learns once, types of content and templates, is no cost of a page
        cache.clear()
        frame.forget()
        wait_for_older_transactions()
        client.get("/" if url.startswith("/en/") else "/en/")
        client.get("/en/" if url.startswith("/en/") else "/")
        wait_for_older_transactions()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        return len(queries)

    return count
