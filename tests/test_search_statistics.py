"""What visitors search for is counted without anything that tells who they were, and staff mend what finds nothing."""

import datetime

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search import statistics
from search.models import SearchCount

pytestmark = pytest.mark.django_db

PERSON = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0"}
NAME = "Kvittrinbalm"  # nobody has written it but here


@pytest.fixture
def searches(indexing):
    """Some visitors who search, and what is counted of it."""
    settings.SEARCHES_FILE.unlink(missing_ok=True)
    return Client(headers=PERSON)


def counted() -> list[tuple]:
    statistics.count()
    statistics.count()
    rows = SearchCount.objects.exclude(text="").order_by("-asked", "text", "language")
    return list(rows.values_list("language", "text", "asked", "empty", "clicked"))


def ask(visitor: Client, *questions: str, **params) -> None:
    for q in questions:
        visitor.get("/sok/", {"q": q, **params})


def test_a_question_is_counted_once_whatever_its_form_and_nothing_tells_who_asked(searches):
    ask(searches, "Metoder för möten", "möte metod", "guide")
    searches.get("/en/search/", {"q": "guide"})
    assert counted() == [("sv", "metoder för möten", 2, 0, 0), ("en", "guide", 1, 0, 0), ("sv", "guide", 1, 0, 0)]
    assert {field.name for field in SearchCount._meta.fields} == {
        "id",
        "day",
        "language",
        "normal",
        "text",
        "asked",
        "empty",
        "clicked",
    }
    assert not settings.SEARCHES_FILE.exists()
    assert not searches.cookies


def test_what_finds_nothing_is_counted_as_that(searches):
    ask(searches, "barometer")
    assert counted() == [("sv", "barometer", 1, 1, 0)]


@pytest.mark.parametrize(
    "q",
    ["anna@example.org", "möte 850101-1234", "ring 070 123 45 67", "möte " * 7, "samverkansarena " * 5, "%%%", ""],
)
def test_what_looks_like_somebodys_own_is_not_even_noted(searches, q):
    ask(searches, q)
    assert not settings.SEARCHES_FILE.exists()


def test_a_word_that_nobody_knows_is_a_digest_until_it_was_asked_for_three_times(searches):
    ask(searches, f"möte {NAME}")
    assert counted() == []
    row = SearchCount.objects.get()
    assert NAME.lower() not in f"{row.normal} {row.text}"
    ask(searches, f"{NAME} möte", f"möte {NAME}")
    assert counted() == [("sv", f"möte {NAME.lower()}", 3, 0, 0)]


def test_neither_machines_nor_those_who_ask_not_to_be_counted_nor_other_looks_at_the_same_are(searches, client):
    for headers in ({"User-Agent": "Googlebot/2.1"}, {}, PERSON | {"DNT": "1"}, PERSON | {"Sec-GPC": "1"}):
        ask(Client(headers=headers), "guide")
    for params in ({"kind": "guide"}, {"page": "2"}, {"literal": "1"}):
        ask(searches, "metod", **params)
    searches.head("/sok/?q=guide")
    assert counted() == []


def test_a_browser_tells_that_a_result_was_followed_without_a_cookie_or_a_script(searches):
    shown = searches.get("/sok/", {"q": "guide"}).content.decode()
    address = reverse("search-click")
    assert f'ping="{address}"' in shown
    for place in ("http://testserver/sok/?q=guider", "http://testserver/nyheter/?q=metod", "nonsense"):
        assert searches.post(address, "PING", content_type="text/ping", headers={"Ping-From": place}).status_code == 204
    assert searches.get(address).status_code == 405
    assert counted() == [("sv", "guide", 1, 0, 1)]


def test_no_visitor_waits_for_the_database(searches, django_assert_num_queries):
    ask(searches, "guide")
    with django_assert_num_queries(0):
        searches.post(reverse("search-click"), headers={"Ping-From": "http://testserver/sok/?q=guide"})


def test_a_file_that_cannot_be_written_keeps_nobody_from_searching(searches, settings, tmp_path):
    settings.SEARCHES_FILE = tmp_path / "nowhere" / "searches.jsonl"
    assert searches.get("/sok/?q=guide").status_code == 200


def test_counts_are_kept_for_a_limited_time_and_digests_shorter(settings):
    settings.SEARCH_STATISTICS_DAYS = 100
    for days, text in ((99, "guide"), (101, "metod"), (29, ""), (31, "")):
        day = timezone.localdate() - datetime.timedelta(days=days)
        SearchCount.objects.create(day=day, language="sv", normal=f"{text}{days}", text=text)
    statistics.forget()
    assert {row.normal for row in SearchCount.objects.all()} == {"guide99", "29"}


def test_nothing_is_counted_where_it_is_turned_off(searches, settings):
    settings.SEARCH_STATISTICS_DAYS = 0
    ask(searches, "guide")
    assert counted() == []


@pytest.fixture
def some():
    today = timezone.localdate()
    for days, text, asked, empty in (
        (0, "guide", 5, 0),
        (3, "guide", 4, 0),
        (1, "barometer", 2, 2),
        (60, "metod", 9, 0),
        (0, "", 8, 8),
    ):
        day = today - datetime.timedelta(days=days)
        SearchCount.objects.create(day=day, language="sv", normal=text or "#1", text=text, asked=asked, empty=empty)


def rows(client: Client, **params) -> list[tuple]:
    report = client.get(reverse("searches_report"), params)
    return [(row["words"], row["times"], row["without"]) for row in report.context["object_list"]]


def test_the_report_says_what_is_asked_most_and_what_finds_nothing(signed_in, some):
    client = signed_in("editor")
    assert rows(client) == [("guide", 9, 0), ("metod", 9, 0), ("barometer", 2, 2)]
    assert rows(client, days="30") == [("guide", 9, 0), ("barometer", 2, 2)]
    assert rows(client, hits="none") == [("barometer", 2, 2)]
    assert rows(client, language="en") == []
    assert len(rows(client, days="x")) == 3, "what makes no sense is left aside"
    assert "barometer" in client.get(reverse("searches_report"), {"export": "csv"}).getvalue().decode()


@pytest.mark.parametrize(("language", "told"), [("sv", "Gör en synonym"), ("en", "Make a synonym")])
def test_one_click_leads_from_what_finds_nothing_to_a_synonym_for_those_who_may(signed_in, some, language, told):
    reviewer = signed_in("reviewer")
    reviewer.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    report = reviewer.get(reverse("searches_report")).content.decode()
    assert told in report
    for name in ("synonym", "promotion"):
        address = f"{reverse(f'wagtailsnippets_search_{name}:add')}?language=sv&words=barometer"
        assert address.replace("&", "&amp;") in report
        assert 'value="barometer"' in reviewer.get(address).content.decode()
    assert told not in signed_in("editor").get(reverse("searches_report")).content.decode()


def test_the_report_is_for_those_who_may_see_it(signed_in, client, some):
    for name in ("translator", "steward"):
        assert signed_in(name).get(reverse("searches_report")).status_code == 302
        assert reverse("searches_report") not in signed_in(name).get("/admin/").content.decode()
    assert client.get(reverse("searches_report")).status_code == 302


def test_the_report_costs_the_same_for_few_questions_and_many(signed_in, some, django_assert_max_num_queries):
    client = signed_in("reviewer")
    for number in range(30):
        SearchCount.objects.create(day=timezone.localdate(), language="sv", normal=f"n{number}", text=f"n{number}", asked=1)
    client.get(reverse("searches_report"))
    with django_assert_max_num_queries(15):
        client.get(reverse("searches_report"))
