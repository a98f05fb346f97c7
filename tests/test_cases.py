"""Cases: what somebody tried, and where it shows."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.models import PageViewRestriction

from cms.models import TopicLink
from cms.vocabulary.models import Topic
from directory.models import Organisation
from knowledge.models import CaseMethod, CaseOrganisation, CasePage, MethodPage
from tests import scratch
from tests.copies import live_copies
from tests.test_guides import cost_beside, get
from tests.test_methods import method
from tests.test_related import related
from tests.translating import english, press_publish, submit, translate

pytestmark = pytest.mark.django_db


def case(title: str, below, methods=(), organisations=(), **fields) -> CasePage:
    told = {name: f"<p>{name} av {title}.</p>" for name in ("challenge", "approach", "result")}
    rows = {
        "methods": [CaseMethod(method=card) for card in methods],
        "organisations": [CaseOrganisation(organisation=row, role="led") for row in organisations],
    }
    return scratch.write(title, below, CasePage, **{**told, **rows, **fields})


def test_a_case_is_told_in_its_order_and_says_if_it_is_invented(client, page):
    html = get(client, page("skills-case").url)
    places = [html.index(f"<h2>{heading}</h2>") for heading in ("Utmaningen", "Så gjorde de", "Resultatet", "Lärdomar")]
    assert places == sorted(places)
    assert "Exemplet är påhittat." in html
    assert "This case is invented." in get(client, page("skills-case", "en").url)
    assert "Exemplet är påhittat." not in get(client, page("partner-meeting-case").url)


@pytest.mark.parametrize(
    ("years", "swedish", "english"),
    [
        ((2024, 2024), "2024", "2024"),
        ((2022, 2024), "2022–2024", "2022–2024"),
        ((2022, None), "sedan 2022", "since 2022"),
        ((None, 2020), "2020", "2020"),
        ((None, None), "", ""),
    ],
)
def test_its_time_is_said_in_years(years, swedish, english):
    told = CasePage(year_from=years[0], year_to=years[1])
    for language, words in (("sv", swedish), ("en", english)):
        with translation.override(language):
            assert told.period == words


def test_the_last_year_never_comes_before_the_first(page):
    told = page("skills-case")
    told.year_from, told.year_to = 2024, 2023
    with pytest.raises(ValidationError) as caught:
        told.full_clean()
    assert list(caught.value.message_dict) == ["year_to"]


@pytest.mark.parametrize("name", ["challenge", "approach", "result"])
def test_what_is_published_tells_the_whole_story_but_a_draft_need_not(page, name):
    told = page("skills-case")
    setattr(told, name, "")
    with pytest.raises(ValidationError) as caught:
        told.save()
    assert list(caught.value.message_dict) == [name]
    told.live = False
    told.save()


def test_a_method_and_its_case_lead_to_each_other_in_both_languages(client, page):
    for language, reason in (("sv", "Används i exemplet"), ("en", "Used in the case")):
        told, card = page("skills-case", language), page("stakeholder-map", language)
        html = get(client, told.url)
        methods = html[html.index('id="methods"') : html.index("</ul>", html.index('id="methods"'))]
        assert f'href="{card.url}"' in methods
        assert f"{reason}: {told.title}" in related(get(client, card.url))


def test_an_organisation_shows_its_cases_with_its_part_in_them(client, page):
    row = Organisation.objects.public().first()
    case("Egen prövning", page("cases"), organisations=[row])
    html = get(client, row.get_url())
    assert "Egen prövning" in html
    assert "ledde arbetet" in html
    with translation.override("en"):
        assert "Egen prövning" not in get(client, row.get_url()), "a case in Swedish only"


@pytest.mark.parametrize("way", ["draft", "closed"])
def test_what_not_everybody_may_see_is_named_on_neither_end(client, page, way):
    card, row = method("Eget kort", page("methods")), Organisation.objects.public().first()
    told = case("Egen prövning", page("cases"), [card], [row])
    assert "Eget kort" in get(client, told.url)
    assert "Egen prövning" in get(client, card.url)
    for hidden, shown in ((card, told), (told, card)):
        if way == "draft":
            hidden.unpublish()
        else:
            restriction = PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        assert hidden.title not in get(client, shown.url)
        if hidden is told:
            assert hidden.title not in get(client, row.get_url())
        if way == "draft":
            scratch.reread(hidden).save_revision().publish()
        else:
            restriction.delete()


def test_an_organisation_that_is_not_public_is_not_named(client, page):
    row = Organisation.objects.public().first()
    told = case("Egen prövning", page("cases"), organisations=[row])
    assert row.name in get(client, told.url)
    Organisation.objects.filter(pk=row.pk).update(live=False)
    assert row.name not in get(client, told.url)


def test_a_preview_shows_methods_that_are_not_saved(page):
    told = page("skills-case")
    told.methods.add(CaseMethod(method=page("risk-workshop")))
    html = told.make_preview_request().render().content.decode()
    assert page("risk-workshop").url in html


def test_a_translation_keeps_rows_years_and_the_mark(signed_in, page, django_capture_on_commit_callbacks):
    admin, card, row = signed_in("admin"), page("driver-map"), Organisation.objects.public().first()
    original = case("Egen prövning", page("cases"), [card], [row], year_from=2022, year_to=2023, is_invented=True)
    submit(admin, original)
    translate(admin, original)
    press_publish(admin, original, django_capture_on_commit_callbacks)
    there = english(original)
    assert there.live
    assert (there.year_from, there.year_to, there.is_invented) == (2022, 2023, True)
    assert [(part.organisation_id, part.role) for part in there.organisations.all()] == [(row.pk, "led")]
    assert "EN challenge av" in there.challenge
    assert page("driver-map", "en").title in get(admin, there.url)


def test_the_api_tells_rows_and_no_private_method(client, page):
    card = method("Eget kort", page("methods"))
    told = case("Egen prövning", page("cases"), [card], Organisation.objects.public()[:1], year_from=2024)
    address = f"/api/v2/pages/{told.pk}/"
    answer = client.get(address).json()
    assert (answer["year_from"], answer["organisations"][0]["role"]) == (2024, "led")
    assert answer["methods"][0]["method"]["id"] == card.pk
    MethodPage.objects.get(pk=card.pk).unpublish()
    assert "Eget kort" not in client.get(address).content.decode()


def test_a_list_of_cases_costs_the_same_for_3_and_30(cost, page):
    below, told, topics, costs = page("cases"), page("skills-case"), list(Topic.objects.all()), []
    CasePage.objects.exclude(pk=told.pk).update(live=False)
    for more in (2, 27):
        for n, copy in enumerate(live_copies(told, more)):
            TopicLink.objects.create(page=copy, topic=topics[n % len(topics)])
        costs.append(cost(below.url))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 10


def test_a_case_costs_the_same_with_3_and_30_methods_and_organisations(client, cost, page):
    cards = [method(f"Kort {n}", page("methods")) for n in range(30)]
    rows = [Organisation.objects.create(name_sv=f"Part {n}", sector_id=1, live=True) for n in range(30)]
    told = {count: case(f"Prövning {count}", page("cases"), cards[:count], rows[:count], content_owner_id=1) for count in (3, 30)}
    costs = [cost_beside(client, cost, told[count].url, page("skills-case").url) for count in (3, 30)]
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 12
