"""Cards on paper, as a browser prints them."""

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

METHODS = {"sv": "/kunskap/metoder/", "en": "/en/knowledge/methods/"}
A4 = (210, 297)
OVERFLOWING = "() => [...document.querySelectorAll('.sheet > li')].filter(card => card.scrollHeight > card.clientHeight + 1).length"


@pytest.mark.parametrize(("size", "sheets"), [("a6", 3), ("a5", 6)])
def test_twelve_cards_are_so_many_sheets_of_a4_with_text_that_can_be_copied(visitor: Page, language, size, sheets):
    visitor.goto(f"{METHODS[language]}?view=cards&size={size}")
    title = visitor.locator(".sheet h2").first.inner_text()
    assert visitor.evaluate(OVERFLOWING) == 0
    paper = PdfReader(io.BytesIO(visitor.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == sheets
    for sheet in paper.pages:
        assert tuple(round(float(side) * 25.4 / 72) for side in sheet.mediabox[2:]) == A4
    assert title.replace("\xad", "") in paper.pages[0].extract_text().replace("\xad", "")
