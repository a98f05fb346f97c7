"""A browser, and a portal of its own for it: the real server with its worker, on a copy of the demo."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import BrowserContext, Page, expect

from cms.demo.management.commands.demo import PASSWORD

from .site import served

expect.set_options(timeout=20_000)  # a busy machine is no error

HERE = Path(__file__).parent
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """Who walks through the whole site sets out first, so that nobody waits for him at the end."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)
    items.sort(key=lambda item: "watched" not in item.fixturenames)


@pytest.fixture(scope="session")
def base_url(tmp_path_factory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("portal")) as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    return {"executable_path": os.environ.get("CHROMIUM") or "/usr/bin/chromium", "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(base_url) -> dict:
    return {"base_url": base_url, "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(params=["sv", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture
def words(language) -> Callable[..., str]:
    """What the portal or its admin says in the language of the test: ``words("Menu")``."""

    def say(text: str, **values) -> str:
        with translation.override(language):
            return gettext(text) % values if values else gettext(text)

    return say


@pytest.fixture
def visitor(context: BrowserContext) -> Page:
    """A window of somebody who has never been here. (``page`` is a page of the demo, as in every other test.)"""
    return context.new_page()


@pytest.fixture
def desk(new_context: Callable[..., BrowserContext], language, words) -> Callable[[str], Page]:
    """Somebody of the demo, signed in to an admin in the language of the test."""

    def sit(username: str) -> Page:
        page = new_context(locale={"sv": "sv-SE", "en": "en-GB"}[language]).new_page()
        page.goto("/admin/")
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name=words("Sign in")).click()
        page.wait_for_url(re.compile(r":\d+/admin/$"))
        return page

    return sit
