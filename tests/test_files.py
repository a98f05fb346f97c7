"""Text inside PDF and Word documents is read by a process that nothing in a file can make take too much."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader, PdfWriter
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.rich_text import RichText

from cms.models import PortalDocument
from search import files, upkeep
from search.engines import engine
from search.files import Read, keeping, read
from search.results import Result
from tests.scratch import write

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(*pages: str) -> bytes:
    """A PDF as plain as there can be, one line of text a page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>"]
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
        resources = "/Resources<</Font<</F1 3 0 R>>>>/MediaBox[0 0 595 842]"
        objects.append(f"<</Type/Page/Parent 2 0 R{resources}/Contents {5 + 2 * number} 0 R>>")
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return body + f"{end}startxref\n{len(body)}\n%%EOF".encode()


def docx(xml: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("word/document.xml", xml)
    return file.getvalue()


def encrypted() -> bytes:
    writer, file = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Hemligt")))), io.BytesIO()
    writer.encrypt("nyckel", algorithm="RC4-128")
    writer.write(file)
    return file.getvalue()


def paragraphs(*texts: str) -> str:
    return (
        f'<w:document xmlns:w="{WORDS}">' + "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts) + "</w:document>"
    )


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>' + paragraphs("&c;")


@pytest.fixture
def kept(tmp_path):
    def keep(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return keep


def test_each_page_of_a_pdf_is_read_with_its_letters(kept):
    assert read(kept("a.pdf", pdf("Första sidan", "Andra sidan"))) == Read(["Första sidan", "Andra sidan"])


def test_a_word_document_is_read_paragraph_by_paragraph(kept):
    assert read(kept("a.docx", docx(paragraphs("Först", "Sedan")))).pages == ["Först \nSedan"]


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("secret.pdf", encrypted(), "encrypted"),
        ("secret.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "encrypted"),
        ("cut.pdf", pdf("Text" * 50)[:120], "damaged"),
        ("cut.docx", docx(paragraphs("Text"))[:60], "damaged"),
        ("nothing.pdf", b"", "damaged"),
        ("no.docx", docx("<a"), "damaged"),
        ("entities.docx", docx(BOMB), "damaged"),
        ("bomb.docx", docx(paragraphs("a" * 60_000_000)), "damaged"),
        ("scanned.pdf", pdf(""), "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_why(kept, name, data, problem):
    assert read(kept(name, data)) == Read(problem=problem)


def test_what_is_too_large_is_not_opened_and_what_takes_too_long_is_ended(kept, monkeypatch):
    path = kept("a.pdf", pdf("Text"))
    assert read(path, seconds=0.001).problem == "slow"
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    assert read(path).problem == "large"


def test_no_more_than_three_hundred_pages_are_read(kept):
    assert len(read(kept("a.pdf", pdf(*map(str, range(310))))).pages) == 300


# Found by visitors

WORD = "kvittrinbalm"  # stands nowhere but here


@pytest.fixture
def document(indexing):
    """A PDF that a page leads to, read by the worker."""
    document = PortalDocument.objects.create(title="Handbok", file=ContentFile(pdf("Inledning", f"Om en {WORD}."), "handbok.pdf"))
    page = write("En sida", body=[("paragraph", RichText(f'<p><a linktype="document" id="{document.pk}">Handboken</a></p>'))])
    ReferenceIndex.create_or_update_for_object(page)
    read_all()
    return document


def read_all() -> None:
    while keeping.read_next():
        pass


def shown(client, q: str = WORD, language: str = "sv") -> list[Result]:
    with translation.override(language):
        return client.get(reverse("search"), {"q": q}).context["results"].shown


def test_a_word_in_a_file_leads_to_its_page_in_the_file(client, document):
    (result,) = shown(client)
    assert (result.item, str(result.label)) == (document, "Dokument")
    page = client.get(reverse("search"), {"q": WORD}).content.decode()
    assert f'href="{document.url}#page=2"' in page
    assert ">I filen, s. 2</a>:" in page
    assert f"<mark>{WORD}</mark>" in page
    (hit,) = client.get(reverse("search-api"), {"q": WORD}).json()["hits"]
    assert (hit["kind"], hit["in_file"]["page"]) == ("document", 2)
    assert hit["in_file"]["url"].endswith(f"{document.url}#page=2")
    assert client.get(reverse("search"), {"q": WORD, "kind": "document"}).context["results"].total == 1


def test_a_file_in_another_language_says_so(client, document):
    assert [result.item for result in shown(client, language="en")] == [document]
    assert "in Swedish" in client.get("/en/search/", {"q": WORD}).content.decode()


@pytest.mark.parametrize("closed", ["page", "page gone", "collection", "document gone"])
def test_a_file_that_not_everybody_may_open_is_found_by_nobody(client, document, closed):
    page = Page.objects.get(title="En sida")
    if closed == "page":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    elif closed == "page gone":
        page.unpublish()
    elif closed == "collection":
        document.collection = Collection.get_first_root_node().add_child(name="Stängd")
        document.save()
        CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    else:
        document.delete()
    results = client.get(reverse("search"), {"q": WORD}).context["results"]
    assert (results.shown, results.total, results.promoted) == ([], 0, [])
    upkeep.follow_time()
    assert engine().vocabulary("sv").df(WORD) == 0, "nor is the word known"


def test_a_file_that_no_page_leads_to_is_found_by_nobody_until_one_does(client, indexing):
    document = PortalDocument.objects.create(title="Lös", file=ContentFile(pdf(WORD), "los.pdf"))
    read_all()
    assert shown(client) == []
    page = write("En sida", body=[("paragraph", RichText(f'<p><a linktype="document" id="{document.pk}">Den</a></p>'))])
    ReferenceIndex.create_or_update_for_object(page)
    upkeep.follow_time()
    assert [result.item for result in shown(client)] == [document]


def test_a_new_file_is_read_instead_of_the_old_one_and_what_cannot_be_read_is_told_to_whoever_edits_the_page(client, document):
    document.file = ContentFile(encrypted(), "handbok.pdf")
    document.save()
    read_all()
    assert shown(client) == []
    with translation.override("sv"):
        found = [finding.what for finding in keeping.unreadable_on(Page.objects.get(title="En sida").specific)]
    assert found == ["Sökningen kan inte läsa i ”Handbok”: den har ett lösenord."]
