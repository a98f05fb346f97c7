"""Notes are written where they belong, and shown together below the text."""

import pytest
from bs4 import BeautifulSoup
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from cms.blocks import RICH
from knowledge.models import GuidePage
from tests import scratch
from tests.test_guides import chapter, get
from tests.translating import english, press_publish, submit, translate

pytestmark = pytest.mark.django_db

LINK = '<a href="https://example.org/">'
TEXT = f"<p>Minst fem år<small>Handboken, <b>kapitel 1</b>.</small> är vanligt<small>I {LINK}en studie</a></small>.</p>"
IN_PIECES = (
    "<p>Minst fem år<small>Handboken, </small><b><small>kapitel 1</small></b><small>.</small> är vanligt"
    f"<small>I </small>{LINK}<small>en studie</small></a>.</p>"
)


def shown(html: str) -> tuple[list[str], str]:
    soup = BeautifulSoup(html, "html.parser")
    return [note.get_text(" ", strip=True) for note in soup.select("section.notes li")], soup.select_one(
        "main p:has(sup)"
    ).get_text()


@pytest.mark.parametrize("text", [TEXT, IN_PIECES])
def test_a_note_is_a_number_in_the_text_and_stands_below_it_with_its_link(client, text):
    html = get(client, scratch.write("Noter", body=[("paragraph", text)]).url)
    assert shown(html) == (["Handboken, kapitel 1 . ↩", "I en studie ↩"], "Minst fem år1 är vanligt2.")
    soup = BeautifulSoup(html, "html.parser")
    assert soup.select_one('#note-2 a[href="https://example.org/"]').text == "en studie"
    for number in ("1", "2"):
        there, back = (
            soup.select_one(f'sup a[href="#note-{number}"]'),
            soup.select_one(f'#note-{number} a[href="#note-ref-{number}"]'),
        )
        assert there["id"] == f"note-ref-{number}"
        assert (there["aria-label"], back["aria-label"]) == (f"Not {number}", f"Tillbaka till där not {number} hör hemma")
    assert not soup.find("small", string=lambda words: words and "Handboken" in words)


def test_notes_are_numbered_through_a_whole_page_and_a_chapter_has_its_own(client, page):
    text = "<p>Ett<small>Första.</small></p>", "<p>Två<small>Andra.</small></p>"
    guide = scratch.write(
        "Med noter", page("guides"), GuidePage, licence_id=1, chapters=[chapter("Ett", text[0]), chapter("Två", text[1])]
    )
    whole = BeautifulSoup(get(client, f"{guide.url}?view=all"), "html.parser")
    assert [note.get_text(strip=True) for note in whole.select("section.notes li")] == ["Första.↩", "Andra.↩"]
    assert shown(get(client, f"{guide.url}tva/")) == (["Andra. ↩"], "Två1")


def test_a_page_without_notes_says_nothing_of_them(client, page):
    assert 'id="page-notes"' not in get(client, page("cookies").url)


def test_notes_are_notes_in_markdown_too(client):
    written = scratch.write("Noter", body=[("paragraph", TEXT)])
    text = client.get(f"{written.url.rstrip('/')}.md").content.decode()
    assert "Minst fem år[^1] är vanligt[^2]." in text
    assert "[^1]: Handboken, **kapitel 1**.\n\n[^2]: I [en studie](https://example.org/)" in text


def test_what_an_editor_marks_as_a_note_is_kept_as_one():
    converter = ContentstateConverter(RICH)
    assert "<small>Handboken.</small>" in converter.to_database_format(
        converter.from_database_format("<p>Fem<small>Handboken.</small></p>")
    )


def test_a_note_is_translated(signed_in, django_capture_on_commit_callbacks, client):
    admin = signed_in("admin")
    original = scratch.write("Noter", body=[("paragraph", "<p>Minst fem år<small>Handboken.</small></p>")])
    submit(admin, original)
    translate(admin, original)
    press_publish(admin, original, django_capture_on_commit_callbacks)
    assert shown(get(client, english(original).url)) == (["EN Handboken. ↩"], "EN Minst fem år1")
