"""Search engines learn every public address and its versions in the other language, and nothing else."""

import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from usp.tree import sitemap_tree_for_homepage
from usp.web_client.abstract_client import AbstractWebClient, LocalWebClientSuccessResponse
from wagtail.models import PageViewRestriction

from cms import sitemap
from cms.public import public_pages
from directory.models import Organisation, Person
from tests.scratch import write

pytestmark = pytest.mark.django_db

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def path(address: str) -> str:
    assert address.startswith(settings.BASE_URL + "/")
    return address.removeprefix(settings.BASE_URL)


def parts(client) -> list[str]:
    index = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 our own answer
    return [path(location.text) for location in index.findall("s:sitemap/s:loc", NS)]


def entries(client, *names: str) -> dict[str, dict[str, str]]:
    """Every address, with its alternates by language."""
    found = {}
    for part in names or parts(client):
        for url in ET.fromstring(client.get(part).content).findall("s:url", NS):  # noqa: S314
            address = path(url.find("s:loc", NS).text)
            assert address not in found
            found[address] = {link.get("hreflang"): path(link.get("href")) for link in url.findall("x:link", NS)}
    return found


def test_every_public_page_is_there_at_the_address_where_it_answers(client):
    found = entries(client)
    for language in ("sv", "en"):
        for page in public_pages(language).specific():
            assert page.get_url() in found


def test_versions_name_each_other_and_the_swedish_one_is_the_default(client, page):
    found = entries(client)
    swedish, english = (page("portal-opens", language).get_url() for language in ("sv", "en"))
    expected = {"sv": swedish, "en": english, "x-default": swedish}
    assert found[swedish] == found[english] == expected
    for address, alternates in found.items():
        assert not alternates or address in alternates.values()
        assert all(found[other] == alternates for other in alternates.values())


def test_the_sitemap_and_the_page_itself_name_the_same_versions(client, page):
    found = entries(client)
    for address in (page("portal-opens").get_url(), next(each for each in found if "/strategiska-partnerskap/" in each)):
        shown = client.get(address).content.decode()
        for code, other in found[address].items():
            assert f'hreflang="{code}" href="{settings.BASE_URL}{other}"' in shown


def test_parts_of_pages_and_rows_are_there_in_both_languages(client, page):
    found = entries(client)
    guide, translated = page("strategic-partnerships", "sv"), page("strategic-partnerships", "en")
    for chapter, address in guide.parts_below().items():
        assert found[guide.get_url() + address]["en"] == translated.get_url() + translated.parts_below()[chapter]
    news = page("news", "sv")
    assert len([address for address in found if address.startswith(news.get_url() + "2026/")]) > 2
    for row in (Organisation.objects.public().first(), Person.objects.public().first()):
        with translation.override("en"):
            english = row.get_url()
        assert found[row.get_url()]["en"] == english


def test_lists_and_topics_of_the_directory_are_there(client):
    found = entries(client)
    assert found["/hitta-kontakt/organisationer/"]["en"] == "/en/find-contact/organisations/"
    assert found["/hitta-kontakt/amnen/co-creation/"]["en"] == "/en/find-contact/topics/co-creation/"


class Visitor(AbstractWebClient):
    """The sitemap as somebody else's program asks for it."""

    def __init__(self, client):
        self.client = client

    def set_max_response_data_length(self, max_response_data_length: int | None) -> None:
        pass

    def get(self, url: str) -> LocalWebClientSuccessResponse:
        answer = self.client.get(path(url))
        assert answer.status_code == 200
        return LocalWebClientSuccessResponse(url, answer.text)


def test_another_program_finds_it_by_itself_and_reads_it_as_we_do(client, settings):
    """With the day of the last change of all that has one, and its versions."""
    settings.HTTPS = True
    tree = sitemap_tree_for_homepage(f"{settings.BASE_URL}/", web_client=Visitor(client), use_known_paths=False)
    found = {path(page.url): page for page in tree.all_pages()}
    ours = entries(client)
    assert set(found) == set(ours)
    for address, page in found.items():
        assert {code: path(other) for code, other in page.alternates or []} == ours[address]
    for shown in public_pages("sv").specific():
        assert found[shown.get_url()].last_modified.date() == timezone.localdate(shown.last_published_at)


def test_a_page_in_one_language_names_no_version(client):
    alone = write("Bara på svenska")
    assert entries(client)[alone.get_url()] == {}


def test_nothing_private_is_named(client, page):
    draft, closed = write("Utkast", live=False), write("Stängd")
    below = write("Under den stängda", closed)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    person = Person.objects.public().first()
    person.noindex = True
    person.save()
    hidden = Person.objects.public().last()
    hidden.restricted = True
    hidden.save()
    found = entries(client)
    addresses = [f"/{draft.slug}/", closed.get_url(), below.get_url(), person.get_url()]
    assert not [address for address in found if address in addresses or hidden.slug in address]


def test_a_part_is_never_longer_than_it_may_be_and_is_found_by_its_number(client, monkeypatch):
    everything = entries(client)
    monkeypatch.setattr(sitemap, "SUBJECTS", 10)
    assert len(parts(client)) > 8
    assert all(len(entries(client, part)) <= 20 for part in parts(client))
    assert entries(client) == everything


@pytest.mark.parametrize(
    "address", ["/sitemap-pages-0.xml", "/sitemap-pages-99999999999999999999.xml", "/sitemap-nothing-1.xml", "/sitemap-pages-x.xml"]
)
def test_a_part_that_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_part_costs_the_same_for_few_and_for_many(cost):
    section = write("Avdelning")
    before = cost("/sitemap-pages-1.xml")
    for number in range(30):
        write(f"Sida {number}", section)
    assert cost("/sitemap-pages-1.xml") == before <= 10


def test_rows_cost_the_same_for_few_and_for_many(client):
    with CaptureQueriesContext(connection) as queries:
        assert len(entries(client, "/sitemap-organisation-1.xml")) > 10
    assert len(queries) <= 10


def test_a_demo_is_closed_to_search_engines(client, settings):
    settings.HTTPS = False
    assert client.get("/robots.txt").content.decode().split() == ["User-agent:", "*", "Disallow:", "/"]
    for address in ("/", "/en/", "/sitemap.xml", "/api/v2/pages/"):
        assert "noindex" in client.get(address).headers["X-Robots-Tag"]


def test_a_real_site_is_open_but_for_the_admin_and_the_search(client, settings):
    settings.HTTPS = True
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/\n" in robots
    assert "Disallow: /en/search/\n" in robots
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in robots
    assert "Disallow: /\n" not in robots
    assert "X-Robots-Tag" not in client.get("/").headers
