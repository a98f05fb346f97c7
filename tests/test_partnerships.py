"""Partnerships: who has bound themselves to whom. The drawing, the list and the table say the same, and only what is public."""

import datetime
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from cms.users import groups
from directory.drawing import draw
from directory.models import Organisation, Partnership
from directory.models.ties import Tie
from home.models import StandardPage
from tests.scratch import write
from tests.test_guides import get
from tests.test_projects import organisations_named

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def address(page) -> str:
    return page("find-contact").url + "partnerskap/"


@pytest.fixture
def partnership(db) -> Partnership:
    """A new one, between two organisations of the demo that nothing joins."""
    first, second = (Organisation.objects.get(code=code) for code in ("vinnova", "vattenfall"))
    return Partnership.objects.create(
        organisation=first,
        with_organisation=second,
        level="associate",
        starts_on=TODAY,
        public=True,
        agreement_ref="HEMLIGT-17",
        note_sv="Anteckning på svenska",
        note_en="A note in English",
    )


def soup(client, url: str) -> BeautifulSoup:
    return BeautifulSoup(get(client, url), "html.parser")


def words(element) -> str:
    return " ".join(element.text.split())


def circles(html: BeautifulSoup) -> dict[str, BeautifulSoup]:
    return {words(each.h2): each for each in html.select("section.circle")}


def in_list(circle) -> set[tuple[str, str]]:
    found = ((words(each.find(["a", "strong"])), words(each.select_one(".why"))) for each in circle.select(".links.tie > li"))
    return {(name, why.split(",")[0].lower()) for name, why in found}


def in_drawing(circle) -> set[tuple[str, str]]:
    nodes = circle.select("svg[aria-labelledby] > a")
    names = [" ".join(text.text for text in node.select("text:not(.sub)")) for node in nodes]
    roles = [" ".join(text.text for text in node.select("text.sub")) for node in nodes]
    return {(name, role.split(",")[0].lower()) for name, role in zip(names, roles, strict=True)}


def change(row, **fields) -> None:
    type(row).objects.filter(pk=row.pk).update(**fields)


# What everybody sees


def test_the_drawing_the_list_and_the_table_hold_the_same(client, page, address):
    for url in (address, page("find-contact", "en").url + "partnerships/"):
        html = soup(client, url)
        found = circles(html)
        assert len(found) == 2
        for circle in found.values():
            assert in_drawing(circle) == in_list(circle)
        table = {(words(row.th), words(row.find_all("td")[0])) for row in html.select("table.tbl tbody tr")}
        assert table == {(name, middle) for middle, circle in found.items() for name, _ in in_list(circle)}
        assert len(table) == 9


def test_every_node_of_the_drawing_is_a_link_with_a_name_and_the_drawing_says_what_it_is(client, address):
    html = get(client, address)
    drawings = BeautifulSoup(html, "html.parser").select(".rel svg")
    assert len(drawings) == 2
    for drawing in drawings:
        assert drawing["role"] == "group"
        assert drawing.find(id=drawing["aria-labelledby"]).name == "title"
        assert "Listan säger samma sak" in drawing.find(id=drawing["aria-describedby"]).text
        for node in drawing.find_all("a"):
            assert client.get(node["href"]).status_code == 200
            assert words(node)
    assert "style=" not in html
    assert "<script>" not in html


def test_a_partnership_that_is_over_is_called_former_in_words(client, address, partnership):
    assert ("Vinnova", "associerad partner") in in_list(circles(soup(client, address))["Vattenfall"])
    change(partnership, starts_on=datetime.date(2019, 3, 1), ends_on=TODAY - DAY)
    circle = circles(soup(client, address))["Vattenfall"]
    assert ("Vinnova", "tidigare associerad partner") in in_list(circle)
    assert f"2019–{(TODAY - DAY).year}" in words(circle)
    change(partnership, ends_on=TODAY)
    assert ("Vinnova", "associerad partner") in in_list(circles(soup(client, address))["Vattenfall"]), "the last day counts"


@pytest.mark.parametrize(
    "hide",
    [
        lambda row: change(row, public=False),
        lambda row: change(row, starts_on=TODAY + DAY),
        lambda row: change(row.organisation, live=False),
        lambda row: change(row.with_organisation, expire_at=timezone.now() - DAY),
    ],
    ids=["not public", "not begun", "an organisation that is a draft", "a partner whose time is over"],
)
def test_what_is_not_public_is_nowhere_and_what_is_stands_on_both_ends(client, address, partnership, hide):
    ends = [partnership.organisation, partnership.with_organisation]
    addresses = [address, *(end.get_url() for end in ends)]
    for url in addresses:
        assert "ssocierad partner" in get(client, url), url
    hide(partnership)
    for url in addresses:
        response = client.get(url)
        assert response.status_code in (200, 404)
        assert "ssocierad partner" not in response.content.decode()


def test_the_number_of_an_agreement_is_never_shown(client, address, partnership):
    for url in (address, partnership.organisation.get_url(), partnership.with_organisation.get_url()):
        html = get(client, url)
        assert "Anteckning på svenska" in html
        assert "HEMLIGT-17" not in html


def test_a_partnership_with_a_project_shows_on_the_project_and_goes_with_it(client, page, address, partnership):
    project = page("knowledge-close-by")
    change(partnership, with_organisation=None, with_page=project, level="funder")
    profile = partnership.organisation.get_url()
    assert ("Vinnova", "finansiär") in in_list(circles(soup(client, address))[project.title])
    assert "Vinnova" in get(client, project.url)
    assert "Som finansiär" in get(client, profile)
    with translation.override("en"):
        assert page("knowledge-close-by", "en").url in get(client, partnership.organisation.get_url())
    project.unpublish()
    assert project.title not in get(client, address)
    assert project.title not in get(client, profile)


def test_a_partnership_with_neither_is_with_the_arena(client, address, partnership):
    change(partnership, with_organisation=None, level="owner")
    assert ("Vinnova", "ägare") in in_list(circles(soup(client, address))["Arenan"])
    assert "Som ägare" in get(client, partnership.organisation.get_url())


def test_the_page_of_partnerships_has_an_address_in_each_language(client, page, address):
    there = page("find-contact", "en").url + "partnerships/"
    for here, other in ((address, there), (there, address)):
        assert soup(client, here).select_one("li.lang a")["href"] == other
    wrong = page("find-contact").url + "partnerships/"
    assert (client.get(wrong).status_code, client.get(wrong)["Location"]) == (301, address)
    with pytest.raises(ValidationError):
        write("Partnerskap", page("find-contact"), StandardPage, slug="partnerskap")


def test_the_directory_leads_to_the_partnerships_while_there_are_any(client, page, address):
    entrance = page("find-contact").url
    assert f'href="{address}"' in get(client, entrance)
    Partnership.objects.all().delete()
    assert f'href="{address}"' not in get(client, entrance)
    assert "Inget partnerskap visas här ännu" in get(client, address)


# The drawing as such


def test_a_drawing_has_room_for_long_names_and_many_partners():
    ties = [Tie(("organisation", n), "Institutionen för långa namn och ännu längre namn " * 2, "/", "Deltagare") for n in range(41)]
    drawing = draw("Mitten", ties)
    for side in (-1, 1):
        ends = [(node.name[0][0], node.role[-1][0]) for node in drawing.nodes if node.side == side]
        assert all(below > last for (_, last), (below, _) in pairwise(ends)), "words lie on one another"
        assert ends[0][0] > 0
        assert ends[-1][1] < drawing.height
    assert {tie.key for tie in ties} == {node.tie.key for node in drawing.nodes}
    assert all(0 < node.x < 900 for node in drawing.nodes)


# Who keeps them


def member(group: str) -> Client:
    user = get_user_model().objects.create_user("någon", "n@example.org", "x")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    ("group", "may"), [(groups.STEWARD, True), (groups.ADMINISTRATOR, True), (groups.EDITOR, False), (groups.REVIEWER, False)]
)
def test_those_who_look_after_organisations_look_after_their_partnerships(group, may, partnership):
    client, views = member(group), Partnership.snippet_viewset
    for view, args in (("list", []), ("add", []), ("edit", [partnership.pk])):
        assert (client.get(reverse(views.get_url_name(view), args=args)).status_code == 200) is may, view


def test_a_partnership_is_with_one_thing_that_is_not_itself(page, partnership):
    partnership.with_page = page("spets")
    with pytest.raises(ValidationError):
        partnership.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        partnership.save()
    partnership.with_page, partnership.with_organisation = None, partnership.organisation
    with pytest.raises(ValidationError):
        partnership.full_clean()


# Costs


def test_the_page_of_partnerships_costs_the_same_with_3_and_with_30(cost, page, address):
    costs = []
    for more in (3, 27):
        rows = organisations_named(f"part-{more}", more)
        ends = [*({"with_organisation": row} for row in rows[1:]), {"with_page": page("spets")}]
        funded = [{"with_page": page("knowledge-close-by")}] * more
        same = {"level": "associate", "starts_on": TODAY, "public": True}
        pairs = [*zip(rows, ends, strict=True), *zip(rows, funded, strict=True)]
        Partnership.objects.bulk_create([Partnership(organisation=row, **end, **same) for row, end in pairs])
        costs.append(cost(address))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 12


def test_a_profile_costs_the_same_with_3_and_with_30_partners(cost, page):
    hub, costs = Organisation.objects.get(code="university-west"), []
    for more in (3, 27):
        Partnership.objects.bulk_create(
            [
                Partnership(organisation=row, with_organisation=hub, level="strategic", starts_on=TODAY, public=True)
                for row in organisations_named(f"nav-{more}", more)
            ]
        )
        costs.append(cost(f"{page('find-contact').url}organisationer/{hub.slug_sv}/"))
    assert len(set(costs)) == 1, costs


# Organisations in a body


def listed(client, page, **value) -> list[str]:
    base = {"heading": "Med här", "organisations": [], "sector": None, "area": None, "topic": None, "most": 12, "look": "names"}
    target = page("about-us")
    target.body = [("organisation_list", {**base, **value})]
    target.save_revision().publish()
    return [words(link) for link in soup(client, target.url).select(".links li > a") if "/organisationer/" in link["href"]]


def test_organisations_stand_in_a_body_by_hand_in_the_editors_order(client, page):
    chosen = [Organisation.objects.get(code=code) for code in ("vinnova", "gkn-aerospace")]
    assert listed(client, page, organisations=chosen) == ["Vinnova", "GKN Aerospace"]
    change(chosen[0], live=False)
    assert listed(client, page, organisations=chosen) == ["GKN Aerospace"]


def test_organisations_stand_in_a_body_by_what_they_have_in_common(client, page):
    business = Organisation.objects.get(code="vattenfall").sector
    assert listed(client, page, sector=business) == ["GKN Aerospace", "Vattenfall"]
    assert listed(client, page, sector=business, most=1) == ["GKN Aerospace"]
    assert len(listed(client, page)) == 11
    Organisation.objects.filter(code="vattenfall").update(live=False)
    assert listed(client, page, sector=business) == ["GKN Aerospace"]


def test_a_list_of_organisations_shows_itself_before_it_is_added(page):
    from cms.blocks import BodyBlock

    block = BodyBlock().child_blocks["organisation_list"]
    assert str(block.meta.description)
    assert "Med i nätverket" in block.render(block.get_preview_value())
