"""Methods as cards to print and cut out."""

import re

import pytest

from cms import cards
from knowledge.models import MethodPage
from tests.copies import live_copies

pytestmark = pytest.mark.django_db
CARD = re.compile(r'<li><p class="band-t">')


def html(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("size", "sheets"), [("a6", 3), ("a5", 6), ("a3", 3), ("", 3)])
def test_twelve_methods_fill_three_sheets_or_six(client, page, size, sheets):
    for language in ("sv", "en"):
        shown = html(client, f"{page('methods', language).url}?view=cards&size={size}")
        assert len(CARD.findall(shown)) == 12
        assert shown.count('<ul class="sheet"') == sheets
        assert shown.count('class="qr"') == 12


def test_what_is_chosen_of_the_list_is_printed(client, page):
    listed = html(client, f"{page('methods').url}?difficulty=easy&minutes=60")
    link = re.search(r'href="([^"]*view=cards[^"]*)"', listed)[1].replace("&amp;", "&")
    assert len(CARD.findall(html(client, link))) == int(re.search(r'role="status">(\d+)', listed)[1]) < 12


def test_one_method_is_one_card_with_its_own_address(client, page):
    method = page("check-in-round")
    shown = html(client, f"{method.url}?view=cards&size=a5")
    assert len(CARD.findall(shown)) == 1
    assert f"<span>localhost:8000{method.url}" in shown
    assert cards.code(f"http://localhost:8000{method.url}") in shown


def test_a_kind_without_cards_has_none(client, page):
    assert 'class="sheet"' not in html(client, f"{page('guides').url}?view=cards")
    assert "view=cards" not in html(client, page("guides").url)


def test_a_method_that_is_not_public_is_on_no_card(client, page):
    page("check-in-round").unpublish()
    assert "Incheckningsrunda" not in html(client, f"{page('methods').url}?view=cards")


def test_more_than_sixty_are_not_printed_at_once_and_it_is_said(client, page):
    live_copies(page("check-in-round"), 50)
    shown = html(client, f"{page('methods').url}?view=cards")
    assert len(CARD.findall(shown)) == cards.MOST
    assert "Bara de första korten är med här." in shown


def test_cards_cost_the_same_for_3_and_30(cost, page):
    shown, costs = page("check-in-round"), []
    MethodPage.objects.exclude(pk=shown.pk).update(live=False)
    for more in (2, 27):
        live_copies(shown, more)
        costs.append(cost(f"{page('methods').url}?view=cards"))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 10
