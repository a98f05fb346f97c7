"""What the blocks of a body show, and what they keep to themselves."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.blocks import StreamValue
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.rich_text import RichText

from cms.blocks import BodyBlock
from cms.models import PortalDocument
from tests import scratch
from tests.test_guides import get

pytestmark = pytest.mark.django_db


def main(client, body: list, language: str = "sv") -> str:
    html = get(client, scratch.write("Prov", body=body, language=language).url)
    return html[html.index("<main") : html.index("</main>")]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>|&nbsp;", " ", html).split())


def document(title: str, **fields) -> PortalDocument:
    return PortalDocument.objects.create(title=title, file=ContentFile(b"x" * 2048, "mall.odt"), file_size=2048, **fields)


def test_questions_stand_in_their_order(client):
    html = main(client, [("question_list", {"intro": "Tjugo minuter var.", "questions": ["Vad saknas?", "Vem kan?"]})])
    assert "<li><span>Vad saknas?</span></li><li><span>Vem kan?</span></li></ol>" in html
    assert "Tjugo minuter var." in html


def test_outcomes_are_a_list_under_their_heading(client):
    html = main(client, [("bullet_outcomes", {"heading": "Vi vill nå", "items": ["Ett", "Två"]})])
    assert '<h2 id="vi-vill-na">Vi vill nå</h2>' in html
    assert "<li>Ett</li><li>Två</li>" in html


@pytest.mark.parametrize(("language", "when"), [("sv", "När"), ("en", "When")])
def test_a_process_is_a_table_with_a_caption_and_names_its_columns_on_a_phone(client, language, when):
    rows = [{"role": "Ledning", "task": "Beslutar", "when": "Varje år"}, {"role": "Grupp", "task": "Gör", "when": ""}]
    html = main(client, [("process", {"caption": "Så gör vi", "rows": rows})], language)
    assert "<caption>Så gör vi</caption>" in html
    assert html.count('<th role="rowheader" scope="row">') == 2
    assert f'<td role="cell" data-l="{when}">Varje år</td>' in html
    assert '<td role="cell"></td>' in html


@pytest.mark.parametrize(
    ("language", "accessible", "said"),
    [
        ("sv", "yes", "ODT, 2,0 kB, på engelska. Tillgänglig för alla."),
        ("en", "no", "ODT, 2.0 KB, in English. Not accessible: ask us for another form."),
    ],
)
def test_a_download_says_what_it_is_and_whether_everybody_can_read_it(client, language, accessible, said):
    file = document("Mallen", language="en", accessible=accessible)
    html = main(client, [("downloads", {"documents": [file]})], language)
    assert said in words(html).replace("\xa0", " ")
    assert f'href="{file.url}" hreflang="en"' in html


def test_a_closed_document_is_not_even_named(client):
    closed, opened = document("Hemlig mall"), document("Öppen mall")
    body = [
        ("downloads", {"documents": [closed, opened]}),
        ("link_box", {"heading": "Rutan", "text": "", "document": closed, "page": None, "url": "", "source": ""}),
    ]
    url = scratch.write("Prov", body=body).url
    assert "Hemlig mall" in get(client, url)
    collection = Collection.get_first_root_node().add_child(name="Internt")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    closed.collection = collection
    closed.save()
    html = get(client, url)
    assert "Öppen mall" in html
    assert "Hemlig mall" not in html
    assert "Rutan" not in html


def test_documents_cost_the_same_however_many(client, cost):
    def queries(count: int) -> int:
        files = [document(f"Mall {n}") for n in range(count)]
        url = scratch.write(f"Prov {count}", body=[("downloads", {"documents": files})]).url
        cost(url)
        with CaptureQueriesContext(connection) as asked:
            get(client, url)
        return len(asked)

    assert queries(3) == queries(30)


@pytest.mark.parametrize("name", ["question_list", "bullet_outcomes", "process", "downloads"])
def test_an_empty_list_is_pointed_out_to_the_editor(name):
    block = BodyBlock().child_blocks[name]
    empty = {"heading": "Rubrik", "caption": "Text", "intro": "", "questions": [], "items": [], "rows": [], "documents": []}
    value = block.to_python({key: part for key, part in empty.items() if key in block.child_blocks})
    with pytest.raises(ValidationError):
        block.clean(value)


@pytest.mark.parametrize("name", BodyBlock.base_blocks)
def test_a_draft_is_saved_with_a_block_that_nobody_has_filled_in(name):
    body = BodyBlock()
    body.clean_deferred(StreamValue(body, [(name, body.child_blocks[name].get_default())]))


def test_a_long_summary_and_a_table_without_caption_wait_in_a_draft_and_are_refused_in_public():
    body = BodyBlock()
    table = {"caption": "", "columns": [{"type": "text", "heading": "Roll"}], "rows": [{"values": ["Värd"]}]}
    for unfinished in (("summary", RichText(f"<p>{'ord ' * 61}</p>")), ("table", body.child_blocks["table"].to_python(table))):
        value = StreamValue(body, [unfinished])
        body.clean_deferred(value)
        with pytest.raises(ValidationError):
            body.clean(value)
