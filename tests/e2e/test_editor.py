"""How a news item comes to be, from the first word to both languages: four people, each at a desk of their own.

It is written in Swedish, in an admin in either language.
"""

import io
import os
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

from cms.demo.management.commands.demo import PASSWORD

TEXTS = {
    "sv": {
        "Höstens möten är bokade": "The autumn meetings are set",
        "Fyra tisdagar i oktober ses vi igen.": "We meet again on four Tuesdays in October.",
        "Kom som du är och ta med en fråga.": "Come as you are and bring a question.",
    },
    "en": {
        "Vårens möten är bokade": "The spring meetings are set",
        "Fyra onsdagar i april ses vi igen.": "We meet again on four Wednesdays in April.",
        "Kom i tid och ta med en kollega.": "Come on time and bring a colleague.",
    },
}
ALT = {"sv": "Fyra stolar kring ett runt bord", "en": "Four chairs at a round table"}
NEWS = {"sv": "/nyheter/", "en": "/en/news/"}


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
        page.wait_for_url("**/admin/")
        return page

    return sit


def footer(page: Page, button: str) -> Locator:
    """A button among the actions of a page, with the menu unfolded if it lies there."""
    wanted = page.locator(f"footer {button}").first
    if not wanted.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    return wanted


def new_news_item(page: Page, base_url: str) -> None:
    found = page.request.get(f"{base_url}/api/v2/pages/", params={"slug": "nyheter", "locale": "sv"}).json()["items"]
    page.goto(f"/admin/pages/{found[0]['id']}/add_subpage/")
    if not page.locator("#id_title").count():
        page.locator("main a[href*='/knowledge/newspage/']").click()


def add_picture(page: Page) -> None:
    drawn = io.BytesIO()
    Image.frombytes("RGB", (26, 14), os.urandom(26 * 14 * 3)).resize((1300, 700)).save(drawn, "JPEG")  # never the same twice
    page.locator("#id_hero_image-chooser [data-chooser-action-choose]").first.click()
    modal = page.locator(".modal-dialog")
    modal.locator("[role=tab][href='#tab-upload']").click()
    fields = {"title": "Stolar", "alt_sv": ALT["sv"], "alt_en": ALT["en"], "credit": "Demoredaktionen"}
    modal.locator("[name=image-chooser-upload-file]").set_input_files(
        {"name": "stolar.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}
    )
    expect(modal.locator("[name=image-chooser-upload-title]")).to_have_value("stolar")  # Wagtail's guess, made of the file's name
    for name, value in fields.items():
        modal.locator(f"[name=image-chooser-upload-{name}]").fill(value)
    modal.locator("#tab-upload [type=submit]").click()
    expect(page.locator("#id_hero_image-chooser")).to_contain_text("Stolar")
    expect(modal).to_be_hidden()


def add_paragraph(page: Page, label: str, text: str) -> None:
    page.locator("[data-contentpath=body] .c-sf-add-button").first.click()
    page.get_by_role("combobox").last.fill(label)
    page.get_by_role("option", name=re.compile(f"^{label}")).first.click()
    written = page.locator("[data-contentpath=body] [contenteditable=true]").first
    written.click()
    page.keyboard.type(text)
    expect(written).to_have_text(text)


def published(page: Page, language: str, title: str, missing: bool = False) -> None:
    """What anybody sees in the list of news."""
    page.goto(NEWS[language])
    expect(page.get_by_role("main").get_by_role("link", name=title)).to_have_count(0 if missing else 1)


def test_a_news_item_is_written_reviewed_translated_and_read_in_both_languages(desk, visitor, language, words, base_url):
    texts = TEXTS[language]
    title, lead, body = texts
    editor = desk("editor")

    # Five fields
    new_news_item(editor, base_url)
    editor.locator("#id_title").fill(title)
    editor.locator("#id_lead").fill(lead)
    editor.locator("#id_date").fill("2026-11-20")
    add_picture(editor)
    add_paragraph(editor, words("Text"), body)

    # Preview
    preview = editor.frame_locator("#w-preview-iframe")
    if not editor.locator("#w-preview-iframe").is_visible():
        editor.locator("[data-side-panel-toggle=preview]").first.click()
    expect(preview.get_by_role("heading", level=1)).to_have_text(title, timeout=20_000)
    expect(preview.get_by_text(body)).to_be_visible()
    published(visitor, "sv", title, missing=True)

    # Submit; somebody else approves
    footer(editor, "[name=action-submit]").click()
    editor.wait_for_url(re.compile(r"/admin/pages/\d+/(edit/)?$"))
    published(visitor, "sv", title, missing=True)
    reviewer = desk("reviewer")
    reviewer.get_by_role("main").get_by_role("link", name=title).first.click()
    edit = reviewer.url
    footer(reviewer, "[data-workflow-action-name=approve]").click()
    reviewer.wait_for_url(lambda url: url != edit)
    published(visitor, "sv", title)
    visitor.get_by_role("main").get_by_role("link", name=title).click()
    expect(visitor.get_by_role("main").get_by_role("img", name=ALT["sv"])).to_be_visible()
    published(visitor, "en", title, missing=True)

    # Into English
    number = re.search(r"/pages/(\d+)/", edit).group(1)
    editor.goto(f"/admin/localize/submit/page/{number}/")
    editor.locator("main form [type=submit]").first.click()
    editor.wait_for_url(lambda url: "/submit/" not in url)
    draft = editor.url
    published(visitor, "en", title, missing=True)
    translate(desk("translator"), draft, texts)
    published(visitor, "en", texts[title], missing=True)
    reviewer.goto(draft)
    footer(reviewer, "button[name=action][value=publish]").click()
    reviewer.wait_for_load_state()

    # Both sides
    published(visitor, "en", texts[title])
    visitor.get_by_role("main").get_by_role("link", name=texts[title]).click()
    expect(visitor.get_by_text(texts[body])).to_be_visible()
    expect(visitor.get_by_role("main").get_by_role("img", name=ALT["en"])).to_be_visible()
    there = visitor.url
    visitor.get_by_role("link", name="Svenska").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(title)
    expect(visitor.get_by_text(body)).to_be_visible()
    visitor.get_by_role("link", name="English").click()
    assert visitor.url == there


def translate(page: Page, draft: str, texts: dict[str, str]) -> None:
    """Every string that the stock editor shows, one after the other."""
    page.goto(draft)
    waiting = page.locator("li.incomplete")
    expect(waiting.first).to_be_visible()
    for _ in range(waiting.count()):
        left = waiting.count()
        shown = waiting.first.inner_text()
        waiting.first.get_by_role("button").last.click()
        page.locator("li.incomplete textarea").fill(next(english for swedish, english in texts.items() if swedish in shown))
        page.keyboard.press("Enter")
        expect(waiting).to_have_count(left - 1)
