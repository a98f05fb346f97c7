"""Area pages: what is tagged with an area of operation gathers there by itself."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from cms.kinds import kinds
from cms.models import AreaLink
from home.models import FocusAreaPage
from knowledge.models import MethodPage
from tests import scratch
from tests.copies import live_copies
from tests.forms import filled_in
from tests.test_guides import cost_beside, get
from tests.test_methods import method

pytestmark = pytest.mark.django_db


def area(language: str = "sv") -> FocusAreaPage:
    return FocusAreaPage.objects.filter(locale__language_code=language).order_by("path").first()


def gathered(html: str) -> dict[str, list[str]]:
    """The titles under the name of each kind."""
    lists = BeautifulSoup(html, "html.parser").select("main h2 + ul.links")
    found = {each.find_previous("h2").text: [link.text for link in each.select("a")] for each in lists}
    return {heading: titles for heading, titles in found.items() if heading in {str(kind.label) for kind in kinds().values()}}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_area_to_which_nothing_belongs_shows_its_text_and_no_empty_heading(client, language):
    page = area(language)
    with translation.override(language):
        assert gathered(get(client, page.url))
        AreaLink.objects.all().delete()
        html = get(client, page.url)
        assert gathered(html) == {}
        assert page.area.description in html
    assert page.title in html
    assert BeautifulSoup(html, "html.parser").select("main h2:last-child") == []


def test_an_editor_is_told_in_the_preview_how_an_empty_area_is_filled(signed_in):
    AreaLink.objects.all().delete()
    editor, here = signed_in("editor"), area()
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[here.pk])
    form = {**filled_in(editor, reverse("wagtailadmin_pages:edit", args=[here.pk])), "body-count": "0"}
    assert editor.post(preview, form).json()["is_valid"]
    assert "Inget är märkt med området ännu." in editor.get(preview, {"in_preview_panel": "true"}).content.decode()
    assert "Inget är märkt med området ännu." not in editor.get(here.url).content.decode()


def test_the_newest_of_each_kind_stand_first_and_six_at_most(client, page):
    here, card = area(), page("driver-map")
    AreaLink.objects.all().delete()
    for n, copy in enumerate(live_copies(card, 8)):
        MethodPage.objects.filter(pk=copy.pk).update(title=f"Kort {n}", first_published_at=f"2026-01-0{n + 1}T12:00Z")
        AreaLink.objects.create(page=copy, area=here.area)
    assert gathered(get(client, here.url)) == {"Metodkort": [f"Kort {n}" for n in (7, 6, 5, 4, 3, 2)]}


def test_the_rest_of_a_kind_is_one_link_away(client, page):
    here, guide = area(), page("writing-for-everyone")
    AreaLink.objects.bulk_create([AreaLink(page_id=copy.pk, area=here.area) for copy in live_copies(guide, 8)])
    the_rest = BeautifulSoup(get(client, here.url), "html.parser").select_one("main a.more")
    assert " ".join(the_rest.get_text().split()) == f"Visa alla: guider, {here.area.name}"
    assert get(client, the_rest["href"]).count(f">{guide.title} ") == 8


def test_what_not_everybody_may_see_gathers_nowhere(client, page):
    here, card = area(), method("Eget kort", page("methods"))
    AreaLink.objects.create(page=card, area=here.area)
    assert "Eget kort" in get(client, here.url)
    assert "Eget kort" not in get(client, area("en").url)
    PageViewRestriction.objects.create(page=card, restriction_type="login")
    assert "Eget kort" not in get(client, here.url)


def test_an_area_costs_the_same_for_3_and_30_and_300(client, cost, page):
    here, other = FocusAreaPage.objects.filter(locale__language_code="sv").order_by("path")[:2]
    costs = []
    for more in (3, 27, 270):
        for page_id in ("driver-map", "question-hour", "portal-opens"):
            AreaLink.objects.bulk_create([AreaLink(page_id=copy.pk, area=here.area) for copy in live_copies(page(page_id), more)])
        costs.append(cost_beside(client, cost, here.url, other.url))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 12


def test_an_area_of_a_draft_is_nowhere(client):
    here = area()
    assert here.url in get(client, scratch.home().url)
    here.unpublish()
    assert f'href="{here.url}"' not in get(client, scratch.home().url)
