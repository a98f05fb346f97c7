"""What every test may ask for. The whole demo is in the database of every test that has one.

A test that needs real transactions (``transaction=True``) empties the database and runs last: it loads what it needs.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings, teardown_databases
from django.utils import translation
from wagtail import hooks
from wagtail.models import Locale, Page

from cms import frame
from cms.demo.rows import key_of
from cms.events import ContentEvent

from .indexes import follow_what_is_saved
from .kept import loaded_database
from .own_site import OwnSite, with_demo


def pytest_configure(config):
    """Files that tests write lie in a folder of their own, never among those of the running site."""
    folder = config.rootpath / "var" / "test"
    settings.MEDIA_ROOT = folder / "media"
    settings.ORIGINALS_ROOT = folder / "originals"
    settings.STATIC_ROOT = folder / "static"
    settings.SEARCH_ROOT = folder / f"search-{os.getpid()}"
    settings.SEARCHES_FILE = folder / f"searches-{os.getpid()}.jsonl"
    settings.STORAGES["default"]["OPTIONS"]["location"] = str(settings.ORIGINALS_ROOT)
    plain_names = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # also where a demo has been collected
    override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain_names}).enable()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A site of its own is a copy of the loaded database, which a test with real transactions leaves empty."""
    items.sort(key=lambda item: "own_site" not in item.fixturenames)
    if connection.vendor == "postgresql":
        for item in items:
            if not asks_a_database(item):
                item.add_marker(pytest.mark.skip(reason="asks no database: run on SQLite"))


def asks_a_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "own_site", "live_server"}
    return not fixtures.isdisjoint(item.fixturenames) or any(item.iter_markers("django_db")) or any(item.iter_markers("postgres"))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker) -> Iterator[None]:
    """The demo in the test database, which is made for any test: one with a site of its own copies it."""
    with django_db_blocker.unblock():
        made = loaded_database()
    hooks.search_for_hooks()  # which loading the demo does, and copying it does not
    yield
    settings.SEARCHES_FILE.unlink(missing_ok=True)
    shutil.rmtree(settings.BASE_DIR / "var" / "test" / f"search-{os.getpid()}", ignore_errors=True)
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


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


@pytest.fixture
def alone(monkeypatch) -> None:
    """As if no test of another worker were in the middle of a transaction: on PostgreSQL nothing is remembered meanwhile."""
    newest = ContentEvent.objects.order_by("-pk").values_list("pk", "at")
    monkeypatch.setattr(frame, "newest_event", lambda: newest.first() or ())


@pytest.fixture
def cost(client, alone) -> Callable[[str], int]:
    """How many queries an address costs a visitor, when only the frame that all pages share is known."""

    def count(url: str) -> int:
        client.get(url)  # what a process learns once, types of content and templates, is no cost of a page
        cache.clear()
        frame.forget()
        client.get("/" if url.startswith("/en/") else "/en/")
        client.get("/en/" if url.startswith("/en/") else "/")
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        return len(queries)

    return count
