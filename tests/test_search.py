"""The search of the whole portal: finds what anybody may see, and nothing else, whatever is written in it."""

import random
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import GroupPagePermission

from directory.models import Organisation, Person
from knowledge.models import EventPage
from search.query import LONGEST, MOST_WORDS, find, items_of, words_of
from search.templatetags.found import marked
from tests.copies import live_copies
from tests.scratch import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexing")]

WORD = "kvastkvittra"  # stands nowhere but in what a test writes


def search(client, q: str, language: str = "sv", **params):
    with translation.override(language):
        address = reverse("search")
    return client.get(address, {"q": q, **params})


def titles(q: str, language: str = "sv") -> list[str]:
    with translation.override(language):
        return [hit.title for hit in find(words_of(q), language)]


def test_the_search_has_an_address_in_each_language(client):
    addresses = [search(client, "", language).request["PATH_INFO"] for language in ("sv", "en")]
    assert addresses[1] == "/en/search/"
    assert not addresses[0].startswith("/en/")


def test_a_word_in_a_page_leads_to_it_in_its_own_language_only(client, page):
    guide = page("strategic-partnerships", "sv")
    assert guide.title in titles(guide.title)
    assert guide.title not in titles(guide.title, "en")
    shown = search(client, guide.title).content.decode()
    assert f'href="{guide.url}"' in shown
    assert "<mark>" in shown


def test_what_has_the_words_in_its_title_comes_before_what_mentions_them(page):
    section = write(f"Om {WORD}", lead="Om något.")
    write("Något annat", section, lead=f"Här nämns {WORD}.", first_published_at=timezone.now())
    assert titles(WORD) == [f"Om {WORD}", "Något annat"]


def test_an_organisation_and_a_person_are_found_with_their_kind(client):
    organisation, person = Organisation.objects.public().first(), Person.objects.public().first()
    for item, kind in ((organisation, "organisation"), (person, "person")):
        shown = search(client, item.title, kind=kind)
        assert shown.context["results"].kind == kind
        assert item in [result.item for result in shown.context["results"].shown]
        assert f'href="{item.get_url()}"' in shown.content.decode()


def test_the_kinds_are_counted_and_each_count_is_a_link_that_gives_so_many(client):
    results = search(client, "meeting", "en").context["results"]
    everything, *kinds = results.narrowings
    assert everything.count == results.total == sum(narrowing.count for narrowing in kinds)
    assert len(kinds) > 1
    for narrowing in kinds:
        assert client.get(narrowing.url).context["results"].total == narrowing.count


def test_the_pages_of_results_show_each_result_once(client):
    seen = []
    number = 1
    while True:
        results = search(client, "meeting", "en", page=number).context["results"]
        seen += [(type(result.item), result.item.pk) for result in results.shown]
        if not results.next_url:
            break
        assert f"page={number + 1}" in results.next_url
        assert "q=meeting" in results.next_url
        number += 1
    assert number > 1
    assert len(seen) == len(set(seen)) == results.total


@pytest.mark.parametrize("number", ["-1", "0", "999999", "abc", "", "1e9", "\N{SUPERSCRIPT TWO}"])
def test_a_page_that_is_not_there_is_a_sensible_page(client, number):
    assert search(client, "meeting", "en", page=number).status_code == 200


def test_news_is_found_at_its_dated_address_without_a_redirect(client, page):
    news = page("portal-opens", "en")
    assert f'href="{news.url}"' in search(client, news.title, "en").content.decode()
    assert client.get(news.url).status_code == 200


def test_if_nothing_has_all_the_words_what_has_some_of_them_is_shown_and_said(client):
    write(f"Om {WORD}")
    results = search(client, f"{WORD} vinglibongo").context["results"]
    assert results.some_words_only
    assert results.total == 1
    assert not search(client, WORD).context["results"].some_words_only


def test_nothing_found_says_so_and_helps(client):
    shown = search(client, "vinglibongo", "en")
    assert shown.status_code == 200
    assert "Nothing was found for “vinglibongo”" in shown.content.decode()
    assert "Use fewer words" in shown.content.decode()


def test_the_page_is_kept_by_no_search_engine(client):
    shown = search(client, "")
    assert "noindex" in shown.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex">' in shown.content.decode()


def test_the_language_link_keeps_the_question(client):
    class Links(HTMLParser):
        found: list = []

        def handle_starttag(self, tag, attrs):
            if tag == "a" and dict(attrs).get("hreflang") == "en":
                self.found.append(dict(attrs)["href"])

    parser = Links()
    parser.feed(search(client, "möte & plats").content.decode())
    (address,) = set(parser.found)
    assert client.get(address).context["results"].q == "möte & plats"


def test_what_was_asked_is_shown_as_text(client):
    shown = search(client, '"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in shown


def test_marks_stand_where_the_words_begin_and_hide_no_markup():
    assert marked("Processledning & <process>", ["process"]) == "<mark>Process</mark>ledning &amp; &lt;<mark>process</mark>&gt;"
    assert marked("Efterprocess", ["process"]) == "Efterprocess"


def test_while_there_is_no_index_the_page_says_so_kindly_and_the_admin_finds_what_it_can(client, signed_in, settings, tmp_path):
    write(f"Om {WORD}", live=False)
    settings.SEARCH_ROOT = tmp_path / "nothing"
    shown = search(client, WORD, "en")
    assert (shown.status_code, shown.headers["Retry-After"]) == (503, "60")
    assert "being prepared" in shown.content.decode()
    assert f"Om {WORD}" in signed_in("editor").get("/admin/pages/search/", {"q": WORD}).content.decode()


# What is written in the field


def test_a_question_is_cut_to_two_hundred_characters_and_sixteen_words():
    assert len(words_of("ord " * 2000)) == MOST_WORDS
    assert len("".join(words_of("a" * 100_000))) == LONGEST


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'",
        "a '",
        '"a',
        " ",
        "\0",
        "a\0b",
        "AND",
        "NOT a",
        "a OR",
        "a*",
        "^a",
        "a:b",
        "{title} : a",
        "(",
        "a -b",
        "NEAR(a b)",
        "\\",
        "%",
        "%s",
        "-- ;",
        "\ud800",
        "_",
        "²",
        "ﬁ",
        "e\u0301",
        "\u200b",
        "🜀",
        "x" * 100_000,
        "ord " * 2000,
    ],
)
def test_no_sign_is_an_error(client, text):
    find(words_of(text), "sv")
    if "\ud800" not in text:
        assert search(client, text).status_code in (200, 400)


def hostile(source: random.Random) -> str:
    """Words of the site, operators of search engines, and any characters at all."""
    parts = [
        "meeting",
        "partnerskap",
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        '"',
        "'",
        "*",
        ":",
        "(",
        ")",
        "^",
        "{",
        "}",
        "-",
        "+",
        "\\",
        "\0",
        "%",
        "%s",
        "&",
        "|",
        "!",
        "<->",
        ":*",
        " ",
        "\t",
        "\n",
        "å",
        "\ud800",
    ]
    pick = [
        source.choice(parts) if source.random() < 0.7 else chr(source.randrange(0x11_0000)) for _ in range(source.randrange(1, 30))
    ]
    return source.choice(["", " "]).join(pick)


def test_ten_thousand_hostile_questions_give_no_error():
    source = random.Random(20261122)  # noqa: S311 the same questions every time
    questions = {" ".join(words_of(hostile(source))) for _ in range(10_000)}
    asked = sorted(questions)
    for question in asked:
        assert all(word.isalnum() for word in question.split())
    for question in asked[:: max(1, len(asked) // 1_500)]:  # the index is asked a part of them: all are plain words by now
        find(words_of(question), source.choice(["sv", "en"]), source.choice(["and", "or"]))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_search_is_only_read(client, method):
    assert getattr(client, method)(reverse("search")).status_code in (403, 405)


# What it costs


def test_a_page_of_results_costs_the_same_for_few_and_for_many(cost):
    address = reverse("search") + f"?q={WORD}"
    section = write("Avdelning", lead=f"Om {WORD}.")
    found = []
    for start, stop in ((0, 2), (2, 29), (29, 60)):
        for number in range(start, stop):
            write(f"Sida {number}", section, lead=f"Om {WORD}.")
        found.append((len(find([WORD], "sv")), cost(address)))
    assert [hits for hits, _ in found] == [3, 30, 61]
    assert len({queries for _, queries in found}) == 1
    assert found[0][1] <= 12


def test_a_page_with_every_kind_costs_at_most_twelve_queries(cost):
    with translation.override("en"):
        assert len({type(item) for item in items_of(find(["meeting"], "en")[:10])}) > 2
    assert cost("/en/search/?q=meeting") <= 12


@pytest.mark.parametrize(
    ("language", "status", "said"),
    [
        ("sv", "cancelled", "Inställd"),
        ("en", "cancelled", "Cancelled"),
        ("sv", "postponed", "Flyttad"),
        ("en", "postponed", "Moved"),
    ],
)
def test_an_event_that_is_cancelled_or_moved_says_so_among_the_results(client, page, language, status, said):
    event = page("question-hour", language)
    address = reverse("search") if language == "sv" else "/en/search/"
    found = client.get(address, {"q": event.title}).content.decode()
    assert event.url in found
    assert said not in found
    EventPage.objects.filter(pk=event.pk).update(status=status, postponed_from=event.starts_at)
    assert said in client.get(address, {"q": event.title}).content.decode()


def test_results_of_cancelled_events_cost_no_more(cost, page):
    event, costs = page("question-hour"), []
    for more in (1, 20):
        copies = live_copies(event, more)
        EventPage.objects.filter(pk__in=[copy.pk for copy in copies]).update(status="cancelled")
        for copy in copies:
            EventPage.objects.get(pk=copy.pk).save()
        costs.append(cost(f"{reverse('search')}?q=Frågetimme"))
    assert len(set(costs)) == 1, costs


# Who may see what: tests/test_private.py has every way of hiding a page


def test_a_draft_is_found_by_its_owner_in_the_admin_and_by_nobody_else(client, signed_in):
    write(f"Utkast om {WORD}", live=False)
    assert titles(WORD) == []
    assert search(client, WORD).context["results"].counts.total() == 0
    assert GroupPagePermission.objects.exists()
    assert WORD in signed_in("editor").get("/admin/pages/search/", {"q": WORD}).content.decode().replace(f'value="{WORD}"', "")


def test_what_a_person_does_not_show_is_not_found():
    person = Person.objects.public().first()
    person.can_help_with_sv, person.can_help_with_visibility = f"med {WORD}", "public"
    person.save()
    assert titles(WORD) == [person.title]
    person.can_help_with_visibility = "hidden"
    person.save()
    assert titles(WORD) == []


def test_a_page_of_an_uninstalled_type_is_not_found():
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page

    gone = ContentType.objects.create(app_label="gone", model="gonepage")
    written = write(f"Kvar {WORD}")
    assert titles(WORD) == [written.title]
    Page.objects.filter(pk=written.pk).update(content_type=gone)
    assert titles(WORD) == []
