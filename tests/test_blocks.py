"""Tables, text for one language, the areas of operation, and the pages where editors practise."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import TranslationSource

from cms import frame
from cms.blocks.body import BodyBlock
from cms.blocks.layout import LanguageOnly
from cms.blocks.table import Table
from cms.checks import Severity, findings
from cms.demo.loader import Loader, parse
from cms.demo.management.commands.demo import CONTENT
from home.models import StandardPage
from tests.scratch import write
from tests.translating import english, press_publish, submit, translate

pytestmark = pytest.mark.django_db

TABLE = {
    "caption": "Tid",
    "columns": [{"type": "text", "heading": "Steg"}, {"type": "number", "heading": "Veckor"}],
    "rows": [{"values": ["Start", 2]}, {"values": ["Plan & mål", 1234.5]}, {"values": ["Slut", None]}],
}
CLOSED = [
    "for-editors",
    "editors-guide",
    "sample-page",
    "practice",
    "practice-news",
    "practice-project",
    "practice-languages",
    "practice-review",
]
WORD = "kluddramla"


def table(**values):
    return Table().normalize({**TABLE, **values})


def shown(client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser").main


# Tables


def test_a_table_says_what_it_is_about_and_which_column_a_cell_is_in(client):
    found = shown(client, write("Tabell", body=[("table", table())]).url).table
    assert found.caption.text == "Tid"
    assert [cell.text for cell in found.select("thead th[scope=col]")] == ["Steg", "Veckor"]
    assert [cell.text for cell in found.select("tbody th[scope=row]")] == ["Start", "Plan & mål", "Slut"]
    assert [cell.text.replace("\xa0", " ") for cell in found.select("td")] == ["2", "1 234,5", ""]
    assert {cell["data-l"] for cell in found.select("td")} == {"Veckor"}, "said where columns become lines"


def test_numbers_are_written_as_the_language_does(client):
    found = shown(client, write("Table", body=[("table", table())], language="en").url).table
    assert [cell.text for cell in found.select("td")] == ["2", "1,234.5", ""]


@pytest.mark.parametrize("missing", [{"caption": ""}, {"columns": [], "rows": []}])
def test_a_table_without_a_caption_or_columns_is_refused(missing):
    with pytest.raises(ValidationError):
        Table().clean(table(**missing))


def test_a_table_without_a_heading_is_refused():
    with pytest.raises(ValidationError):
        Table().clean(table(columns=[{"type": "text", "heading": ""}, {"type": "number", "heading": "Veckor"}]))
    assert Table().clean(table()).caption == "Tid"


def test_a_table_is_translated_cell_by_cell_and_its_numbers_stay(signed_in, client, django_capture_on_commit_callbacks):
    admin, original = signed_in("admin"), write("Tabell", body=[("table", table())])
    submit(admin, original)
    assert translate(admin, original) == 8, "title, lead, caption, two headings and three cells"
    press_publish(admin, original, django_capture_on_commit_callbacks)
    there = shown(client, english(original).url).table
    assert there.caption.text == "EN Tid"
    assert [cell.text for cell in there.select("thead th")] == ["EN Steg", "EN Veckor"]
    assert [cell.text for cell in there.select("tbody th")] == ["EN Start", "EN Plan & mål", "EN Slut"]
    assert [cell.text for cell in there.select("td")] == ["2", "1,234.5", ""]
    assert shown(client, original.url).table.caption.text == "Tid"


def test_what_stands_in_a_table_is_found(client, indexing):
    write("Tabell", body=[("table", table(caption=WORD))])
    assert client.get(reverse("search"), {"q": WORD}).context["results"].total == 1


# One language only


def one_language(language: str):
    return LanguageOnly().normalize({"language": language, "content": [{"type": "paragraph", "value": f"<p>{WORD}</p>"}]})


@pytest.mark.parametrize(("language", "other"), [("sv", "en"), ("en", "sv")])
def test_text_for_one_language_is_shown_in_that_language_alone(client, language, other):
    body = [("language_only", one_language(language))]
    assert WORD in client.get(write("Här", body=body, language=language).url).text
    assert WORD not in client.get(write("Där", body=body, language=other).url).text


def test_text_for_one_language_is_not_sent_to_translation(signed_in, client, django_capture_on_commit_callbacks):
    body = [("language_only", one_language("en")), ("paragraph", "<p>Vanlig text.</p>")]
    admin, original = signed_in("admin"), write("Tvåspråkig", body=StandardPage(body=body).body)
    submit(admin, original)
    assert translate(admin, original) == 3, "title, lead and the plain text"
    press_publish(admin, original, django_capture_on_commit_callbacks)
    there = english(original)
    assert there.body[0].value["content"][0].value.source == f"<p>{WORD}</p>"
    assert WORD in client.get(there.url).text
    assert WORD not in client.get(original.url).text


def test_text_that_a_page_does_not_show_is_not_found_in_its_language(client, indexing):
    write("Sida", body=[("language_only", one_language("en"))])
    assert client.get(reverse("search"), {"q": WORD}).context["results"].total == 0
    shown = write("Page", body=[("language_only", one_language("en"))], language="en")
    assert [each.item for each in client.get("/en/search/", {"q": WORD}).context["results"].shown] == [shown]


def test_the_paragraph_on_added_value_is_in_the_english_version_only(client, page):
    assert "What we call added value" in client.get(page("idea-and-mission", "en").url).text
    assert "added value" not in client.get(page("idea-and-mission").url).text


# Areas of operation


def test_the_areas_lead_to_their_pages_in_each_language_and_cost_the_same_as_without(client, cost):
    for language in ("sv", "en"):
        plain, grid = (
            write(f"Utan {language}", language=language),
            write(f"Med {language}", body=[("area_grid", None)], language=language),
        )
        links = {link["href"] for link in shown(client, grid.url).select(".areas a")}
        areas = Page.objects.live().filter(content_type__model="focusareapage", locale__language_code=language)
        assert links == {area.get_url() for area in areas}
        assert len(links) == 4
        assert cost(grid.url) <= cost(plain.url) + 2, "once for all visitors, until something changes"


# The pages for editors


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", CLOSED)
def test_a_page_for_editors_is_shown_to_who_has_signed_in_and_to_nobody_else(client, signed_in, page, name, language):
    address = page(name, language).url
    assert client.get(address).status_code == 302
    assert page(name, language).title in signed_in("editor").get(address).text


def test_the_pages_for_editors_are_in_no_list_no_search_and_no_sitemap(client, page):
    titles = [page(name, language).title for name in CLOSED for language in ("sv", "en")]
    searched = [f"{reverse('search')}?q=Övningssektion", f"{reverse('search')}?q=block"]
    for address in ("/", "/en/", "/nyheter/", "/sitemap-pages-1.xml", *searched):
        text = client.get(address).text
        slugs = [page(name).slug for name in CLOSED]
        assert not [title for title in titles if f">{title}<" in text], address
        assert not [slug for slug in slugs if f"/{slug}/" in text], address
    for name in CLOSED:
        assert client.get(f"/api/v2/pages/{page(name).pk}/").status_code == 404


def test_the_sample_page_and_the_rest_of_the_demo_show_every_block(page):
    used = set()
    for each in Page.objects.filter(locale__language_code="sv", depth__gt=1).specific():
        for field in each._meta.get_fields():
            used |= kinds_in(getattr(each, field.name).raw_data) if hasattr(field, "stream_block") else set()
    assert set(BodyBlock.base_blocks) - used == set()


def kinds_in(data) -> set[str]:
    """The names of all blocks in a stored body, however deep."""
    if isinstance(data, dict):
        own = {data["type"]} if "type" in data else set()
        return own.union(*(kinds_in(part) for part in data.values()))
    return set().union(*(kinds_in(part) for part in data)) if hasattr(data, "__iter__") and not isinstance(data, str) else set()


def test_a_closed_section_links_its_own_pages_for_those_who_are_in(signed_in, page):
    html = signed_in("editor").get(page("practice").url).text
    assert page("practice-news").url in html
    assert page("practice-review").url in html


def test_an_open_page_does_not_link_into_a_closed_section_even_for_those_who_are_in(signed_in, page):
    pointing = write("Pekar dit", body=[("paragraph", f'<p><a linktype="page" id="{page("practice").pk}">dit</a></p>')])
    assert page("practice").url not in signed_in("editor").get(pointing.url).text


def test_a_page_in_a_closed_section_does_not_link_into_one_closed_to_others(signed_in, page):
    inner = page("practice-news")
    PageViewRestriction.objects.create(page=inner, restriction_type="password", password="ett-annat-ord")
    html = signed_in("editor").get(page("practice").url).text
    assert inner.url not in html
    assert page("practice-review").url in html
    assert not frame.is_public(inner, page("practice"))


def test_the_practice_pages_have_their_faults(page):
    news, languages = str(page("practice-news").body), {code: page("practice-languages", code) for code in ("sv", "en")}
    project, old = str(page("practice-project").body), page("practice-review")
    assert all(word in news for word in ("Profile image", "folk lyssnar", "Wexus", "GKN Aero space", "Under 2024", ">example.org<"))
    assert news.count("”") == 1
    sentence = "Projektet skulle göra det lättare för små företag att hitta studenter som vill skriva sitt arbete hos dem."
    assert project.count(sentence) == 2
    assert "håller på att utarbetas" in project
    assert [str(each.body).count("<p>") for each in languages.values()] == [3, 2]
    assert "Hem &gt; Kunskap" in str(languages["en"].body)
    assert old.next_review_on.year == 2024
    assert (old.content_owner, old.public_reviewer) == (None, "none")
    assert "http://127.0.0.1:9/" in str(old.body)


def test_the_checks_see_as_much_of_the_faults_as_the_answers_say(page):
    seen = {
        name: [each.severity for each in findings(page(f"practice-{name}"))] for name in ("news", "project", "languages", "review")
    }
    assert seen.pop("news").count(Severity.WARNING) == 7
    assert [*seen.values()] == [[Severity.TIP]] * 3, "the description for search engines"


def test_one_practice_page_is_ahead_of_its_translation(page):
    """Made anew, as a real demo is: with its records for the translation editor."""
    for language in ("sv", "en"):
        page("practice-languages", language).delete()
    loader = Loader(CONTENT, say=lambda text: None)
    loader.locales = {code: page("home", code).locale for code in ("sv", "en")}
    loader.publish([loader.make(parse(CONTENT / "pages" / "practice-languages.yaml"))])
    translated = TranslationSource.objects.get(object_id=page("practice-languages").translation_key)
    assert json.loads(translated.content_json)["lead"] != page("practice-languages").lead
    assert page("practice-languages", "en").live
