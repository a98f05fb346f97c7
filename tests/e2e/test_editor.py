"""How a news item comes to be, from the first word to both languages: four people, each at a desk of their own.

It is written in Swedish, in an admin in either language.
"""

import io
import os
import re
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from .admin import footer

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
PRESET = {"sv": "Kort nyhet", "en": "Short news item"}


def new_news_item(page: Page, base_url: str, preset: str) -> None:
    found = page.request.get(f"{base_url}/api/v2/pages/", params={"slug": "nyheter", "locale": "sv"}).json()["items"]
    page.goto(f"/admin/pages/{found[0]['id']}/add_subpage/")
    page.get_by_role("main").get_by_role("link", name=preset).click()


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
    modal.locator("[name=image-chooser-upload-licence]").select_option(index=1)
    for name, value in fields.items():
        modal.locator(f"[name=image-chooser-upload-{name}]").fill(value)
    modal.locator("#tab-upload [type=submit]").click()
    expect(page.locator("#id_hero_image-chooser")).to_contain_text("Stolar")
    expect(modal).to_be_hidden()


def in_list(visitor: Page, language: str, title: str) -> Locator:
    """The link to a news item where anybody looks for it."""
    visitor.goto(NEWS[language])
    return visitor.get_by_role("main").get_by_role("link", name=title)


def test_a_news_item_is_written_reviewed_translated_and_read_in_both_languages(desk, visitor, language, words, base_url):
    texts = TEXTS[language]
    title = next(iter(texts))
    editor, reviewer = desk("editor"), desk("reviewer")

    begin(editor, base_url, texts, PRESET[language])
    hear_what_is_missing(editor, words)
    write(editor, texts)
    see_preview(editor, texts)
    wait_until_saved(editor)
    footer(editor, "[name=action-submit]").click()
    editor.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    expect(in_list(visitor, "sv", title)).to_have_count(0)

    page_id = approve(reviewer, title, words)
    read_in_swedish_only(visitor, title)

    draft = send_to_translation(editor, page_id)
    translate(desk("translator"), draft, texts)
    expect(in_list(visitor, "en", texts[title])).to_have_count(0)

    publish_translation(reviewer, draft)
    read_in_both_languages(visitor, texts)


def begin(editor: Page, base_url: str, texts: dict[str, str], preset: str) -> None:
    """A preset, and what it leaves open: title, day and picture."""
    new_news_item(editor, base_url, preset)
    editor.wait_for_timeout(2500)  # the form counts as unchanged what it holds after two seconds; nobody writes that fast
    editor.locator("#id_title").fill(next(iter(texts)))
    editor.locator("#id_date").fill("2026-11-20")
    add_picture(editor)
    wait_until_saved(editor)


def wait_until_saved(editor: Page) -> None:
    """The draft saves itself. Whoever submits while that is on its way has written in two places at once, says Wagtail."""
    editor.wait_for_timeout(2500)  # a change is noticed, and sent, within two seconds
    expect(editor.locator(".w-autosave-indicator__state--saved")).to_be_visible()


def hear_what_is_missing(editor: Page, words: Callable[..., str]) -> None:
    """It cannot be submitted while an instruction of the preset is left; the panel leads to the place."""
    footer(editor, "[name=action-submit]").click()
    expect(editor.get_by_text(words("Write your own text in its place, or remove the block.")).first).to_be_visible()
    editor.locator("[data-side-panel-toggle=checks]").click()
    expect(editor.locator("#findings .finding-hindrance")).to_have_count(4)
    editor.locator("#findings .finding-hindrance a[data-goto=lead]").click()
    expect(editor.locator("#id_lead")).to_be_focused()
    wait_until_saved(editor)


def write(editor: Page, texts: dict[str, str]) -> None:
    """The lead and the text over what the preset says, without what is not needed. The panel follows."""
    _title, lead, body = texts
    editor.locator("#id_lead").fill(lead)
    blocks = editor.locator("[data-contentpath=body] [data-streamfield-child]:not([aria-hidden])")
    for _ in ("heading", "paragraph"):
        blocks.last.locator("[data-streamfield-action=DELETE]").first.click()
    expect(blocks).to_have_count(1)
    wait_until_saved(editor)  # what is written just as a save ends is sent with the next change only
    written = blocks.locator("[contenteditable=true]")
    written.click()
    editor.keyboard.press("ControlOrMeta+a")
    editor.keyboard.type(body)
    expect(written).to_have_text(body)
    expect(editor.locator("#findings .finding-hindrance")).to_have_count(0)
    expect(editor.locator("#findings .finding-tip")).to_have_count(1)


def see_preview(editor: Page, texts: dict[str, str]) -> None:
    title, _, body = texts
    preview = editor.frame_locator("#w-preview-iframe")
    if not editor.locator("#w-preview-iframe").is_visible():
        editor.locator("[data-side-panel-toggle=preview]").first.click()
    expect(preview.get_by_role("heading", level=1)).to_have_text(title)
    expect(preview.get_by_role("main").get_by_role("img", name=ALT["sv"])).to_be_visible()
    expect(preview.get_by_text(body)).to_be_visible()


def approve(reviewer: Page, title: str, words: Callable[..., str]) -> str:
    """Somebody else finds it among what there is to do, reads it and says yes, once. The number of the page."""
    reviewer.reload()
    reviewer.get_by_role("main").get_by_role("link", name=words("For you to review")).click()
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
