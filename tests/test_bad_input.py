"""Whatever is put into an address, a form or a header, a visitor gets a sensible page or is told what is wrong."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from cms.kinds import kinds
from cms.models import PortalDocument
from directory.models import Organisation, Person
from tests.scratch import write

pytestmark = pytest.mark.django_db

NAMES = [
    "page",
    "order",
    "q",
    "kind",
    "view",
    "letter",
    "language",
    "next",
    *(facet.name for kind in kinds().values() for facet in kind.facets),
]
LONG = "x" * 10_000


def all_with(value: str) -> str:
    return "&".join(f"{name}={value}" for name in dict.fromkeys(NAMES))


BAD_QUERIES = {
    "what nobody asks for": "?nope=1&ÅÄÖ=ö&[]=&a[b]=c&=&" + all_with("nope"),
    "nothing": "?" + all_with(""),
    "numbers below zero": "?" + all_with("-1"),
    "numbers beyond all bounds": "?" + all_with("9" * 400),
    "numbers that are not plain": "?" + all_with("%C2%B2"),
    "a page far away": "?page=999999",
    "operators and markup": "?" + all_with("%27%22%3B--%20%25s%20%7B0%7D%20OR%20*%3Cscript%3E"),
    "ten thousand characters": f"?q={LONG}&page={LONG}&topic={LONG}&{LONG}=1",
    "a value five thousand times": "?" + "topic=methods&" * 5_000,
    "wrong dates": "?" + all_with("2026-02-30T25:61"),
}


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def views(page) -> list[str]:
    """One address of each public view, those that read parameters in both languages."""
    document = PortalDocument.objects.create(title="Mall", file=ContentFile(b"mall", "mall.txt"))
    guide, news, directory = page("strategic-partnerships"), page("news"), page("find-contact")
    whole, chapter = f"{guide.url}?view=all", guide.url + next(iter(guide.parts_below().values()))
    archives = [news.url + below for below in list(news.parts_below().values())[:2]]
    lists = [directory.url + below for below in list(directory.parts_below().values())[:3]]
    profiles = [row.objects.public().first().get_url() for row in (Organisation, Person)]
    pages = [page(name).url for name in ("home", "about-us", "guides", "methods", "one-question-one-hour", "portal-opens")]
    english = [page(name, "en").url for name in ("home", "methods", "news", "find-contact")]
    machines = ["/robots.txt", "/sitemap.xml", "/sitemap-pages-1.xml", "/api/v2/pages/", "/api/v2/images/", "/healthz"]
    others = [document.url, "/admin/login/", reverse("search"), "/en/search/"]
    shown = [item.get_url() for kind in kinds().values() if (item := kind.public("sv").first())]
    feeds = [reverse("feed", args=["news" if form != "ics" else "event", form]) for form in ("rss", "atom", "json", "ics")]
    machines += [*feeds, page("one-question-one-hour").url.rstrip("/") + ".md", "/llms.txt", reverse("suggestions")]
    others += [*shown, page("calendar").url, page("glossary").url]
    found = [*pages, guide.url, whole, chapter, news.url, *archives, directory.url, *lists, *profiles, *english, *machines, *others]
    return found + not_there()


def not_there() -> list[str]:
    """What answers with 404: a page in one language only, and what is nowhere."""
    write("Bara på svenska", slug="bara-pa-svenska")
    return ["/en/bara-pa-svenska/", "/finns-inte/", "/finns-inte.txt", "/en/not-there/", "/api/nope/"]


def answers(visitor: Client, addresses: list[str], query: str = "", method: str = "get", **kwargs) -> dict[str, int]:
    """The addresses that answered with an error of ours."""
    found = {}
    for address in addresses:
        asked = address + (query.replace("?", "&", 1) if "?" in address else query)
        status = getattr(visitor, method)(asked, **kwargs).status_code
        if status >= 500:
            found[address] = status
    return found


def test_every_view_answers_as_it_should_when_nothing_is_wrong(visitor, views):
    statuses = {address: visitor.get(address).status_code for address in views}
    assert [address for address, status in statuses.items() if status != 200] == views[-5:]


@pytest.mark.parametrize("name", BAD_QUERIES)
def test_no_query_is_an_error(visitor, views, name):
    assert answers(visitor, views, BAD_QUERIES[name]) == {}


@pytest.mark.parametrize("query", ["?q=a%00b", "?a%00b=1", "?q=%ff", "?q=%ED%A0%80", "?q=%C0%AF"])
def test_an_address_that_is_no_text_is_turned_away_in_one_place(visitor, views, query):
    shown = [view for view in views if "?" not in view]
    assert {visitor.get(view + query).status_code for view in shown} == {400}


@pytest.mark.parametrize("path", ["/a%00b/", "/%00", "/en/%00/", "/documents/1/%00", "/admin/%00"])
def test_a_path_with_a_nul_is_turned_away(visitor, path):
    response = visitor.get(path)
    assert response.status_code == 400
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("address", ["/api/v2/pages/%00/", "/api/v2/pages/?slug=%00", "/api/v2/images/?title=%ff", "/api/%00"])
def test_a_program_is_turned_away_in_json(visitor, address):
    response = visitor.get(address)
    assert (response.status_code, response.json()) == (400, {"message": "Bad Request"})


@pytest.mark.parametrize(
    "path",
    [
        "/" + "a/" * 2_000,
        "/" + LONG + "/",
        "/en/" + LONG,
        "/../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/",
        "//evil.example/",
        "/\\evil.example/",
        "/en//en//",
        "/en",
        "/sv/",
        "/EN/",
        "/?",
        "/%E2%80%AE/",
        "/%ff/",
        "/en/%ED%A0%80/",
        "/%C0%AF/",
        "/å/ä/ö/",
        "/%25s/%7B0%7D/",
        "/documents/99999999999999999999/x.pdf",
        "/documents/1/" + LONG,
        "/media/../originals/x",
        "/static/../settings.py",
        "/_util/authenticate_with_password/99999999999999999999/1/",
        "/admin/nope/",
    ],
)
def test_no_path_is_an_error(visitor, path):
    assert visitor.get(path).status_code < 500


DATES = [
    "0000/",
    "2026/00/",
    "2026/13/",
    "99999/",
    "99999999999999999999/",
    "-1/",
    "2026/1/1/",
    "2026/02/30/nyhet/",
    "0000/00/00/x/",
    "%C2%B2/%C2%B2/%C2%B2/x/",
    "2026/11/05/finns-inte/",
    "9999/99/99/" + "x" * 300 + "/",
]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("date", DATES)
def test_a_date_that_there_is_not_is_not_found(visitor, page, language, date):
    assert visitor.get(page("news", language).url + date).status_code in (301, 404)


@pytest.mark.parametrize("method", ["post", "put", "options", "head"])
def test_no_method_is_an_error(visitor, views, method):
    assert answers(visitor, views, method=method) == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "xx-" + "y" * 5_000},
        {"Accept-Language": ",;q=a,*;q=2"},
        {"Accept": "nonsense"},
        {"Cookie": "sessionid=%00; django_language=../..; csrftoken=x"},
        {"If-Modified-Since": "yesterday", "If-None-Match": '"'},
        {"Range": "bytes=9-1"},
        {"Authorization": "Basic !!!"},
        {"X-Forwarded-For": "'; --", "X-Forwarded-Proto": "gopher", "X-Requested-With": "XMLHttpRequest"},
        {"Content-Type": "application/json; charset=nonsense"},
    ],
)
def test_no_header_is_an_error(visitor, views, headers):
    assert answers(visitor, views[::4], headers=headers) == {}


@pytest.mark.parametrize("host", ["evil.example", "[::1", "", "a" * 300])
def test_a_host_that_is_not_ours_is_turned_away(visitor, host):
    assert visitor.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("junk", ["", "a\0b", LONG, "\ud800".encode("utf-8", "surrogatepass"), "'; --", "é"])
def test_no_form_is_an_error(visitor, junk):
    closed = write("Med lösenord")
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type="password", password="ett långt lösenord")
    for address in ("/admin/login/", f"/_util/authenticate_with_password/{restriction.pk}/{closed.pk}/", closed.url):
        data = {"username": junk, "password": junk, "return_url": junk, "next": junk}
        assert visitor.post(address, data).status_code < 500


def test_more_fields_than_anybody_fills_in_are_turned_away(visitor):
    assert visitor.get("/?" + "&".join(f"a{n}=1" for n in range(11_000))).status_code in (200, 400)
    assert visitor.post("/admin/login/", {f"a{n}": "1" for n in range(11_000)}).status_code == 400


@pytest.mark.parametrize("address", ["/%00", "/?q=%00", "/sok/?q=%ff%fe", "/api/v2/pages/?locale=%00"])
def test_a_scanners_nonsense_is_one_line_in_the_log(visitor, caplog, address):
    assert visitor.get(address).status_code == 400
    assert [(record.levelname, record.exc_info) for record in caplog.records] == [("WARNING", None)]
