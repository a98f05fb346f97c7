"""Every page as plain Markdown beside itself: the same words, in the same language, for the same readers."""

import itertools
import re

import pytest
from django.conf import settings
from django.utils import translation
from markdown_it import MarkdownIt
from wagtail import blocks
from wagtail.models import PageViewRestriction

from cms import markdown
from cms.kinds import kinds
from cms.models import PortalImage
from directory.models import Person
from knowledge.models import EventPage
from tests.scratch import reread, write

pytestmark = pytest.mark.django_db

PARSER = MarkdownIt("commonmark").enable("table")


def read(client, address: str) -> str:
    response = client.get(address.rstrip("/") + ".md")
    assert response.status_code == 200, (address, response.status_code)
    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    return response.text


def headings(text: str) -> list[tuple[int, str]]:
    tokens = PARSER.parse(text)
    return [
        (int(token.tag[1]), "".join(part.content for part in tokens[n + 1].children))
        for n, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def links(text: str) -> list[str]:
    inline = [part for token in PARSER.parse(text) for part in token.children or []]
    return [part.attrGet("href") or part.attrGet("src") for part in inline if part.type in ("link_open", "image")]


def words(text: str) -> str:
    return re.sub(r"\W+", " ", text)


# Every page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_kind_can_be_read_as_markdown_with_its_title_its_source_and_its_licence(client, language):
    for kind in kinds().values():
        with translation.override(language):
            for item in kind.public(language)[:4]:
                address = item.get_url()
                text = read(client, address)
                assert headings(text)[0] == (1, getattr(item, "heading", item.title))
                assert [level for level, _ in headings(text)].count(1) == 1
                assert f"<{settings.BASE_URL}{address}>" in text
                assert "creativecommons.org" in text
                assert all(link.startswith(("http", "mailto:", "#")) for link in links(text)), links(text)
                assert "<div" not in text


def test_no_level_of_headings_is_left_out(client):
    for kind in ("guide", "method", "news", "event", "project"):
        for page in kinds()[kind].public("sv"):
            levels = [level for level, _ in headings(read(client, page.url))]
            assert all(below - above <= 1 for above, below in itertools.pairwise(levels)), (page.url, levels)


def test_a_page_names_its_markdown_and_that_names_the_page(client, page):
    shown = page("strategic-partnerships", "en")
    address = settings.BASE_URL + shown.url.rstrip("/") + ".md"
    html = client.get(shown.url).text
    assert f'<link rel="alternate" type="text/markdown" title="This page as Markdown" href="{address}">' in html
    response = client.get(address.removeprefix(settings.BASE_URL))
    assert response.headers["Link"] == f'<{settings.BASE_URL}{shown.url}>; rel="canonical"'
    assert response.headers["Content-Language"] == "en"
    assert (
        client.get(address.removeprefix(settings.BASE_URL), headers={"if-none-match": response.headers["ETag"]}).status_code == 304
    )


def test_a_guide_is_read_whole_and_a_chapter_alone(client, page):
    guide = page("strategic-partnerships")
    titles = [chapter.value["title"] for chapter in guide.chapters]
    assert [title for level, title in headings(read(client, guide.url)) if level == 2] == titles
    chapter = read(client, guide.url + list(guide.parts_below().values())[1])
    assert headings(chapter)[0] == (1, titles[1])
    assert guide.title in chapter
    assert titles[2] not in chapter


def test_a_method_has_its_facts_and_its_steps_in_order(client, page):
    method = page("one-question-one-hour")
    text = read(client, method.url)
    assert "- Tid: 60 min\n" in text
    for number, step in enumerate(method.steps, start=1):
        assert f"\n{number}. **{step.value['title']}** ({step.value['minutes']} min)\n\n   " in text
    assert [title for _, title in headings(text)][-1] == "Att tänka på i offentlig verksamhet"


def test_a_checklist_has_boxes_for_musts_and_none_for_tips(client, page):
    text = read(client, page("meeting-checklist").url)
    assert "- [ ] Skicka tack och anteckningar\n" in text
    assert "- Tips: Hälsa på alla i dörren\n" in text


def test_a_list_is_links_and_an_event_says_when_and_where(client, page):
    assert f"]({settings.BASE_URL}{page('portal-opens').url})" in read(client, page("news").url)
    event = page("partner-meeting-april-2024")
    assert "- När: 26 april 2024, fredag hela dagen\n" in read(client, event.url).replace("\u00a0", " ")


def test_a_cancelled_event_says_so_first(client):
    cancelled = EventPage.objects.live().get(status="cancelled", locale__language_code="en")
    assert headings(read(client, cancelled.url))[0][1] == f"Cancelled: {cancelled.title}"


def test_lists_and_topics_of_the_directory_say_what_they_are(client):
    assert headings(read(client, "/en/find-contact/people/"))[0] == (1, "People")
    assert headings(read(client, "/hitta-kontakt/partnerskap/"))[0] == (1, "Partnerskap")
    assert headings(read(client, "/hitta-kontakt/amnen/co-creation/"))[0] == (1, "Samskapande")


# Every block


def test_every_block_that_an_editor_may_use_has_its_words_in_markdown():
    from cms.blocks import BodyBlock

    for name, block in BodyBlock().child_blocks.items():
        value = block.get_preview_value()
        text = markdown.from_block(blocks.BoundBlock(block, block.normalize(value)), {})
        assert text, name
        assert "<" not in re.sub(r"<https?://\S+>", "", text), name
        assert PARSER.render(text), name


def test_a_block_of_a_plugin_is_read_from_its_html():
    class Note(blocks.StructBlock):
        title = blocks.CharBlock()
        text = blocks.RichTextBlock()

    note = Note()
    value = note.to_python({"title": "A * B", "text": '<p>Se <a href="/x/">här</a>.</p>'})
    assert markdown.from_block(blocks.BoundBlock(note, value), {}) == f"A \\* B\n\nSe [här]({settings.BASE_URL}/x/)."


@pytest.mark.parametrize(
    "text", ["# ingen rubrik", "- ingen lista", "1. ingen lista", "> inget citat", "*nej* _nej_ [nej](x) `nej`", "<b>"]
)
def test_what_an_editor_wrote_as_text_means_nothing_to_markdown(client, text):
    shown = write("Tecken", lead=text)
    tokens = PARSER.parse(read(client, shown.url))
    lead = tokens[tokens.index(next(token for token in tokens if token.type == "paragraph_open")) + 1]
    assert "".join(part.content for part in lead.children) == text
    assert {part.type for part in lead.children} <= {"text", "text_special"}


def test_pictures_have_their_text_and_tables_their_cells(client):
    image = PortalImage.objects.exclude(alt_sv="").first()
    table = {
        "caption": "Tider",
        "columns": [{"type": "text", "heading": "Steg"}, {"type": "number", "heading": "Veckor"}],
        "rows": [{"values": ["Samtal", 2]}],
    }
    text = read(client, write("Med bild", body=[("image", {"image": image, "size": "normal"}), ("table", table)]).url)
    assert f"![{image.alt_sv}]({settings.BASE_URL}/media/" in text
    assert "| Steg | Veckor |" in text
    assert "| Samtal | 2 |" in text


# Who may read it


def test_of_a_person_only_what_everybody_may_see_is_there(client):
    person = Person.objects.public().exclude(email="").exclude(phone="").first()
    for visibility, there in (("mediators", False), ("public", True)):
        person.email_visibility = person.phone_visibility = visibility
        person.save()
        text = read(client, person.get_url())
        assert (person.email.replace("_", r"\_") in text, person.phone in text) == (there, there)
    person.noindex = True
    person.save()
    response = client.get(person.get_url().rstrip("/") + ".md")
    assert response.headers["X-Robots-Tag"].startswith("noindex")


def test_a_link_to_what_not_everybody_may_see_is_none(client):
    closed = write("Stängd sida")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    shown = write(
        "Pekar", body=[("paragraph", f'<p><a linktype="page" id="{closed.pk}">dit</a></p>'), ("cards", {"pages": [closed]})]
    )
    text = read(client, shown.url)
    assert "dit" in text
    assert "stangd" not in text
    assert "Stängd sida" not in text


@pytest.mark.parametrize("way", ["draft", "password", "login", "gone"])
def test_what_not_everybody_may_see_has_no_markdown(client, signed_in, way):
    shown = write("Hemlig", body=[("paragraph", "<p>hemligheten</p>")])
    assert "hemligheten" in read(client, shown.url)
    if way == "draft":
        reread(shown).unpublish()
    elif way == "gone":
        reread(shown).delete()
    else:
        PageViewRestriction.objects.create(
            page=shown, restriction_type=way, password="ett långt lösenord" if way == "password" else ""
        )
    for someone in (client, signed_in("admin")):
        response = someone.get(shown.url.rstrip("/") + ".md")
        assert response.status_code == 404
        assert "hemligheten" not in response.text


@pytest.mark.parametrize("address", ["/finns-inte.md", "/.md", "/en.md", "/en/.md", "/sok.md", "/nyheter/2099/01.md"])
def test_what_is_not_there_has_no_markdown(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert address in response.text, "the page that says so names what was asked for"


def test_an_old_address_leads_to_the_new_one(client, page):
    item = page("partner-meeting-2024")
    response = client.get(f"/nyheter/2020/01/01/{item.slug}.md")
    assert (response.status_code, response.headers["Location"]) == (301, item.url.rstrip("/") + ".md")
    assert client.post(item.url.rstrip("/") + ".md").status_code == 405


def test_a_page_costs_no_more_as_markdown_than_as_itself(cost, page):
    for name in ("strategic-partnerships", "one-question-one-hour", "portal-opens", "question-hour", "news"):
        address = page(name).url
        assert cost(address.rstrip("/") + ".md") <= cost(address) + 2


@pytest.mark.plugin
def test_a_plugins_page_is_read_without_a_line_of_its_own(client, page):
    from samverka_podcast.models import PodcastPage

    listing = write("Poddar", model=type(page("news")), lists="podcast")
    body = [("listen", {"question": "Vad är ett partnerskap?"}), ("heading", {"text": "Mer", "level": "h2"})]
    text = read(client, write("Första avsnittet", listing, model=PodcastPage, minutes=12, body=body).url)
    assert headings(text) == [(1, "Första avsnittet"), (2, "Mer")]
    assert "Vad är ett partnerskap?" in text
