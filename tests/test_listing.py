"""One list for every kind: facets in the address, never a dead end, the same cost however long it is."""

import re

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.utils import translation

from cms.kinds import kinds
from cms.listing import Listing
from cms.models import TopicLink
from cms.vocabulary.models import Topic
from knowledge.models import MethodPage, MethodSetting
from tests.copies import live_copies


def methods(query: str = "") -> Listing:
    kind = kinds()["method"]
    return Listing(kind, kind.public("sv"), QueryDict(query), "/kunskap/metoder/")


def found(listing: Listing) -> set[str]:
    return {item.title for item in listing.page.object_list}


def counts(listing: Listing, name: str) -> dict[str, int]:
    return {option.value: option.count for facet in listing.facets if facet.name == name for option in facet.options}


@pytest.mark.django_db
def test_values_of_one_facet_mean_or_and_facets_mean_and():
    easy, hard = found(methods("difficulty=easy")), found(methods("difficulty=hard"))
    assert easy
    assert hard
    assert found(methods("difficulty=easy&difficulty=hard")) == easy | hard
    short = found(methods("minutes=60"))
    assert found(methods("difficulty=easy&minutes=60")) == easy & short


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", ["", "difficulty=easy", "place=online&minutes=90", "phase=meet&people=6"])
def test_each_value_gives_as_many_as_it_says_and_none_is_a_dead_end(chosen):
    for facet in methods(chosen).facets:
        for option in facet.options:
            if not facet.selected or facet.kind == "single":
                others = [part for part in chosen.split("&") if part and not part.startswith(f"{facet.name}=")]
                assert methods("&".join([*others, f"{facet.name}={option.value}"])).total == option.count, (facet.name, option)


@pytest.mark.django_db
def test_a_number_lies_between_the_least_and_the_most():
    assert found(methods("people=6")) == {
        m.title for m in MethodPage.objects.filter(locale__language_code="sv") if m.people_min <= 6 <= (m.people_max or 999)
    }


@pytest.mark.django_db
def test_what_is_chosen_can_be_let_go_one_by_one_or_all_at_once():
    listing = methods("difficulty=easy&minutes=60&order=title")
    assert [chip["label"] for chip in listing.chips] == ["Högst 60 minuter", "Lätt"]
    assert listing.chips[0]["remove_url"] == "/kunskap/metoder/?difficulty=easy&order=title"
    assert listing.clear_url == "/kunskap/metoder/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "difficulty=nonsense",
        "minutes=7",
        "minutes=abc",
        "people=-1",
        "people=1e9",
        "unknown=1",
        "order=sideways",
        "page=-1",
        "page=x",
        "topic=%00",
    ],
)
def test_what_an_address_cannot_mean_is_passed_over(query):
    listing = methods(query)
    assert listing.page.number == 1
    assert listing.total in (0, 12)
    assert listing.facets


@pytest.mark.django_db
def test_labels_and_order_follow_the_language():
    swedish = [option.label for facet in methods().facets if facet.name == "phase" for option in facet.options]
    with translation.override("en"):
        english = [option.label for facet in methods().facets if facet.name == "phase" for option in facet.options]
    assert swedish[0] == "Förstå"
    assert english[0] == "Understand"
    assert len(swedish) == len(english)


@pytest.mark.parametrize(("kind", "listed"), [("guide", "guides"), ("method", "methods"), ("news", "news")])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_list_works_without_javascript(client, page, kind, listed, language):
    """The form's own address gives the same result, and every choice in it is one that leads somewhere."""
    listing = page(listed, language)
    text = client.get(listing.url).content.decode()
    names = set(re.findall(r'name="(\w+)" value="([^"]+)"', text))
    assert names
    for name, value in sorted(names)[:6]:
        answer = client.get(listing.url, {name: value})
        assert answer.status_code == 200
        assert answer.context["listing"].total > 0, (name, value)


def test_a_filtered_list_costs_the_same_with_3_30_and_300(cost, page):
    """Each card has a topic and a place of its own."""
    above, card, topics, seen = page("methods"), page("one-question-one-hour"), list(Topic.objects.all()), []
    for total in (3, 30, 300):
        more = live_copies(card, max(0, total - above.get_children().count()))
        MethodSetting.objects.bulk_create([MethodSetting(method=copy, setting="online") for copy in more])
        TopicLink.objects.bulk_create([TopicLink(page=copy, topic=topics[n % len(topics)]) for n, copy in enumerate(more)])
        seen.append((cost(above.url), cost(above.url + "?place=online&page=2")))
    assert seen[0] == seen[1] == seen[2]
    assert max(seen[0]) <= 10


@pytest.mark.django_db
def test_a_facet_of_300_values_is_folded_but_for_the_first_and_the_chosen(client, page):
    topics = [Topic(code=f"prov-{n:03}", name_sv=f"Prov {n:03}", name_en=f"Trial {n:03}") for n in range(300)]
    guide = page("writing-for-everyone")
    TopicLink.objects.bulk_create(TopicLink(page_id=guide.pk, topic=topic) for topic in Topic.objects.bulk_create(topics))

    def boxes(query: str) -> tuple[set[str], set[str]]:
        html = BeautifulSoup(client.get(f"{page('guides').url}{query}").content, "html.parser")
        every, folded = html.select(".facets [name=topic]"), html.select(".facets fieldset details [name=topic]")
        return {box["value"] for box in every}, {box["value"] for box in folded}

    everything, folded = boxes("")
    assert len(everything) > 300
    assert len(everything - folded) == 12
    assert boxes("?topic=prov-299") == (everything, folded - {"prov-299"})


def test_no_two_archives_are_described_in_the_same_words(client, page):
    news = page("news")
    described = [
        BeautifulSoup(client.get(news.url + part).content, "html.parser").find("meta", attrs={"name": "description"})["content"]
        for part in ("", *news.parts_below())
    ]
    assert len({*described}) == len(described) > 4
    assert described[-1] == f"{news.title}, november 2026. {news.search_description or news.lead}"


def test_years_and_months_are_listed_where_the_date_is_in_the_address(client, page):
    news = page("news")
    assert "Arkiv" in client.get(news.url).content.decode()
    april = client.get(news.url + "2024/04/").content.decode()
    assert "Strategisk partnerträff i Drömfabriken" in april
    assert "Nu öppnar portalen" not in april
    assert client.get(news.url + "2024/").status_code == 200
    for wrong in ("2024/05/", "2024/13/", "1850/", "2024/4/29/", "99999/"):
        assert client.get(news.url + wrong).status_code == 404, wrong
