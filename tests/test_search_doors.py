"""What is suggested while somebody types, and the search for other programs: the same as the page, and nothing private."""

import pytest
from django.urls import reverse
from django.utils import translation

from cms.kinds import kinds
from cms.models import TopicLink
from cms.vocabulary.models import Topic
from directory.models import Organisation, Person
from knowledge.models import NewsPage
from search.analysis import fold
from search.engines import engine
from tests.scratch import reread, write
from tests.test_search_private import HIDDEN, INSIDE, WORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexing")]

API = "/api/portal/v1/search"


def suggested(client, q: str, language: str = "sv") -> list[dict]:
    with translation.override(language):
        address = reverse("suggestions")
    answer = client.get(address, {"q": q})
    assert answer.status_code == 200
    return answer.json()["suggestions"]


# Suggestions


def test_pages_people_and_organisations_are_suggested_from_two_letters_on_in_any_order_of_words(client, page):
    guide = page("strategic-partnerships", "sv")
    for item in (guide, Person.objects.public().first(), Organisation.objects.public().first()):
        words = fold(item.title).replace("(", "").split()
        begun = " ".join(word[:4] for word in reversed(words[:2]))
        found = {each["title"]: each for each in suggested(client, begun)}
        assert client.get(found[item.title]["url"]).status_code == 200
        assert found[item.title]["kind"] == kinds_label(item)
    assert suggested(client, fold(guide.title)[:2])
    assert suggested(client, fold(guide.title)[:1]) == suggested(client, " ") == suggested(client, "") == []


def kinds_label(item) -> str:
    return next(str(kind.label_one) for kind in kinds().values() if kind.model == item._meta.label)


def test_what_is_suggested_is_in_the_language_of_the_page(client, page):
    title = page("strategic-partnerships", "en").title
    assert title in {each["title"] for each in suggested(client, title[:12], "en")}
    assert title not in {each["title"] for each in suggested(client, title[:12], "sv")}


@pytest.mark.parametrize("text", ['"', "a*", "NEAR(", "x" * 5000, "ord " * 500, "%", "🜀🜀", "e\u0301e", "-- ;"])
def test_whatever_is_typed_gives_no_error(client, text):
    suggested(client, text)
    assert client.get(API, {"q": text}).status_code in (200, 422)


def test_the_field_says_where_its_suggestions_are(client):
    assert f'data-suggest="{reverse("suggestions")}"' in client.get("/").content.decode()
    assert 'data-suggest="/en/search/suggestions/"' in client.get("/en/").content.decode()


# For other programs


@pytest.mark.parametrize(("q", "language"), [("samverkan", "sv"), ("hogskolan", "sv"), ("meeting place", "en")])
def test_other_programs_get_the_hits_of_the_page_in_its_order(client, q, language):
    with translation.override(language):
        results = client.get(reverse("search"), {"q": q}).context["results"]
        titles = [each.title for each in results.shown]
    answer = client.get(API, {"q": q, "locale": language, "limit": 10})
    found = answer.json()
    assert [(hit["kind"], hit["id"]) for hit in found["hits"]] == [(each.hit.kind, each.item.pk) for each in results.shown]
    assert [hit["highlights"]["title"] for hit in found["hits"]] == titles
    assert (found["total"], found["read_as"] or "") == (results.total, results.meant)
    shown = {facet.name: {each.value: each.count for each in facet.options} for facet in results.all_facets}
    assert {facet["name"]: {each["value"]: each["count"] for each in facet["values"]} for facet in found["facets"]} == shown
    assert answer.headers["X-Search-Engine"] == engine().name
    assert answer.headers["Content-Language"] == language
    assert all(client.get(hit["url"]).status_code == 200 for hit in found["hits"][:3])


def test_one_can_leaf_on_and_narrow(client):
    whole = client.get(API, {"q": "samverkan", "limit": 30}).json()
    parts = [client.get(API, {"q": "samverkan", "limit": 15, "offset": offset}).json()["hits"] for offset in (0, 15)]
    assert [*parts[0], *parts[1]] == whole["hits"]
    narrowed = client.get(API, {"q": "samverkan", "kind": ["method", "guide"], "limit": 100}).json()
    assert {hit["kind"] for hit in narrowed["hits"]} == {"method", "guide"}
    assert narrowed["total"] == len(narrowed["hits"])


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "missing-parameter"),
        ({"q": " "}, "missing-parameter"),
        ({"q": "a", "fields": "*"}, "unknown-parameter"),
        ({"q": "a", "kind": "nothing"}, "invalid-parameter"),
        ({"q": "a", "locale": "de"}, "invalid-parameter"),
        ({"q": "a", "topic": "nope"}, "invalid-parameter"),
        ({"q": "a", "limit": "0"}, "invalid-parameter"),
        ({"q": "a", "limit": "101"}, "invalid-parameter"),
        ({"q": "a", "offset": "-1"}, "invalid-parameter"),
        ({"q": "a", "offset": "²"}, "invalid-parameter"),
        ({"q": "a", "offset": "9999", "limit": "10"}, "invalid-parameter"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_said(client, asked, code):
    answer = client.get(API, asked)
    problem = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert (problem["code"], problem["status"], problem["type"]) == (code, 422, f"urn:samverka:problem:{code}")


def test_the_search_for_programs_is_only_read_and_open_to_any_site(client):
    refused = client.post(API, {"q": "a"})
    assert (refused.status_code, refused.json()["code"]) == (405, "method-not-allowed")
    assert client.options(API).headers["Access-Control-Allow-Origin"] == "*"
    assert client.head(API, {"q": "a"}).status_code == 200


def test_while_there_is_no_index_programs_are_told_to_come_again(client, settings, tmp_path):
    settings.SEARCH_ROOT = tmp_path / "nothing"
    for address in (API, reverse("suggestions")):
        answer = client.get(address, {"q": "samverkan"})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")


def test_suggestions_and_answers_to_programs_cost_the_same_for_few_and_for_many(cost):
    section, costs = write(f"{WORD} 0"), []
    for start, stop in ((1, 3), (3, 30)):
        for at in range(start, stop):
            write(f"{WORD} {at}", section)
        costs.append([cost(f"{address}?q={WORD}") for address in (reverse("suggestions"), API)])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 10


# Nothing private


@pytest.mark.parametrize("way", HIDDEN)
def test_what_is_hidden_is_behind_none_of_these_doors(client, page, way):
    topic = Topic.objects.create(code=f"about-{WORD}", name_sv=f"Om {WORD}", name_en="Subject")
    text = [("paragraph", f"<p>Här står {INSIDE}.</p>")]
    made = write(f"Nyhet {WORD}", page("news"), model=NewsPage, date="1999-05-01", body=text)
    made.topic_links.add(TopicLink(topic=topic))
    made.save()
    doors = [
        f"{reverse('suggestions')}?q={WORD[:6]}",
        f"{reverse('search')}?q={INSIDE}",
        f"{API}?q={INSIDE}",
        f"{reverse('search')}?q={INSIDE}x",
        f"{API}?q={INSIDE}x",
    ]
    assert [door for door in doors if WORD not in client.get(door).content.decode()] == []
    assert client.get(f"{API}?q={INSIDE}x").json()["read_as"] == INSIDE
    HIDDEN[way](reread(made))
    for door in doors:
        told = client.get(door).content.decode()
        assert WORD not in told, door
        assert INSIDE not in told.replace(f"{INSIDE}x", "") or door.endswith(INSIDE), "not even as a spelling"
    answer = client.get(f"{API}?q={INSIDE}").json()
    assert (answer["total"], answer["hits"], answer["facets"], answer["read_as"]) == (0, [], [], None)


def test_an_organisation_that_is_a_draft_is_not_named_by_whoever_guesses_its_code(client):
    organisation = Organisation.objects.public().first()
    asked = {"q": "samverkan", "organisation": organisation.code}
    assert organisation.title in client.get(API, asked).content.decode()
    organisation.unpublish()
    for address in (API, reverse("search")):
        assert organisation.title not in client.get(address, asked).content.decode()
