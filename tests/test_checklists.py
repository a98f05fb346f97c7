"""Checklists: scanned quickly, told in words, ticked with a pen (tests/e2e/test_checklist.py ticks on the screen)."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.models import PageViewRestriction

from cms.models import TopicLink
from cms.vocabulary.models import Topic
from knowledge.models import ChecklistPage
from knowledge.templatetags.knowledge import due
from tests import scratch
from tests.copies import live_copies
from tests.test_guides import cost_beside, get
from tests.test_related import related
from tests.translating import english, press_publish, submit, translate

pytestmark = pytest.mark.django_db


def item(text: str, kind: str = "must", **more) -> dict:
    return {"text": text, "kind": kind, "help": "", "page": None, "due_offset_days": None, **more}


def checklist(page, *items: dict, title: str = "Packa väskan", language: str = "sv", **fields) -> ChecklistPage:
    half = (len(items) + 1) // 2
    sections = [
        ("section", {"title": f"Del {n}", "intro": "", "items": [*part]}) for n, part in ((1, items[:half]), (2, items[half:]))
    ]
    fields = {"sections": [section for section in sections if section[1]["items"]], **fields}
    return scratch.write(title, page("checklists", language), ChecklistPage, **fields)


def lines(html: str) -> list[str]:
    found = re.findall(r'<p class="what">(.*?)</p>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", line).split()) for line in found]


def test_a_must_has_a_box_and_a_tip_says_that_it_is_one(client, page):
    html = get(client, checklist(page, item("Pass"), item("Regnjacka", "tip")).url)
    assert re.search(r'<li class="must" data-item="\w+"><span class="mark" aria-hidden="true"></span>', html)
    assert lines(html) == ["Pass Krav", "Tips: Regnjacka"]
    assert "<script" not in html[html.index("<main") : html.index("</main>")], "it needs none to be printed with its boxes"
    assert 'href="/static/knowledge/checklist.css"' in html


@pytest.mark.parametrize(
    ("musts", "tips", "swedish", "english"),
    [
        (8, 4, "12 punkter, varav 8 krav", "12 steps, 8 of them musts"),
        (1, 2, "3 punkter, varav 1 krav", "3 steps, 1 of them a must"),
        (2, 0, "2 punkter, alla är krav", "2 steps, all of them musts"),
        (0, 2, "2 punkter, alla är tips", "2 steps, all of them tips"),
        (1, 0, "1 punkt", "1 step"),
    ],
)
def test_the_page_and_the_list_say_how_much_there_is(client, page, musts, tips, swedish, english):
    items = [*(item("Krav") for _ in range(musts)), *(item("Tips", "tip") for _ in range(tips))]
    for language, words in (("sv", swedish), ("en", english)):
        shown = checklist(page, *items, title=f"Lista {language}", language=language)
        with translation.override(language):
            assert f'<p class="meta mt1">{words}</p>' in get(client, shown.url)
            assert f'<p class="meta">{words}</p>' in get(client, page("checklists", language).url)


def test_an_item_is_the_same_in_both_languages(client, page):
    ids = [re.findall(r'data-item="(\w+)"', get(client, page("meeting-checklist", language).url)) for language in ("sv", "en")]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0]) > 3


def test_numbers_run_on_through_the_sections_of_an_ordered_list(client, page):
    shown = checklist(page, item("Ett"), item("Två"), item("Tre"), ordered=True)
    html = get(client, shown.url)
    assert lines(html) == ["1. Ett Krav", "2. Två Krav", "3. Tre Krav"]
    assert '<ol class="check" role="list">' in html
    assert '<ul class="check" role="list">' in get(client, checklist(page, item("Ett"), title="Utan ordning").url)


@pytest.mark.parametrize(
    ("days", "swedish", "english"),
    [
        (-14, "14 dagar före", "14 days before"),
        (-1, "1 dag före", "1 day before"),
        (0, "Samma dag", "On the day itself"),
        (1, "1 dag efter", "1 day after"),
        (30, "30 dagar efter", "30 days after"),
    ],
)
def test_when_something_is_due_is_said_in_words(days, swedish, english):
    for language, words in (("sv", swedish), ("en", english)):
        with translation.override(language):
            assert due(days) == words


def test_an_item_leads_to_a_page_in_the_readers_language_and_the_page_names_the_list(client, page):
    card = page("check-in-round")
    shown = checklist(page, item("Check in", page=card), title="Meeting day", language="en")
    html = get(client, shown.url)
    assert f'href="{page("check-in-round", "en").url}">Read “Check-in round”</a>' in html
    assert "Used in the checklist: Meeting day" in related(get(client, page("check-in-round", "en").url))


def test_a_page_that_not_everybody_may_see_is_not_linked_and_the_item_stays(client, page):
    card = page("check-in-round")
    shown = checklist(page, item("Checka in", page=card, due_offset_days=0))
    assert card.url in get(client, shown.url)
    PageViewRestriction.objects.create(page=card, restriction_type="login")
    html = get(client, shown.url)
    assert "Checka in Krav" in lines(html)
    assert "Samma dag" in html
    assert card.url not in html
    assert card.title not in html


def test_a_checklist_without_sections_is_not_published():
    field = ChecklistPage._meta.get_field("sections")
    with pytest.raises(ValidationError):
        field.formfield().clean(field.stream_block.to_python([]))


def test_a_translation_keeps_kinds_days_and_order(signed_in, page, django_capture_on_commit_callbacks):
    admin = signed_in("admin")
    original = checklist(page, item("Pass", due_offset_days=-3), item("Jacka", "tip", help="<p>Varm.</p>"), ordered=True)
    submit(admin, original)
    translate(admin, original)
    press_publish(admin, original, django_capture_on_commit_callbacks)
    there = english(original)
    found = [part for section in there.sections for part in section.value["items"]]
    assert [(part["text"], part["kind"], part["due_offset_days"]) for part in found] == [
        ("EN Pass", "must", -3),
        ("EN Jacka", "tip", None),
    ]
    assert there.live
    assert there.ordered


def test_the_api_tells_each_item_with_its_kind_and_no_private_page(client, page):
    card = page("check-in-round")
    shown = checklist(page, item("Checka in", page=card, due_offset_days=-1))
    address = f"/api/v2/pages/{shown.pk}/"
    told = client.get(address).json()["sections"][0]["value"]["items"][0]
    assert (told["text"], told["kind"], told["due_offset_days"], told["page"]) == ("Checka in", "must", -1, card.pk)
    card.unpublish()
    assert client.get(address).json()["sections"][0]["value"]["items"][0]["page"] is None


def test_a_list_of_checklists_costs_the_same_for_3_and_30(cost, page):
    below, shown, topics, costs = page("checklists"), page("meeting-checklist"), list(Topic.objects.all()), []
    ChecklistPage.objects.exclude(pk=shown.pk).update(live=False)
    for more in (2, 27):
        for n, copy in enumerate(live_copies(shown, more)):
            TopicLink.objects.create(page=copy, topic=topics[n % len(topics)])
        costs.append(cost(below.url))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 10


def test_a_checklist_costs_at_most_twelve_queries_however_long(client, cost, page):
    costs = []
    for count in (3, 30):
        shown = checklist(page, *(item(f"Sak {n}", page=page("check-in-round")) for n in range(count)), title=f"Lista {count}")
        costs.append(cost_beside(client, cost, shown.url, page("publishing-checklist").url))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 12
