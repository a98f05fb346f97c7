"""Whoever comes, with whatever eyes, screen or wish to be left alone: what axe finds, what overflows, what is asked of others."""

import urllib.request
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import RequestFactory
from playwright.sync_api import Browser, BrowserContext, Page

from cms.translation import errors

from .test_weight import too_heavy

PAIRS = {
    "front page": ("/", "/en/"),
    "section": ("/kunskap/", "/en/knowledge/"),
    "text": ("/om-webbplatsen/tillganglighetsredogorelse/", "/en/about-this-site/accessibility-statement/"),
    "area": ("/processer-och-metoder/", "/en/processes-and-methods/"),
    "guides": ("/kunskap/guider/", "/en/knowledge/guides/"),
    "guide": ("/kunskap/guider/strategiska-partnerskap/", "/en/knowledge/guides/strategic-partnerships/"),
    "chapter": (
        "/kunskap/guider/strategiska-partnerskap/sa-etablerar-ni-partnerskapet/",
        "/en/knowledge/guides/strategic-partnerships/how-to-establish-the-partnership/",
    ),
    "whole guide": (
        "/kunskap/guider/skriv-sa-att-alla-forstar/?view=all",
        "/en/knowledge/guides/write-so-that-everyone-understands/?view=all",
    ),
    "chosen facets": ("/kunskap/metoder/?phase=create&difficulty=easy", "/en/knowledge/methods/?phase=create&difficulty=easy"),
    "nothing fits": ("/kunskap/metoder/?minutes=30&difficulty=hard", "/en/knowledge/methods/?minutes=30&difficulty=hard"),
    "method": ("/kunskap/metoder/en-fraga-en-timme/", "/en/knowledge/methods/one-question-one-hour/"),
    "news": ("/nyheter/", "/en/news/"),
    "month": ("/nyheter/2026/10/", "/en/news/2026/10/"),
    "news item": (
        "/nyheter/2024/04/29/strategisk-partnertraff-i-dromfabriken/",
        "/en/news/2024/04/29/strategic-partner-meeting-at-dromfabriken/",
    ),
    "calendar": ("/motesplatser/kalender/", "/en/meeting-places/calendar/"),
    "calendar month": ("/motesplatser/kalender/2024/04/", "/en/meeting-places/calendar/2024/04/"),
    "event": (
        "/motesplatser/kalender/2024/04/strategisk-partnertraff/",
        "/en/meeting-places/calendar/2024/04/strategic-partner-meeting/",
    ),
    "checklist": ("/kunskap/checklistor/partnertraff/", "/en/knowledge/checklists/partner-meeting/"),
    "case": ("/kunskap/exempel/tre-fragor/", "/en/knowledge/cases/three-questions/"),
    "toolbox": ("/kunskap/verktygslador/ordna-en-partnertraff/", "/en/knowledge/toolboxes/host-a-partner-meeting/"),
    "glossary": ("/kunskap/ordlista/", "/en/knowledge/glossary/"),
    "term": ("/kunskap/ordlista/samverkansarena/", "/en/knowledge/glossary/collaboration-arena/"),
    "project": ("/motesplatser/projekt/kunskap-nara/", "/en/meeting-places/projects/knowledge-close-by/"),
    "network": ("/motesplatser/natverk/processledare-som-mots/", "/en/meeting-places/networks/facilitators-who-meet/"),
    "partnerships": ("/hitta-kontakt/partnerskap/", "/en/find-contact/partnerships/"),
    "film": (
        "/kunskap/guider/fran-samtal-till-samarbete/?view=all",
        "/en/knowledge/guides/from-conversation-to-collaboration/?view=all",
    ),
    "directory": ("/hitta-kontakt/", "/en/find-contact/"),
    "organisations": ("/hitta-kontakt/organisationer/", "/en/find-contact/organisations/"),
    "organisation": ("/hitta-kontakt/organisationer/hogskolan-vast/", "/en/find-contact/organisations/university-west/"),
    "people": ("/hitta-kontakt/personer/?language=en", "/en/find-contact/people/?language=en"),
    "topic": ("/hitta-kontakt/amnen/co-creation/", "/en/find-contact/topics/co-creation/"),
    "search": ("/sok/?q=samverkan", "/en/search/?q=collaboration"),
    "shared checklist": (
        "/kunskap/checklistor/partnertraff/#list&done=49efbe5d",
        "/en/knowledge/checklists/partner-meeting/#list&done=49efbe5d",
    ),
    "search without a question": ("/sok/", "/en/search/"),
    "found in the other language": ("/sok/?q=only+in+english", "/en/search/?q=only+in+swedish"),
    "nothing found": ("/sok/?q=xyzzyq", "/en/search/?q=xyzzyq"),
    "not there": ("/finns-inte/", "/en/is-not-there/"),
    "not translated": ("/only-in-english/", "/en/bara-pa-svenska/"),
    "sign-in": ("/admin/login/?language=sv", "/admin/login/?language=en"),
}
PLACES = [
    pytest.param(pair[n], id=f"{kind}, {language}") for kind, pair in PAIRS.items() for n, language in enumerate(("sv", "en"))
]
CLOSED = ["/stangd-sida/", "/en/closed-page/"]
CONTRAST = ["color-contrast", "link-in-text-block"]
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
ENLARGED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 percent
# A colour on its way is none that anybody reads
COLOURS_HAVE_COME = "Promise.allSettled(document.getAnimations().map(animation => animation.finished)).then(() => null)"
# Set by script: the portal's own rules refuse style attributes
WRONG = """() => {
    const main = document.querySelector('main')
    main.innerHTML = '<img src="/x.png"><p>Pale</p><div>Wide</div>'
    main.querySelector('p').style = 'color: #eee; background: #fff'
    main.querySelector('div').style.width = '3000px'
}"""
LENGTHEN = """word => {
    const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        if (texts.currentNode.data.trim().length > 3 && !texts.currentNode.parentElement.closest('script, option')) {
            texts.currentNode.data = `${word} ${texts.currentNode.data}`
        }
    }
}"""
LICHEN = """() => [...document.querySelectorAll('body *')].filter(each => each.checkVisibility() && each.clientWidth)
    .flatMap(each => [null, '::before', '::after'].map(part => getComputedStyle(each, part)))
    .filter(style => style.content !== 'none' && style.backgroundColor === 'rgb(242, 183, 28)').length"""
FOCUSED = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect()
    if (at === document.body) return null
    const ring = [at, at.closest('.card') ?? at].some(each => parseFloat(getComputedStyle(each).outlineWidth) >= 2
        && getComputedStyle(each).outlineStyle !== 'none')
    const seen = box.top >= 0 && box.bottom <= innerHeight && box.right > 0 && box.left < innerWidth
    return [ring && seen, at.outerHTML.slice(0, 100)]
}"""
LEFT = "net::ERR_ABORTED"  # we went on before the icon of the page had come
OTHERS_ASKED = """() => performance.getEntriesByType('resource')
    .map(entry => entry.name).filter(name => !name.startsWith(location.origin))"""


def violations(page: Page, rules: list[str] | None = None, **options) -> list[str]:
    """What axe finds by all its rules, or by some; that all else is right it need not write down."""
    asked = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    found = Axe().run(page, options=asked, **options).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}" for rule in found for node in rule["nodes"]
    ]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def look(page: Page) -> list[str]:
    """What is wrong on a desk and on a phone, each in one colour scheme with every rule; the desk's contrast in the other too.

    What a phone alone shows, its menu and its folded facets, is looked at in both schemes below.
    """
    found = []
    for size, scheme, rules in [(DESK, "light", None), (DESK, "dark", CONTRAST), (PHONE, "dark", None)]:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(COLOURS_HAVE_COME)
        found += [f"{size['width']} {scheme} {what}" for what in violations(page, rules)]
        if over := overflow(page):
            found.append(f"{size['width']} overflows by {over}")
    return found


@pytest.fixture(scope="module")
def window(browser: Browser, browser_context_args: dict) -> Iterator[Page]:
    """One window for all that is only looked at: it has the fonts and styles by then, and sets size and scheme each time."""
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", PLACES)
def test_axe_finds_nothing_and_nothing_overflows(window, address):
    window.goto(address)
    assert look(window) == []
    assert "/admin/" in address or window.evaluate(LICHEN) == 1  # the bright node: where one is, or what one is to do


@pytest.mark.parametrize("kind", [kind for kind in PAIRS if kind != "sign-in"])
def test_a_word_without_end_is_broken_and_not_the_page(window, kind):
    window.set_viewport_size(PHONE)
    window.goto(PAIRS[kind][0])
    window.evaluate(LENGTHEN, "tillgänglighetsredogörelse" * 3)
    assert overflow(window) <= 0


@pytest.mark.parametrize("people", PAIRS["people"])
def test_axe_finds_nothing_about_a_person(window, people):
    window.goto(people)
    window.locator("main li h3 a").first.click()  # where a person lives is drawn anew at each loading
    assert look(window) == []


@pytest.mark.parametrize("path", ["/trasig/", "/en/broken/"])
@pytest.mark.parametrize("status", [400, 500])
def test_a_page_that_stands_alone_is_clear_to_everybody(window, status, path):
    answer = errors.bare(RequestFactory().get(path), status)
    window.route(f"**{path}", lambda route: route.fulfill(status=status, content_type="text/html", body=answer.content))
    window.goto(path)
    assert look(window) == []


@pytest.mark.parametrize("address", CLOSED)
def test_a_form_in_error_is_clear_to_everybody(window, address):
    window.goto(address)
    window.locator("main input[type=password]").fill("fel")
    window.locator("main form button").click()
    window.locator("main .error").wait_for()
    assert look(window) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_menu_of_a_phone_is_clear_to_everybody(visitor, language, scheme):
    visitor.set_viewport_size(PHONE)
    visitor.emulate_media(color_scheme=scheme)
    visitor.goto("/" if language == "sv" else "/en/")
    visitor.locator(".top summary").click()
    assert violations(visitor) == []
    assert overflow(visitor) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_unfolded_facets_of_a_phone_are_clear_to_everybody(visitor, language, scheme):
    visitor.set_viewport_size(PHONE)
    visitor.emulate_media(color_scheme=scheme)
    visitor.goto(PAIRS["chosen facets"][language == "en"])
    visitor.locator("#facets summary").click()
    assert violations(visitor) == []
    assert overflow(visitor) == 0


@pytest.mark.parametrize(
    ("kind", "size"),
    [("front page", DESK), ("chosen facets", DESK), ("found in the other language", DESK), ("checklist", ENLARGED)],
)
def test_wherever_the_keyboard_leads_one_sees_where_one_is(window, kind, size):
    window.set_viewport_size(size)
    window.goto(PAIRS[kind][0])
    reached = []
    while (here := window.keyboard.press("Tab") or window.evaluate(FOCUSED)) and len(reached) < 200:
        reached.append(here)
    assert 40 < len(reached) < 200, "and it leads out of the page again"
    assert [what for seen, what in reached if not seen] == []


def test_axe_would_find_what_is_wrong(window):
    window.goto("/")
    window.evaluate(WRONG)
    found = " ".join(look(window))
    assert "image-alt" in found
    assert "color-contrast" in found
    assert "320 overflows" in found


# Nobody else is asked, nothing is left behind


@pytest.fixture
def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A window, and all that it complained about or asked others for."""
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(f"{page.url} {message.text}") if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(f"{page.url} {error}"))
    page.on(
        "requestfailed",
        lambda request: wrong.append(f"{page.url} failed {request.url} {request.failure}") if request.failure != LEFT else None,
    )
    page.on("response", lambda answer: wrong.append(f"{page.url} {answer.status} {answer.url}") if answer.status >= 400 else None)
    return page, wrong


def sitemap(base_url: str) -> list[str]:
    def places(address: str) -> list[str]:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 our own server
            return [part.split("</loc>")[0] for part in answer.read().decode().split("<loc>")[1:]]

    return [place for part in places(f"{base_url}/sitemap.xml") for place in places(part)]


def test_no_page_asks_complains_is_heavy_leaves_a_cookie_or_shuts_anybody_out(watched: tuple[Page, list[str]], base_url, language):
    page, wrong = watched
    addresses = [address for address in sitemap(base_url) if ("/en/" in address) == (language == "en")]
    assert len(addresses) > 100
    looked_at = {base_url + path for pair in PAIRS.values() for path in pair}
    for address in addresses:
        page.goto(address)
        wrong += [f"{address} leads to {page.url}"] if page.url != address else []
        wrong += [f"{address} asks {other}" for other in page.evaluate(OTHERS_ASKED)]
        wrong += [f"{address} is heavy: {sizes}" for sizes in too_heavy(page)]
        wrong += [f"{address} {what}" for what in violations(page)] if address not in looked_at else []
    assert wrong == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_browser_refuses_what_the_portal_did_not_write(watched: tuple[Page, list[str]]):
    page, wrong = watched
    page.goto("/")
    page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'http://127.0.0.2:9/x.png'}))")
    page.wait_for_timeout(100)
    assert "Content Security Policy" in " ".join(wrong)
