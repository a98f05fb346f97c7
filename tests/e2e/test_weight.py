"""What a first visit costs: bytes as they come over the wire, requests, and whether anything jumps while it loads."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page

KB = 1000
TEXT_PAGES = [
    "/om-webbplatsen/tillganglighetsredogorelse/",
    "/en/knowledge/methods/one-question-one-hour/",
    "/kunskap/guider/sa-fragar-du-akademin/",
    "/en/knowledge/glossary/collaboration-arena/",
    "/hitta-kontakt/organisationer/hogskolan-vast/",
]
WITH_PICTURES = ["/nyheter/2024/04/29/strategisk-partnertraff-i-dromfabriken/", "/en/", "/kunskap/metoder/"]
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200 * KB, "uploadThroughput": 90 * KB}
ASKED = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map(entry => [entry.name, entry.encodedBodySize])"""
WATCH_SHIFTS = """window.shifted = 0
new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shifted += entry.value }))
    .observe({type: 'layout-shift', buffered: true})"""


@pytest.fixture
def stranger(context: BrowserContext) -> Page:
    """Somebody who has never been here, on a telephone network. A slow processor is a busy one, until its context is closed."""
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(WATCH_SHIFTS)
    return page


def asked(page: Page, address: str) -> dict[str, int]:
    """The bytes of each answer that the first view of a page needs, as they were sent."""
    page.goto(address, wait_until="networkidle")
    return dict(page.evaluate(ASKED))


def too_heavy(page: Page) -> list[dict[str, int]]:
    """What a page needs beside its pictures and the icon of its tab, if that is more than a page of text may need."""
    sizes = {name: size for name, size in page.evaluate(ASKED) if not re.search(r"/media/|/icon\.", name)}
    fonts = sum(size for name, size in sizes.items() if name.endswith(".woff2"))
    everything = sum(sizes.values())
    return [sizes] if everything - fonts > 25 * KB or everything > 75 * KB or len(sizes) > 8 else []


@pytest.mark.parametrize("address", TEXT_PAGES)
def test_a_page_of_text_is_light(stranger, address):
    assert any(name.endswith(".woff2") and size > 0 for name, size in asked(stranger, address).items())
    assert too_heavy(stranger) == []


@pytest.mark.parametrize("address", WITH_PICTURES[:1])
def test_an_article_with_a_picture_is_light_too(stranger, address):
    sizes = asked(stranger, address)
    assert any(name.endswith(".avif") for name in sizes)
    assert sum(sizes.values()) <= 120 * KB, sizes


@pytest.mark.parametrize("address", [*TEXT_PAGES, *WITH_PICTURES])
def test_nothing_jumps_while_a_page_loads(stranger, address):
    stranger.goto(address, wait_until="networkidle")
    stranger.evaluate("document.fonts.ready")
    assert stranger.evaluate("window.shifted") < 0.001


def test_a_jump_would_be_seen(stranger):
    stranger.goto(TEXT_PAGES[0], wait_until="networkidle")
    stranger.evaluate("document.querySelector('main').prepend(Object.assign(document.createElement('h2'), {innerText: 'Nytt'}))")
    stranger.wait_for_function("window.shifted > 0.001")
