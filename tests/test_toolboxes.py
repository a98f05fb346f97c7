"""Toolboxes: pages in the order of use, each of which knows the way."""

import re

import pytest
from wagtail.models import PageViewRestriction

from cms.models import TopicLink
from cms.vocabulary.models import Topic
from knowledge.models import CollectionPage
from tests import scratch
from tests.copies import live_copies
from tests.test_guides import cost_beside, get
from tests.test_methods import method
from tests.translating import english, press_publish, submit, translate

pytestmark = pytest.mark.django_db


def toolbox(title: str, below, *pages, note: str = "") -> CollectionPage:
    return scratch.write(title, below, CollectionPage, members=[("member", {"page": each, "note": note}) for each in pages])


def way(html: str) -> str:
    """What a page says of its toolboxes, as words."""
    found = re.findall(r'<nav class="mt2" aria-label="(?:Verktygslåda|Toolbox): .*?</nav>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(found)).split())


def titles(html: str) -> list[str]:
    part = html[html.index('class="steps tools"') :]
    return re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", part[: part.index("</ol>")])


@pytest.fixture
def cards(page) -> list:
    return [method(title, page("methods")) for title in ("Första kortet", "Andra kortet", "Tredje kortet")]


def test_a_toolbox_shows_its_pages_in_order_with_kind_and_time(client, page, cards):
    html = get(client, toolbox("Egen låda", page("toolboxes"), cards[1], page("asking-academia"), cards[0], note="Nu.").url)
    assert titles(html) == ["Andra kortet", "Så frågar du akademin", "Första kortet"]
    words = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "Andra kortet Metodkort, 30–45 min Nu." in words
    assert re.search(r"Så frågar du akademin Guide, \d+ minuters läsning Nu\.", words)
    assert '<p class="meta mt1">3 delar</p>' in html


def test_each_page_says_where_one_is_and_what_comes_next(client, page, cards):
    box = toolbox("Egen låda", page("toolboxes"), *cards)
    first, middle, last = (get(client, card.url) for card in cards)
    assert way(first) == "1 av 3 i verktygslådan Egen låda Efter det här Andra kortet"
    assert way(middle) == "2 av 3 i verktygslådan Egen låda Före det här Första kortet Efter det här Tredje kortet"
    assert way(last) == "3 av 3 i verktygslådan Egen låda Före det här Andra kortet"
    assert f'href="{box.url}"' in middle


def test_the_way_is_shown_in_the_language_of_the_reader(client, page):
    card = page("shared-goal", "en")
    assert way(get(client, card.url)) == (
        "4 of 7 in the toolbox Start a strategic partnership Before this Are you ready for a strategic partnership? "
        "After this Partnership canvas workshop"
    )


def test_a_chapter_of_a_guide_knows_the_way_too(client, page):
    guide = page("strategic-partnerships")
    assert way(get(client, guide.url + next(iter(guide.parts_below().values())))).startswith("1 av 7 i verktygslådan")


def test_a_page_in_two_toolboxes_shows_both_ways_and_one_in_none_shows_nothing(client, page, cards):
    for title in ("Ena lådan", "Andra lådan"):
        toolbox(title, page("toolboxes"), cards[0], cards[1])
    shown = way(get(client, cards[0].url))
    assert "1 av 2 i verktygslådan Ena lådan" in shown
    assert "1 av 2 i verktygslådan Andra lådan" in shown
    assert way(get(client, cards[2].url)) == ""


@pytest.mark.parametrize("how", ["draft", "closed"])
def test_what_not_everybody_may_see_is_passed_over_and_not_counted(client, page, cards, how):
    box = toolbox("Egen låda", page("toolboxes"), *cards)
    assert "Andra kortet" in get(client, box.url)
    if how == "draft":
        cards[1].unpublish()
    else:
        PageViewRestriction.objects.create(page=cards[1], restriction_type="login")
    html = get(client, box.url)
    assert titles(html) == ["Första kortet", "Tredje kortet"]
    assert '<p class="meta mt1">2 delar</p>' in html
    assert way(get(client, cards[2].url)) == "2 av 2 i verktygslådan Egen låda Före det här Första kortet"
    assert "Andra kortet" not in client.get(f"/api/v2/pages/{box.pk}/").content.decode()
    listed = get(client, page("toolboxes").url)
    assert '<p class="k">2 delar</p><div><h3><a href="' + box.url in listed


def test_a_toolbox_that_is_not_public_is_named_by_none_of_its_pages(client, page, cards):
    box = toolbox("Egen låda", page("toolboxes"), *cards)
    box.unpublish()
    assert "Egen låda" not in get(client, cards[0].url)
    box = scratch.reread(box)
    box.save_revision().publish()
    assert "Egen låda" in get(client, cards[0].url)
    PageViewRestriction.objects.create(page=box, restriction_type="login")
    assert "Egen låda" not in get(client, cards[0].url)


def test_a_page_that_is_in_one_language_only_is_no_part_in_the_other(client, page, cards):
    box = toolbox("A box", page("toolboxes", "en"), page("check-in-round"), cards[0])
    assert titles(get(client, box.url)) == ["Check-in round"]
    assert way(get(client, page("check-in-round", "en").url)).count("1 of 1 in the toolbox A box") == 1


def test_a_toolbox_with_nothing_public_says_so(client, page, cards):
    box = toolbox("Egen låda", page("toolboxes"), cards[0])
    cards[0].unpublish()
    assert "Inget i den här verktygslådan är publicerat ännu." in get(client, box.url)


def test_a_translation_keeps_the_pages_and_their_order(signed_in, page, django_capture_on_commit_callbacks):
    admin = signed_in("admin")
    original = toolbox("Egen låda", page("toolboxes"), page("driver-map"), page("check-in-round"), note="Nu.")
    submit(admin, original)
    translate(admin, original)
    press_publish(admin, original, django_capture_on_commit_callbacks)
    there = english(original)
    assert there.live
    assert [member.value["note"] for member in there.members] == ["EN Nu.", "EN Nu."]
    assert titles(get(admin, there.url)) == ["Driver map", "Check-in round"]


def test_the_way_costs_a_page_nothing_however_many_toolboxes_there_are(client, cost, page, cards):
    costs = [cost_beside(client, cost, cards[0].url, page("driver-map").url)]
    for count in (3, 27):
        for n in range(count):
            toolbox(f"Låda {count} {n}", page("toolboxes"), *cards)
        costs.append(cost_beside(client, cost, cards[0].url, page("driver-map").url))
    assert len(set(costs)) == 1, costs


def test_a_toolbox_costs_the_same_with_3_and_30_pages(client, cost, page):
    many = [method(f"Kort {n}", page("methods")) for n in range(30)]
    costs = []
    for count in (3, 30):
        box = toolbox(f"Låda {count}", page("toolboxes"), *many[:count])
        costs.append(cost_beside(client, cost, box.url, page("meeting-toolbox").url))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 12


def test_a_list_of_toolboxes_costs_the_same_for_3_and_30(cost, page):
    below, box, topics, costs = page("toolboxes"), page("meeting-toolbox"), list(Topic.objects.all()), []
    CollectionPage.objects.exclude(pk=box.pk).update(live=False)
    for more in (2, 27):
        for n, copy in enumerate(live_copies(box, more)):
            TopicLink.objects.create(page=copy, topic=topics[n % len(topics)])
        costs.append(cost(below.url))
    assert len(set(costs)) == 1, costs
