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
        page.wait_for_url(re.compile(r":\d+/admin/$"))
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
    page.locator("main a[href*='preset=blank']").click()


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


def in_list(visitor: Page, language: str, title: str) -> Locator:
    """The link to a news item where anybody looks for it."""
    visitor.goto(NEWS[language])
    return visitor.get_by_role("main").get_by_role("link", name=title)


def test_a_news_item_is_written_reviewed_translated_and_read_in_both_languages(desk, visitor, language, words, base_url):
    texts = TEXTS[language]
    title = next(iter(texts))
    editor, reviewer = desk("editor"), desk("reviewer")

    write(editor, base_url, texts, words("Text"))
    see_preview(editor, texts)
    footer(editor, "[name=action-submit]").click()
    editor.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    expect(in_list(visitor, "sv", title)).to_have_count(0)

    page_id = approve(reviewer, title)
    read_in_swedish_only(visitor, title)

    draft = send_to_translation(editor, page_id)
    translate(desk("translator"), draft, texts)
    expect(in_list(visitor, "en", texts[title])).to_have_count(0)

    publish_translation(reviewer, draft)
    read_in_both_languages(visitor, texts)


def write(editor: Page, base_url: str, texts: dict[str, str], paragraph: str) -> None:
    """The five fields of a first news item."""
    title, lead, body = texts
    new_news_item(editor, base_url)
    editor.locator("#id_title").fill(title)
    editor.locator("#id_lead").fill(lead)
    editor.locator("#id_date").fill("2026-11-20")
    add_picture(editor)
    add_paragraph(editor, paragraph, body)


def see_preview(editor: Page, texts: dict[str, str]) -> None:
    title, _, body = texts
    preview = editor.frame_locator("#w-preview-iframe")
    if not editor.locator("#w-preview-iframe").is_visible():
        editor.locator("[data-side-panel-toggle=preview]").first.click()
    expect(preview.get_by_role("heading", level=1)).to_have_text(title)
    expect(preview.get_by_role("main").get_by_role("img", name=ALT["sv"])).to_be_visible()
    expect(preview.get_by_text(body)).to_be_visible()


def approve(reviewer: Page, title: str) -> str:
    """Somebody else reads it and says yes, once. The number of the page."""
    reviewer.reload()
    reviewer.get_by_role("main").get_by_role("link", name=title).first.click()
    edit = reviewer.url
    footer(reviewer, "[data-workflow-action-name=approve]").click()
    reviewer.wait_for_url(lambda url: url != edit)
    return re.search(r"/pages/(\d+)/", edit).group(1)


def read_in_swedish_only(visitor: Page, title: str) -> None:
    in_list(visitor, "sv", title).click()
    expect(visitor.get_by_role("main").get_by_role("img", name=ALT["sv"])).to_be_visible()
    with visitor.expect_navigation() as navigation:
        visitor.get_by_role("link", name="English").click()
    assert navigation.value.status == 404
    expect(visitor.locator("html")).to_have_attribute("lang", "en")
    expect(visitor.get_by_role("main")).to_contain_text(title)
    expect(in_list(visitor, "en", title)).to_have_count(0)


def send_to_translation(editor: Page, page_id: str) -> str:
    """The address of the English draft."""
    editor.goto(f"/admin/localize/submit/page/{page_id}/")
    editor.get_by_role("checkbox", name="English").check()
    editor.locator("main form [type=submit]").first.click()
    editor.wait_for_url(lambda url: "/submit/" not in url)
    return editor.url


def translate(translator: Page, draft: str, texts: dict[str, str]) -> None:
    """Every string that the stock editor shows, one after the other."""
    translator.goto(draft)
    waiting = translator.locator("li.incomplete")
    expect(waiting).to_have_count(len(texts))
    for left in range(len(texts) - 1, -1, -1):
        shown = waiting.first.inner_text()
        waiting.first.get_by_role("button").last.click()
        translator.locator("li.incomplete textarea").fill(next(texts[swedish] for swedish in texts if swedish in shown))
        translator.keyboard.press("Enter")
        expect(waiting).to_have_count(left)


def publish_translation(reviewer: Page, draft: str) -> None:
    reviewer.goto(draft)
    footer(reviewer, "button[name=action][value=publish]").click()
    reviewer.wait_for_load_state()


def read_in_both_languages(visitor: Page, texts: dict[str, str]) -> None:
    """On each side the text, and the picture in words; the link between them leads there and back."""
    title, _, body = texts
    in_list(visitor, "en", texts[title]).click()
    english = visitor.url
    expect(visitor.get_by_text(texts[body])).to_be_visible()
    expect(visitor.get_by_role("main").get_by_role("img", name=ALT["en"])).to_be_visible()
    visitor.get_by_role("link", name="Svenska").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(title)
    expect(visitor.get_by_text(body)).to_be_visible()
    expect(visitor.get_by_role("main").get_by_role("img", name=ALT["sv"])).to_be_visible()
    visitor.get_by_role("link", name="English").click()
    assert visitor.url == english
