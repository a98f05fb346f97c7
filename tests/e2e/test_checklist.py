"""A checklist that a visitor ticks off: it remembers, is shared and printed, and keeps nothing before it is used."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

LIST = {"sv": "/kunskap/checklistor/redo-for-partnerskap/", "en": "/en/knowledge/checklists/ready-for-a-partnership/"}
KEPT = "JSON.stringify({...localStorage})"


def boxes(visitor: Page) -> Locator:
    return visitor.locator(".check input[type=checkbox]")


def said(visitor: Page) -> Locator:
    return visitor.get_by_role("status").filter(visible=True)


def tick(visitor: Page, number: int) -> None:
    for n in range(number):
        boxes(visitor).nth(n).check()


@pytest.fixture
def link(visitor: Page, language: str, words) -> str:
    """What a visitor who has ticked three and noted something shares."""
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.goto(LIST[language])
    tick(visitor, 3)
    visitor.get_by_text(words("Note"), exact=True).nth(3).click()
    visitor.locator(".check textarea").nth(3).fill("Fråga Ängla & co")
    visitor.get_by_role("button", name=words("Share as a link")).click()
    expect(said(visitor)).to_have_text(words("The link is copied. Whoever has it sees your ticks and notes."))
    return visitor.evaluate("navigator.clipboard.readText()")


def test_nothing_is_kept_before_the_first_tick_and_all_of_it_after(visitor, language, words):
    visitor.goto(LIST[language])
    assert visitor.evaluate(KEPT) == "{}"
    tick(visitor, 3)
    visitor.reload()
    expect(visitor.locator(".check input:checked")).to_have_count(3)
    left = boxes(visitor).count() - 3
    expect(said(visitor)).to_have_text(words("{n} steps left.").replace("{n}", str(left)))
    assert visitor.get_by_role("progressbar", name=words("Steps ticked off")).evaluate("bar => [bar.value, bar.max]") == [
        3,
        left + 3,
    ]
    assert visitor.context.cookies() == []


def test_the_other_language_knows_what_is_ticked(visitor):
    visitor.goto(LIST["sv"])
    tick(visitor, 2)
    visitor.get_by_role("link", name="English", exact=True).click()
    expect(visitor.locator(".check input:checked")).to_have_count(2)
    assert visitor.url.endswith(LIST["en"])


def test_the_keyboard_alone_ticks_and_the_next_open_step_is_bright(visitor, language):
    visitor.goto(LIST[language])
    boxes(visitor).first.focus()
    visitor.keyboard.press("Space")
    expect(boxes(visitor).first).to_be_checked()
    expect(visitor.locator(".check .next")).to_have_count(1)
    expect(visitor.locator(".check .next input")).to_have_id(boxes(visitor).nth(1).get_attribute("id"))


def test_a_shared_link_shows_the_same_list_to_somebody_else(link, new_context: Callable[..., BrowserContext]):
    colleague = new_context().new_page()
    colleague.goto(link)
    expect(colleague.locator(".check input:checked")).to_have_count(3)
    expect(colleague.locator(".check textarea").nth(3)).to_have_value("Fråga Ängla & co")
    assert colleague.evaluate(KEPT) == "{}"


def test_who_has_no_list_yet_is_told_that_it_is_anothers_and_chooses_with_the_keyboard(
    link, words, new_context: Callable[..., BrowserContext]
):
    colleague = new_context().new_page()
    for choice, ticked in (("Begin my own", 1), ("Go on from this", 4)):
        colleague.goto("about:blank")
        colleague.goto(link)
        notice = words("Somebody has shared this list with you. The ticks and notes are theirs.")
        expect(colleague.get_by_role("group", name=notice)).to_be_focused()
        expect(boxes(colleague).first).to_be_disabled()
        colleague.get_by_role("button", name=words(choice)).press("Enter")
        colleague.keyboard.press("Space")
        expect(colleague.get_by_text(notice)).to_be_hidden()
        colleague.reload()
        expect(colleague.locator(".check input:checked")).to_have_count(ticked)
        colleague.evaluate("localStorage.clear()")


def test_a_shared_list_replaces_nobodys_own_unasked(link, language, words, new_context: Callable[..., BrowserContext]):
    colleague = new_context().new_page()
    colleague.goto(LIST[language])
    tick(colleague, 1)
    colleague.goto("about:blank")
    colleague.goto(link)
    expect(colleague.locator(".check input:checked")).to_have_count(3)
    expect(boxes(colleague).first).to_be_disabled()
    colleague.get_by_role("button", name=words("Show my own")).click()
    expect(colleague.locator(".check input:checked")).to_have_count(1)
    colleague.goto("about:blank")
    colleague.goto(link)
    colleague.get_by_role("button", name=words("Replace mine with this")).click()
    colleague.reload()
    expect(colleague.locator(".check input:checked")).to_have_count(3)


def test_starting_again_can_be_undone(visitor, language, words):
    visitor.goto(LIST[language])
    tick(visitor, 2)
    visitor.get_by_role("button", name=words("Start again")).click()
    expect(visitor.locator(".check input:checked")).to_have_count(0)
    assert visitor.evaluate(KEPT) == "{}"
    visitor.get_by_role("button", name=words("Undo")).click()
    expect(visitor.locator(".check input:checked")).to_have_count(2)
    visitor.reload()
    expect(visitor.locator(".check input:checked")).to_have_count(2)


def test_when_the_last_box_is_ticked_it_is_said(visitor, language, words):
    visitor.goto(LIST[language])
    tick(visitor, boxes(visitor).count())
    expect(said(visitor)).to_have_text(words("All is done."))


def test_axe_finds_nothing_in_a_list_in_use(link, visitor):
    found = Axe().run(visitor, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_paper_it_is_a_list_with_boxes(scripts, language, words, new_context: Callable[..., BrowserContext]):
    reader = new_context(java_script_enabled=scripts).new_page()
    reader.goto(LIST[language])
    reader.emulate_media(media="print")
    for box in reader.locator(".check .must").locator("input, .mark").all():
        expect(box).to_be_visible()
        assert box.evaluate("box => getComputedStyle(box).borderTopStyle") == "solid"
    expect(reader.get_by_text(words("Share as a link"))).to_be_hidden()
    expect(reader.get_by_text(words("Note"), exact=True).first).to_be_hidden()
