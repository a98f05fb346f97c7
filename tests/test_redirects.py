"""Links that others have made keep leading to the page, whatever is done to its address."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms import redirects
from directory.models import Organisation
from home.models import StandardPage
from knowledge.models import GlossaryTerm
from tests.scratch import home, news, news_list, reread, write

pytestmark = pytest.mark.django_db


def leads_to(client, address: str) -> str | None:
    """Where an address leads permanently, in one step."""
    response = client.get(address)
    return response.headers["Location"] if response.status_code == 301 else None


def many_below(section: Page, count: int) -> list[Page]:
    """Public pages, written in bulk as nobody would write them by hand."""
    pages = []
    for n in range(count):
        below = StandardPage(title=f"Sida {n}", slug=f"sida-{n}", locale=section.locale, translation_key=uuid.uuid4(), live=True)
        below.path = StandardPage._get_path(section.path, section.depth + 1, n + 1)
        below.depth, below.url_path, below.draft_title = section.depth + 1, f"{section.url_path}sida-{n}/", below.title
        below.save_base()
        pages.append(below)
    Page.objects.filter(pk=section.pk).update(numchild=count)
    return pages


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_changed_slug_leads_on(client, language):
    changed = write("Om arenan", language=language, slug="om-arenan")
    below = write("Kontakt", changed, slug="kontakt")
    before = [changed.url, below.url]
    changed.slug = "om-oss-alla"
    changed.save()
    after = [reread(changed).url, reread(below).url]
    assert after != before
    assert [leads_to(client, address) for address in before] == after


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_moved_section_leads_on_with_all_that_is_below(client, language):
    section, target = write("Avdelning", language=language), write("Ny plats", language=language)
    below = write("Under", section)
    deeper = write("Längre ned", below)
    before = [item.url for item in (section, below, deeper)]
    reread(section).move(target, pos="last-child")
    after = [reread(item).url for item in (section, below, deeper)]
    assert after[0].startswith(target.url)
    assert [leads_to(client, address) for address in before] == after


def test_a_section_of_three_hundred_pages_moves_at_a_cost_that_does_not_grow(client):
    def cost(count: int) -> int:
        section, target = write(f"Stor {count}", slug=f"stor-{count}"), write(f"Mål {count}", slug=f"mal-{count}")
        below = many_below(section, count)
        with CaptureQueriesContext(connection) as queries:
            reread(section).move(target, pos="last-child")
        assert Redirect.objects.filter(old_path__startswith=f"/stor-{count}").count() == count + 1
        assert leads_to(client, f"/stor-{count}/sida-{count - 1}/") == reread(below[-1]).url
        return len(queries)

    small, large = cost(3), cost(300)
    assert large <= small + 4


def test_a_news_item_with_a_new_date_or_slug_leads_on(client):
    item = news("Vi öppnar", datetime.date(2024, 4, 29), news_list("Det nya"))
    first = item.url
    assert first.endswith("/2024/04/29/vi-oppnar/")
    item.date = datetime.date(2024, 5, 2)
    item.save()
    second = reread(item).url
    item.slug = "portalen-oppnar"
    item.save()
    third = reread(item).url
    assert len({first, second, third}) == 3
    assert leads_to(client, first) == leads_to(client, second) == third


def test_the_news_below_a_renamed_list_keep_their_dates(client):
    above = news_list("Det senaste")
    item = news("Nytt", datetime.date(2024, 4, 29), above)
    before = item.url
    above.slug = "handelser"
    above.save()
    assert reread(item).url.endswith("/handelser/2024/04/29/nytt/")
    assert leads_to(client, before) == reread(item).url


def test_an_archive_below_a_renamed_list_leads_on(client):
    above = news_list("Arkivet")
    news("Nytt", datetime.date(2024, 4, 29), above)
    before = above.url
    above.slug = "det-gamla"
    above.save()
    assert leads_to(client, f"{before}2024/04/?type=news") == f"{reread(above).url}2024/04/?type=news"


def test_a_chain_is_never_longer_than_one(client):
    moved, seen = write("Ett", slug="ett"), []
    for slug in ("tva", "tre", "fyra"):
        seen.append(reread(moved).url)
        moved.slug = slug
        moved.save()
    assert {leads_to(client, address) for address in seen} == {reread(moved).url}


def test_a_page_that_returns_to_its_old_address_is_served_there(client):
    moved = write("Hit och dit", slug="hit")
    for slug in ("dit", "hit"):
        moved.slug = slug
        moved.save()
    assert leads_to(client, "/dit/") == "/hit/"
    assert not Redirect.objects.filter(old_path="/hit").exists()


def test_what_lives_at_an_address_wins_and_the_old_redirect_is_gone(client):
    moved = write("Gammal", slug="adressen")
    moved.slug = "ny-adress"
    moved.save()
    draft = write("Utkast", slug="adressen", live=False)
    assert leads_to(client, "/adressen/") == "/ny-adress/", "a draft takes no address"
    draft.save_revision().publish()
    assert not Redirect.objects.filter(old_path="/adressen").exists()


def test_two_pages_can_change_places(client):
    one, other = write("Ena", slug="ena"), write("Andra", slug="andra")
    for moved, slug in ((one, "mellan"), (other, "ena"), (one, "andra")):
        moved.slug = slug
        moved.save()
    assert not Redirect.objects.filter(old_path__in=["/ena", "/andra"]).exists()
    assert leads_to(client, "/mellan/") == "/andra/"


def test_a_redirect_that_an_editor_made_is_kept(client):
    Redirect.add_redirect("/kampanj/", home(), site=home().get_site())
    moved = write("Kampanj", slug="kampanj")
    moved.slug = "kampanjen"
    moved.save()
    assert [redirect.automatically_created for redirect in Redirect.objects.filter(old_path="/kampanj")] == [False]


def test_a_draft_that_moves_leaves_nothing_behind():
    draft = write("Hemligt", live=False)
    draft.slug = "annu-hemligare"
    draft.save()
    reread(draft).move(write("Annan plats"), pos="last-child")
    assert not Redirect.objects.filter(redirect_page=draft).exists()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("row", [Organisation, GlossaryTerm])
def test_a_row_leaves_redirects_from_every_address_it_has_had(client, row, language):
    item = row.objects.public().first() if row is Organisation else row.objects.first()
    addresses = []
    for slug in (None, "forsta", "andra"):
        if slug:
            item.slug_sv = item.slug_en = slug
            item.save()
        with translation.override(language):
            addresses.append(item.get_url())
    assert [client.get(address).headers["Location"] for address in addresses[:2]] == [addresses[2]] * 2
    assert client.get(addresses[2]).status_code == 200
    item.slug_sv = item.slug_en = "forsta"
    item.save()
    assert client.get(addresses[1]).status_code == 200
    assert client.get(addresses[2]).headers["Location"] == addresses[1]


def test_a_move_without_its_redirects_does_not_happen(monkeypatch):
    section, target = write("Kvar"), write("Dit")
    below = write("Också kvar", section)

    def fail(*args, **kwargs):
        raise OSError("The disk is full.")

    monkeypatch.setattr(Redirect.objects.__class__, "bulk_create", fail)
    with pytest.raises(OSError, match="full"):
        reread(section).move(target, pos="last-child")
    section.slug = "nagon-annanstans"
    with pytest.raises(OSError, match="full"):
        section.save()
    assert (reread(section).url, reread(below).url) == ("/kvar/", "/kvar/ocksa-kvar/")
    assert reread(section).get_parent().pk == home().pk
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_ordinary_save_costs_one_query_for_its_address():
    plain = write("Stilla")
    with CaptureQueriesContext(connection) as queries:
        plain.save()
    assert not [query for query in queries if "wagtailredirects" in query["sql"]]


def test_the_batches_hold_everything_once():
    addresses = [(1, f"/{n}") for n in range(1201)]
    assert [address for batch in redirects.batches(addresses) for address in batch] == addresses
