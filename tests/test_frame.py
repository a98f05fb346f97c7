"""What all pages share is kept while nothing changes, and never a moment longer."""

import pytest
from django.db import connection
from wagtail.models import Page, PageViewRestriction

from cms import frame
from cms.models import PortalSettings


def menu_of(client, url="/") -> str:
    return client.get(url).content.decode().partition("</header>")[0]


def test_a_plain_page_costs_seven_queries(cost, page):
    assert cost(page("cookies").url) <= 7


@pytest.mark.skipif(connection.vendor == "postgresql", reason="what is not committed is never kept, and a test never commits")
def test_the_frame_is_kept_between_requests_and_let_go_when_something_changes(client, page):
    client.get("/")
    kept = frame._kept
    client.get("/en/")
    assert frame._kept is kept
    page("about-us").save()
    client.get("/")
    assert frame._kept is not kept


@pytest.mark.parametrize("change", ["rename", "unpublish", "hide", "close", "delete"])
def test_the_menu_follows_every_change_at_once(client, page, change):
    about = page("about-us")
    assert about.title in menu_of(client)
    if change == "rename":
        about.title = "Vilka vi är"
        about.save_revision().publish()
        assert "Vilka vi är" in menu_of(client)
        return
    if change == "unpublish":
        about.unpublish()
    elif change == "hide":
        about.show_in_menus = False
        about.save()
    elif change == "close":
        PageViewRestriction.objects.create(page=about, restriction_type="login")
    else:
        about.delete()
    assert ">Om oss<" not in menu_of(client)


def test_the_site_takes_its_new_name_at_once(client, db):
    client.get("/")
    settings = PortalSettings.objects.get()
    settings.name_sv = "Västportalen"
    settings.save()
    assert "Västportalen" in menu_of(client)


def test_breadcrumbs_follow_a_renamed_section(client, page):
    address = page("one-question-one-hour").url
    assert "Kunskap och metoder" in client.get(address).content.decode()
    section = page("knowledge")
    section.title = "Det vi vet"
    section.save_revision().publish()
    assert "Det vi vet" in client.get(address).content.decode()


def test_a_closed_section_asks_for_a_password_at_once_and_opens_again(client, page):
    method = page("one-question-one-hour")
    assert client.get(method.url).status_code == 200
    restriction = PageViewRestriction.objects.create(page=page("methods"), restriction_type="password", password="hemligt ord")
    answer = client.get(method.url)
    assert method.lead not in answer.content.decode()
    restriction.delete()
    assert method.lead in client.get(method.url).content.decode()


def test_an_alias_is_as_closed_as_its_source(client, page):
    source = page("idea-and-mission")
    alias = source.create_alias(parent=page("home"), update_slug="spegel")
    assert client.get(alias.url).status_code == 200
    PageViewRestriction.objects.create(page=source, restriction_type="login")
    assert client.get(alias.url).status_code == 302


def test_what_is_remembered_is_bounded():
    now = frame.Frame()
    for number in range(frame.LONGEST + 10):
        now.remember(number, lambda: None)
    assert len(now.memory) == frame.LONGEST


def test_the_frame_does_not_grow_with_the_site(cost, page):
    few = cost(page("cookies").url)
    above = page("about-us")
    for number in range(30):
        above.add_child(instance=type(above)(title=f"Sida {number}", show_in_menus=True, locale=above.locale))
    assert cost(page("cookies").url) == few
    assert Page.objects.child_of(above).count() > 30


def test_the_drawing_of_the_front_page_leads_to_each_entrance(client, db):
    main = client.get("/").text.partition("<main")[2]
    drawing, _, entrances = main.partition('class="fan"')[2].partition("</svg>")
    assert drawing.count("<path") == entrances.partition("</ul>")[0].count("<li>") > 6
