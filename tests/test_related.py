"""What belongs together shows on both ends, with the reason, and never to somebody who may not see it."""

import re

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.models import RelatedLink
from cms.references import MOST_USES
from knowledge.models import EventPage, GuidePage, MethodPage, NewsPage
from tests import scratch
from tests.test_guides import chapter, cost_beside, get
from tests.test_methods import method

pytestmark = pytest.mark.django_db


def related(html: str) -> list[str]:
    """The lines under the heading of related pages."""
    part = html.partition('id="related"')[2].partition("</ul>")[0]
    return [re.sub(r"<[^>]+>", "", link) for link in re.findall(r"<a [^>]*>.*?</a>", part)]


def linking(card: MethodPage, below, title: str = "Öva ihop") -> GuidePage:
    text = f'Se <a linktype="page" id="{card.pk}">kortet</a>.'
    return scratch.write(title, below, GuidePage, licence_id=1, chapters=[chapter("Ett", text)])


def test_a_method_says_which_guide_uses_it(client, page):
    card = method("Eget kort", page("methods"))
    linking(card, page("guides"))
    assert related(get(client, card.url)) == ["Används i guiden: Öva ihop"]


def test_the_reason_is_said_in_the_language_of_the_reader(client, page):
    swedish = method("Eget kort", page("methods"))
    english = method("A card of its own", page("methods", "en"), of=swedish)
    linking(swedish, page("guides", "en"), "Practising together")
    assert related(get(client, english.url)) == ["Used in the guide: Practising together"]
    assert related(get(client, swedish.url)) == []


def test_news_that_links_to_a_page_mentions_it(client, page):
    card = method("Eget kort", page("methods"))
    link = f'<p><a linktype="page" id="{card.pk}">kortet</a></p>'
    scratch.write("Nytt kort", page("news"), NewsPage, body=[("paragraph", link)])
    assert related(get(client, card.url)) == ["Nämns i nyheten: Nytt kort"]


def test_what_an_editor_calls_related_says_what_it_is(client, page):
    card, other = method("Eget kort", page("methods")), method("Annat kort", page("methods"))
    card.related_links.add(RelatedLink(target=other))
    card.save()
    assert related(get(client, card.url)) == ["Metodkort: Annat kort"]
    assert related(get(client, other.url)) == ["Metodkort: Eget kort"]


def test_a_link_that_is_taken_back_leaves_no_reason(client, page):
    card = method("Eget kort", page("methods"))
    guide = linking(card, page("guides"))
    guide.chapters = [chapter("Ett")]
    guide.save_revision()
    assert related(get(client, card.url)) == ["Används i guiden: Öva ihop"], "a draft changes nothing"
    guide.get_latest_revision().publish()
    assert related(get(client, card.url)) == []


@pytest.mark.parametrize("way", ["draft", "closed"])
def test_a_page_that_not_everybody_may_see_is_no_relation(client, page, way):
    card = method("Eget kort", page("methods"))
    guide = linking(card, page("guides"))
    assert "Öva ihop" in get(client, card.url)
    if way == "draft":
        guide.unpublish()
    else:
        PageViewRestriction.objects.create(page=guide, restriction_type="login")
    assert "Öva ihop" not in get(client, card.url)


def test_relations_cost_the_same_for_3_and_30(client, cost, page):
    card, costs = method("Eget kort", page("methods"), content_owner_id=1), []
    for count in (3, 27):
        for n in range(count):
            linking(card, page("guides"), f"Guide {count} {n}")
        costs.append(cost_beside(client, cost, card.url, page("driver-map").url))
    assert len(related(get(client, card.url))) == MOST_USES
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 12


@pytest.mark.parametrize(("language", "said"), [("sv", "3 sidor till använder den här."), ("en", "3 more pages use this one.")])
def test_a_page_that_very_many_use_names_the_newest_and_says_how_many_more_there_are(client, page, language, said):
    card = method("Eget kort", page("methods", language), content_owner_id=1)
    for n in range(MOST_USES + 3):
        guide = linking(card, page("guides", language), f"Guide {n:02}")
        GuidePage.objects.filter(pk=guide.pk).update(first_published_at=timezone.now() - timezone.timedelta(days=n))
    html = get(client, card.url)
    assert [line[-2:] for line in related(html)] == [f"{n:02}" for n in range(MOST_USES)]
    assert said in html
    PageViewRestriction.objects.create(page=guide.get_parent(), restriction_type="login")
    assert 'id="related"' not in get(client, card.url)


def test_a_cancelled_event_is_said_to_be_cancelled_wherever_it_is_named(client, page):
    card, event = method("Eget kort", page("methods")), page("question-hour")
    card.related_links.add(RelatedLink(target=event))
    card.save()
    EventPage.objects.filter(pk=event.pk).update(status="cancelled")
    assert "Inställd" in get(client, card.url).partition('id="related"')[2].partition("</ul>")[0]
