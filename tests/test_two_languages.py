"""A visitor who reads in one language finds the other: the same thing there, or a page that says that it is missing."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.text import slugify
from wagtail.models import Page, PageViewRestriction

from cms.languages import address_in
from cms.models import BasePage
from cms.translation import errors
from tests.scratch import news, news_list, reread, write

pytestmark = pytest.mark.django_db


def head(response: HttpResponse) -> str:
    return response.content.decode().split("</head>")[0]


def main(response: HttpResponse) -> str:
    return response.content.decode().split("<main")[1].split("</main>")[0]


def language_of(response: HttpResponse) -> str:
    return re.search(r'<html lang="(\w+)"', response.content.decode())[1]


def language_link(response: HttpResponse) -> str:
    links = re.findall(r'<a href="([^"]+)"[^>]* hreflang="\w+"[^>]*>(?:English|Svenska)</a>', response.content.decode())
    assert links, "there is always a link to the other language"
    return links[0].replace("&amp;", "&")


def rels(response: HttpResponse) -> dict[str, str]:
    """Canonical and alternate addresses, by language, without the host."""
    found = re.findall(r'<link rel="(canonical|alternate)"(?: hreflang="([\w-]+)")? href="https?://[^/]+([^"]*)"', head(response))
    return {language or rel: address for rel, language, address in found}


# What is missing is said


@pytest.mark.parametrize(
    ("here", "there", "texts"),
    [
        ("sv", "en", ["This page has not been translated yet", "Sidan är inte översatt ännu"]),
        ("en", "sv", ["Sidan är inte översatt ännu", "This page has not been translated yet"]),
    ],
)
def test_a_missing_translation_has_an_honest_page_in_both_languages(client, here, there, texts):
    parent = write("Föräldern", language=here, slug="foraldern")
    twin = write("Twin of the parent", language=there, of=parent)
    original = write("Ensam sida", parent)
    response = client.get(address_in(there, original.url))
    assert response.status_code == 404
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex">' in head(response)
    assert language_of(response) == there
    shown = main(response)
    assert [text for text in texts if text not in shown] == []
    assert re.search(f'lang="{here}"[^>]*>Ensam sida', shown)
    assert f'href="{original.url}"' in shown
    assert f'href="{twin.url}"' in shown
    assert rels(response) == {}
    assert language_link(response) == original.url


def test_no_alternate_points_at_a_missing_translation(client):
    original = write("Bara svenska")
    response = client.get(original.url)
    assert rels(response) == {"canonical": original.url}
    assert language_link(response) == f"/en{original.url}"


def test_the_nearest_translated_page_above_is_named(client):
    top = write("Överst")
    write("The top", of=top, language="en")
    middle = write("Mitten", top)
    lowest = write("Lägst", middle)
    shown = main(client.get(address_in("en", lowest.url)))
    assert 'href="/en/the-top/"' in shown
    assert "Mitten" not in shown


def test_a_part_of_an_untranslated_page_is_missing_too(client):
    above = news_list("Bara svenska nyheter")
    item = news("En nyhet", datetime.date(2024, 4, 29), above)
    month = f"{above.url}2024/04/"
    for address in (month, item.url):
        response = client.get(address_in("en", address))
        assert response.status_code == 404
        assert f'href="{address}"' in main(response)


def test_a_part_that_is_translated_is_found_under_the_address_of_the_other_language(client):
    above = news_list("Våra provnyheter")
    below = news("En nyhet", datetime.date(2024, 4, 29), above)
    twin = news_list("Our trial news", of=above, language="en")
    news("An item of news", datetime.date(2024, 4, 29), twin, of=below)
    response = client.get(f"/en{above.url}2024/04/?type=news")
    assert (response.status_code, response.headers["Location"]) == (301, f"{twin.url}2024/04/?type=news")
    response = client.get(f"/en{below.url}")
    assert (response.status_code, response.headers["Location"]) == (301, f"{twin.url}2024/04/29/an-item-of-news/")


def test_a_chapter_is_found_under_the_address_of_the_other_language(client, page):
    guide, twin = page("asking-academia"), page("asking-academia", "en")
    chapter, there = guide.chapter_places(None)[1].url, twin.chapter_places(None)[1].url
    assert client.get(chapter).status_code == 200
    response = client.get(f"/en{chapter}")
    assert (response.status_code, response.headers["Location"]) == (301, there)
    twin.unpublish()
    response = client.get(f"/en{chapter}")
    assert response.status_code == 404
    assert f'href="{chapter}"' in main(response)


def test_the_honest_page_leads_on_once_the_translation_is_there(client):
    original = write("Snart översatt")
    assert client.get(f"/en{original.url}").status_code == 404
    twin = write("Soon translated", of=original, language="en")
    response = client.get(f"/en{original.url}?q=1")
    assert (response.status_code, response.headers["Location"]) == (301, f"{twin.url}?q=1")


def test_the_old_address_of_an_original_still_names_it(client):
    original = write("Gammalt namn")
    before = original.url
    original.slug = "nytt-namn"
    original.save()
    response = client.get(f"/en{before}")
    assert response.status_code == 404
    assert 'href="/nytt-namn/"' in main(response)


def test_a_page_that_is_not_public_is_never_named(client):
    closed = write("Hemlig rubrik")
    below = write("Hemlig underrubrik", closed)
    draft = write("Hemligt utkast", live=False)
    unpublished = write("Hemlig avpublicerad")
    address = unpublished.url
    unpublished.slug = "nagot-hemligt"
    unpublished.save()
    reread(unpublished).unpublish()
    assert client.get(f"/en{closed.url}").status_code == 404
    assert "Hemlig rubrik" in main(client.get(f"/en{closed.url}")), "as long as it is public"
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    for path in (closed.url, below.url, f"/{draft.slug}/", address):
        response = client.get(f"/en{path}")
        assert response.status_code == 404
        assert "Hemlig" not in response.content.decode()
        assert "nagot-hemligt" not in response.content.decode()


def test_a_closed_twin_is_not_where_the_honest_page_leads(client):
    parent = write("Öppen förälder")
    closed = write("Closed section", language="en")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    write("Closed twin", closed, of=parent)
    original = write("Barnet", parent)
    for address in (original.url, parent.url):
        response = client.get(f"/en{address}")
        assert response.status_code == 404
        assert "Closed twin" not in response.content.decode()


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize(
    "path",
    [
        "/finns-inte/",
        "/en/not-there/",
        "/en/%00/",
        "/en/a%00b/",
        "//en//om/",
        "/en/om//oss/",
        "/en/om/../oss/",
        "/en/%C3%A5/%C3%A4/",
        "/en/%F0%9F%90%9F/",
        "/en/%FF%FE/",
        "/en/" + "a" * 5000 + "/",
        "/en/" + "a/" * 2000,
        "/" + "1/" * 50,
        "/sv/",
        "/en/0/0/0/0/",
        "/en/?" + "x=" * 5000,
    ],
    ids=lambda path: path[:16],
)
def test_odd_addresses_are_answered_calmly(client, path, method):
    response = getattr(client, method)(path)
    assert response.status_code in (200, 301, 302, 400, 404, 405)


def test_a_404_is_in_the_language_of_its_address(client):
    assert language_of(client.get("/finns-inte-alls/")) == "sv"
    assert language_of(client.get("/en/not-at-all/")) == "en"


@pytest.mark.parametrize(("path", "language"), [("/trasig/", "sv"), ("/en/broken/", "en")])
def test_every_error_is_in_the_language_of_its_address(path, language, django_assert_num_queries):
    request = RequestFactory().get(path)
    with django_assert_num_queries(0):
        answers = [errors.bad_request(request, ValueError()), errors.server_error(request)]
    answers.append(errors.forbidden(request, PermissionError()))
    assert [answer.status_code for answer in answers] == [400, 500, 403]
    assert [language_of(answer) for answer in answers] == [language] * 3


@pytest.mark.parametrize(("path", "language"), [("/trasig/", "sv"), ("/en/broken/", "en")])
def test_what_failed_is_said_in_both_languages_with_a_way_on(path, language):
    other = {"sv": "en", "en": "sv"}[language]
    request = RequestFactory().get(path)
    answers = [
        errors.bad_request(request, ValueError()),
        errors.forbidden(request, PermissionError()),
        errors.server_error(request),
    ]
    for answer in answers:
        said = BeautifulSoup(answer.content, "html.parser").main
        assert said.h1.text != said.find("section", lang=other).h2.text
        ways = [link["href"] for link in said.select(".btn[href^='/'], section[lang] a")]
        assert ways == [address_in(language, "/"), address_in(other, "/")]


@pytest.mark.parametrize(("path", "language"), [("/trasig/", "sv"), ("/en/broken/", "en")])
def test_a_form_that_cannot_be_trusted_is_refused_in_our_words(path, language):
    refused = Client(enforce_csrf_checks=True).post(path)
    assert refused.status_code == 403
    assert language_of(refused) == language
    said = BeautifulSoup(refused.content, "html.parser").main
    assert said.h1.text == {"sv": "Formuläret skickades inte", "en": "The form was not sent"}[language]


# What is there is found


def test_the_two_languages_lead_to_each_other_on_every_page_of_the_demo(client, rf):
    alternates = {}
    for page in Page.objects.live().public().filter(depth__gt=1).specific():
        if isinstance(page, BasePage):
            alternates[page.url] = page.alternates(rf.get(page.url))
    assert len(alternates) > 50
    for address, found in alternates.items():
        assert address in found.values(), "a page is its own alternate"
        assert {*found} == {"sv", "en"}, address
        assert all(alternates[other] == found for other in found.values()), address


def test_the_language_link_keeps_the_query(client, page):
    methods, twin = page("methods"), page("methods", "en")
    assert language_link(client.get(f"{methods.url}?difficulty=easy&page=2")) == f"{twin.url}?difficulty=easy&page=2"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_names_itself_and_its_alternates(client, page, language):
    addresses = {code: page("about-us", code).url for code in ("sv", "en")}
    response = client.get(f"{addresses[language]}?from=somewhere")
    assert rels(response) == {"canonical": addresses[language], **addresses, "x-default": addresses["sv"]}
    assert language_of(response) == language
    assert response.headers["Content-Language"] == language


def test_a_chapter_has_its_own_alternates(client, page):
    pairs = zip(page("asking-academia").chapter_places(None), page("asking-academia", "en").chapter_places(None), strict=True)
    here, there = [*pairs][1]
    for chapter in (here, there):
        found = rels(client.get(chapter.url))
        assert (found["canonical"], found["sv"], found["en"]) == (chapter.url, here.url, there.url)


def test_an_archive_has_its_own_alternates(client, page):
    item, lists = page("portal-opens"), (page("news"), page("news", "en"))
    month = f"{item.date:%Y/%m}/"
    found = rels(client.get(lists[1].url + month))
    assert (found["canonical"], found["sv"]) == (lists[1].url + month, lists[0].url + month)
    assert client.get(found["sv"]).status_code == 200


def test_public_pages_are_the_same_for_everybody_who_asks(client, page):
    for address in ("/", "/en/", page("about-us").url, page("methods", "en").url, "/finns-inte/"):
        response = client.get(address, headers={"accept-language": "en"})
        varies = {part.strip().lower() for part in response.headers.get("Vary", "").split(",")}
        assert not varies & {"accept-language", "cookie"}, address
        assert not response.cookies, address


def test_the_browsers_language_changes_no_page(client):
    assert language_of(client.get("/", headers={"accept-language": "en"})) == "sv"
    assert language_of(client.get("/en/", headers={"accept-language": "sv"})) == "en"


def test_english_without_its_slash_leads_to_the_english_front_page(client):
    response = client.get("/en")
    assert (response.status_code, response.headers["Location"]) == (301, "/en/")
    assert client.get("/en/").status_code == 200


def test_addresses_are_of_plain_letters_throughout():
    slugs = Page.objects.filter(depth__gt=1).values_list("slug", flat=True)
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9-]+", slug)] == []


def test_no_english_page_keeps_a_swedish_address():
    swedish = {page.translation_key: page for page in Page.objects.filter(locale__language_code="sv", depth__gt=2)}
    english = Page.objects.filter(locale__language_code="en", translation_key__in=swedish)
    same = [page for page in english if page.slug == swedish[page.translation_key].slug]
    named = [page for page in same if page.title != swedish[page.translation_key].title]
    assert [page.slug for page in named if page.slug not in slugify(page.title).split("-")] == [], "a name is one in both"


def test_a_closed_page_leads_to_its_other_version_whom_it_lets_in_and_everybody_else_to_the_front_page(client, signed_in):
    page = write("Bara för oss")
    twin = write("Only for us", language="en", of=page)
    for each in (page, twin):
        PageViewRestriction.objects.create(page=each, restriction_type="password", password="sesam")
    assert language_link(client.get(page.url)) == "/en/"
    restriction = page.view_restrictions.get()
    client.post(f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/", {"password": "sesam", "return_url": page.url})
    assert language_link(client.get(page.url)) == twin.url
    PageViewRestriction.objects.filter(page__in=(page, twin)).update(restriction_type="login")
    assert language_link(signed_in("editor").get(twin.url)) == page.url
