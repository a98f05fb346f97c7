"""Cards on paper, as a browser prints them."""

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

METHODS = {"sv": "/kunskap/metoder/", "en": "/en/knowledge/methods/"}
A4 = (210, 297)
CARDS = "[...document.querySelectorAll('.sheet > li')]"
OVERFLOWING = (
    f"() => {CARDS}.filter(card => card.scrollHeight > card.clientHeight + 1 || card.scrollWidth > card.clientWidth + 1).length"
)
SPLIT = f"() => {CARDS}.filter(card => [...card.querySelectorAll('section')].some(each => each.getClientRects().length > 1)).length"


@pytest.mark.parametrize(("size", "sheets"), [("a6", 3), ("a5", 6)])
def test_twelve_cards_are_so_many_sheets_of_a4_with_text_that_can_be_copied(visitor: Page, language, size, sheets):
    visitor.goto(f"{METHODS[language]}?view=cards&size={size}")
    title = visitor.locator(".sheet h2").first.inner_text()
    assert visitor.evaluate(OVERFLOWING) == 0
    paper = PdfReader(io.BytesIO(visitor.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == sheets
    for sheet in paper.pages:
        assert tuple(round(float(side) * 25.4 / 72) for side in sheet.mediabox[2:]) == A4
    assert visitor.evaluate(SPLIT) <= 2, "only what is too long for a column"
    assert title.replace("\xad", "") in paper.pages[0].extract_text().replace("\xad", "")


def test_a_card_alone_has_lines_to_cut_along(visitor: Page, language):
    visitor.goto(METHODS[language])
    visitor.locator(".grid .card a").first.click()
    visitor.locator("a[href='?view=cards']").click()
    edges = visitor.locator(".sheet > li").evaluate(
        "card => [getComputedStyle(card).borderRight, getComputedStyle(card).borderBottom]"
    )
    assert all(edge.startswith("1px dashed") for edge in edges), edges
