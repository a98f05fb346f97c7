"""What an editor copies elsewhere and pastes here: clipboards as other programs fill them, and what was saved."""

import re
import uuid
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Locator, Page, expect

from .admin import footer

CLIPBOARDS = Path(__file__).parents[1] / "clipboards"
PASTE = """(target, [html, text]) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/html", html)
    clipboardData.setData("text/plain", text)
    target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
}"""

MEETING = [
    "h2 Så går träffen till",
    "p Vi ses <b>klockan nio</b> och börjar med kaffe. ”Kom som du är”, står det i <i>inbjudan</i>. "
    'Läs <a href="https://example.org/program">hela programmet</a>.',
    "h2 Innan du kommer",
    "ul <li>Läs frågorna<ul><li>den första särskilt noga</li></ul></li><li>Ta med en penna</li>",
    "h3 I den här ordningen",
    "ol <li>Lyssna</li><li>Svara</li>",
]
TABLE = ["h2 Vem gör vad", "table Roll, Uppgift; Värden, Hälsar välkommen"]
SUBHEADING = [line.replace("h2 Innan", "h3 Innan") for line in MEETING]
SAVED = {
    "word": [*SUBHEADING, *TABLE, "p Lokalen rymmer 10\u00a0000 tankar"],
    "google-docs": ["h2 Träffen i november", *MEETING, *TABLE],
    "outlook": ["p Hej!", MEETING[1], MEETING[3], 'p Svara till <a href="mailto:redaktionen@example.org">redaktionen</a>.'],
    "libreoffice": [*MEETING, *TABLE],
    "web-page": [
        MEETING[0],
        MEETING[1].replace("”Kom som du är”,", "”Kom” som du är,"),
        "p Rummet där vi ses",
        *SUBHEADING[2:],
    ],
}


def paste(editor: Page, html: str, text: str = "text") -> None:
    editor.locator("[data-contentpath=body] [contenteditable=true]").first.evaluate(PASTE, [html, text])


def told(editor: Page) -> Locator:
    """What did not come along."""
    return editor.locator("[data-contentpath=body]").get_by_role("alert")


def saved(editor: Page) -> list[str]:
    """What a reader of the saved draft meets, line by line."""
    editor.wait_for_timeout(500)  # the editor puts what is written into the form a quarter of a second later
    footer(editor, "[type=submit]").click()
    editor.wait_for_url(re.compile(r"/pages/\d+/edit/"))
    draft = editor.request.get(f"{editor.url.split('/edit/')[0]}/view_draft/").text()
    return [
        line
        for part in BeautifulSoup(draft, "html.parser").select("main h2, main h3, main .prose, main table")
        for line in lines(part)
    ]


def lines(part) -> list[str]:
    for tag in part.find_all(attrs={"data-block-key": True}):
        del tag["data-block-key"]
    if part.name == "table":
        return ["table " + "; ".join(", ".join(cell.get_text(strip=True) for cell in row(["th", "td"])) for row in part("tr"))]
    if part.name in ("h2", "h3"):
        return [f"{part.name} {part.get_text()}"]
    return [f"{tag.name} {tag.decode_contents().strip()}" for tag in part.find_all(recursive=False)]


@pytest.fixture
def language() -> str:
    return "sv"


@pytest.fixture
def editor(desk, base_url) -> Page:
    """Somebody who has just begun a page: a title, and an empty block of text."""
    page = desk("editor")
    about = page.request.get(f"{base_url}/api/v2/pages/", params={"slug": "om-oss", "locale": "sv"}).json()["items"][0]["id"]
    page.goto(f"/admin/pages/add/home/standardpage/{about}/?preset=blank")
    page.locator("#id_title").fill(f"Inklistrat {uuid.uuid4().hex[:8]}")
    page.locator("[data-contentpath=body] .c-sf-add-button").first.click()
    page.get_by_role("combobox").last.fill("Text")
    page.get_by_role("option", name=re.compile("^Text")).first.click()
    expect(page.locator("[data-contentpath=body] [contenteditable=true]")).to_be_focused()
    return page


@pytest.mark.parametrize("source", SAVED)
def test_headings_lists_links_and_tables_are_kept_and_everything_else_is_dropped(editor, source):
    paste(editor, (CLIPBOARDS / f"{source}.clipboard").read_text())
    assert saved(editor) == SAVED[source]


def test_what_is_pasted_after_a_text_comes_after_it(editor):
    editor.keyboard.type("Först det här.")
    paste(editor, "<p>Sedan det här.</p><h2>Och en rubrik</h2><p>Till sist.</p>")
    assert saved(editor) == ["p Först det här.Sedan det här.", "h2 Och en rubrik", "p Till sist."]


def test_a_word_pasted_into_a_sentence_stays_in_it(editor):
    editor.keyboard.type("Vi ses  i dag.")
    for _ in range(7):
        editor.keyboard.press("ArrowLeft")
    paste(editor, '<span style="font-family:Comic Sans MS;color:red"><b>klockan nio</b></span>')
    assert saved(editor) == ["p Vi ses <b>klockan nio</b> i dag."]


def test_an_address_pasted_alone_is_left_to_the_editor_itself(editor):
    paste(editor, '<a href="https://example.org/sida">https://example.org/sida</a>', "https://example.org/sida")
    choices = editor.get_by_role("option").first  # Draftail takes the slashes of it for a wish to insert something
    choices.wait_for()
    editor.keyboard.press("Escape")
    choices.wait_for(state="hidden")
    assert saved(editor) == ['p <a href="https://example.org/sida">https://example.org/sida</a>']


def test_a_link_that_could_do_harm_is_only_text(editor, words):
    paste(
        editor,
        '<p>Tryck <a href="javascript:alert(1)">här</a> eller <a href="file:///C:/hemligt.docx">där</a>.</p><script>1</script>',
    )
    expect(told(editor)).to_contain_text(words("Links that only work on your computer or in the other program have become text."))
    assert saved(editor) == ["p Tryck här eller där."]


def test_cells_that_were_merged_keep_their_columns_and_a_caption_stays(editor):
    paste(
        editor,
        "<table><caption>Vem gör vad</caption><tr><th rowspan=2>Roll<th colspan=2>Uppgift<tr><td>Före<td>Efter"
        "<tr><td>Värd<td><td>Tackar</table>",
    )
    expect(editor.locator("[data-contentpath=body] [name$=caption]")).to_have_value("Vem gör vad")
    expect(told(editor)).to_have_count(0)
    assert saved(editor) == ["table Roll, Uppgift, ; , Före, Efter; Värd, , Tackar"]


def test_what_is_not_pasted_is_said(editor, words):
    pasted = '<p>Se bilden<span class="MsoCommentReference">[A1]</span>:</p><p><img src="x.png"></p>'
    paste(editor, pasted)
    for missed in (
        "Pictures are not pasted. Upload them, with alternative texts, and choose them in a picture block.",
        "Comments are not pasted.",
    ):
        expect(told(editor)).to_contain_text(words(missed))
    paste(editor, "<p>En mening till.</p>")
    expect(told(editor)).to_have_count(0)


def test_a_heading_in_the_middle_of_a_sentence_becomes_text_and_that_is_said(editor, words):
    editor.keyboard.type("Före efter")
    for _ in range(5):
        editor.keyboard.press("ArrowLeft")
    paste(editor, "<h2>mitt i</h2>")
    expect(told(editor)).to_contain_text(
        words("Headings and tables have become plain text here. To keep them, paste into an empty text block of the page.")
    )
