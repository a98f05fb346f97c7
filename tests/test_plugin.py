"""A package that nobody of the house knows joins it: tests/plugin, installed from its own pyproject."""

import dataclasses
import datetime
import io
from runpy import run_path

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page, Revision, Site

from cms import settings
from cms.facets import ChoiceFacet
from cms.kinds import check_kinds, kinds, missing_fields
from cms.plugins import call_hooks, check_contract, disabled, installed_apps
from home.models import IndexPage

plugin = pytest.mark.plugin


@pytest.fixture
def podcasts(page, django_capture_on_commit_callbacks) -> dict[str, Page]:
    """A list of podcasts in both languages with two episodes in each, made as an editor would."""
    from samverka_podcast.models import PodcastPage

    found = {}
    with django_capture_on_commit_callbacks(execute=True):
        for home, title in ((page("home"), "Poddar"), (page("home", "en"), "Podcasts")):
            listing = home.add_child(instance=IndexPage(title=title, lists="podcast", locale=home.locale, show_in_menus=True))
            for number, minutes in ((1, 10), (2, 45)):
                episode = PodcastPage(
                    title=f"{title} nummer {number}", lead="Hör tvillingen berätta", minutes=minutes, locale=home.locale
                )
                episode.body = [("listen", {"question": "Vad är ett partnerskap?"})]
                listing.add_child(instance=episode)
            found[home.language] = listing
    return found


@plugin
def test_a_plugin_joins_navigation_front_page_lists_and_search(client, indexing, podcasts):
    for language, root, word in (("sv", "/", "Poddar"), ("en", "/en/", "Podcasts")):
        front = client.get(root).content.decode()
        assert f'href="{podcasts[language].url}"' in front.partition("</header>")[0], "in the menu"
        assert f">{word}</h2>" in front, "on the front page"
        listing = client.get(podcasts[language].url).content.decode()
        assert f"{word} nummer 1" in listing
        assert f"{word} nummer 2" in listing
        found = client.get(f"{'/sok/' if language == 'sv' else '/en/search/'}?q=tvillingen").content.decode()
        assert f"{word} nummer 1" in found, "found by search"


@plugin
def test_the_portal_runs_without_its_plugins_if_asked_to(monkeypatch):
    def joined() -> set[str]:
        return set(installed_apps()) & set(run_path(settings.__file__)["INSTALLED_APPS"])

    assert joined()
    monkeypatch.setenv("WITHOUT_PLUGINS", "1")
    assert not joined()


@plugin
def test_a_plugin_brings_facets_of_its_own(client, podcasts):
    short = client.get(podcasts["sv"].url + "?minutes=15").content.decode()
    assert "Poddar nummer 1" in short
    assert "Poddar nummer 2" not in short
    assert "Högst 15 minuter" in short


@plugin
def test_a_plugin_brings_a_block_an_address_and_something_for_a_slot(client, podcasts):
    episode = podcasts["sv"].get_children().first()
    text = client.get(episode.specific.url).content.decode()
    assert '<p class="box">Vad är ett partnerskap?</p>' in text
    assert "Samverkanspodden" in text
    assert client.get("/podd/om/").content.decode() == "Om podden"


@plugin
def test_the_api_gives_a_plugins_pages(client, podcasts):
    answer = client.get("/api/v2/pages/?type=samverka_podcast.PodcastPage&locale=sv&fields=minutes").json()
    assert sorted(item["minutes"] for item in answer["items"]) == [10, 45]


@plugin
def test_only_the_listed_kind_is_written_below_a_list(podcasts, page):
    from samverka_podcast.models import PodcastPage

    assert PodcastPage.can_create_at(podcasts["sv"])
    assert not PodcastPage.can_create_at(page("guides"))


def test_home_knowledge_and_directory_join_through_the_same_door():
    assert {"guide", "method", "news", "organisation", "person"} <= set(kinds())
    assert all(hasattr(apps.get_app_config(name), "contract") for name in ("home", "knowledge", "directory"))


def test_a_plugin_that_raises_in_a_hook_is_passed_over_and_named(client, db, caplog):
    def broken(*args):
        raise RuntimeError("no podcast today")

    broken.__module__ = "broken_plugin.wagtail_hooks"
    names = ["register_slot_components", "register_body_blocks", "register_site_urls"]
    try:
        with hooks.register_temporarily([(name, broken) for name in names]):
            assert client.get("/").status_code == 200
            for name in names[1:]:
                call_hooks(name)
        assert "broken_plugin.wagtail_hooks" in caplog.text
        assert "broken_plugin.wagtail_hooks" in disabled
    finally:
        disabled.pop("broken_plugin.wagtail_hooks", None)


def test_a_part_of_the_house_that_raises_is_not_excused():
    def broken(*args):
        raise RuntimeError("ours to see")

    broken.__module__ = "knowledge.wagtail_hooks"
    with hooks.register_temporarily("register_slot_components", broken), pytest.raises(RuntimeError):
        call_hooks("register_slot_components", "main_end", {})


def test_a_kind_that_names_what_is_not_there_is_reported(monkeypatch):
    assert check_kinds(None) == []
    guide = kinds()["guide"]
    wrong = dataclasses.replace(guide, name="wrong", facets=(ChoiceFacet("x", "X", "no_such_field"),), date="no_such_date")
    assert missing_fields(wrong) == ["no_such_date", "no_such_field"]
    lost = dataclasses.replace(guide, name="lost", model="knowledge.NoSuchPage")
    monkeypatch.setattr(apps.get_app_config("knowledge"), "kinds", (guide, guide, wrong, lost))
    assert {error.id for error in check_kinds(None)} == {"samverka.E001", "samverka.E002", "samverka.E003"}


def test_a_plugin_of_another_contract_is_reported(monkeypatch):
    monkeypatch.setattr(apps.get_app_config("knowledge"), "contract", 99)
    assert [error.id for error in check_contract(None)] == ["samverka.E004"]


@plugin
def test_a_plugins_pages_are_taken_down_before_it_is_uninstalled(client, indexing, podcasts, page):
    """Afterwards, as if its code were gone, the portal shows nothing of it, and everything else as before."""
    from samverka_podcast.models import PodcastPage

    waiting = PodcastPage.objects.first()
    waiting.unpublish()
    waiting.go_live_at = timezone.now() + datetime.timedelta(days=1)
    waiting.save_revision().publish()
    assert Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    said = io.StringIO()
    call_command("unpublish_plugin", "samverka_podcast", stdout=said)
    assert "5 pages taken down" in said.getvalue()
    assert not PodcastPage.objects.filter(live=True).exists()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    ContentType.objects.filter(app_label="samverka_podcast").update(app_label="gone")
    ContentType.objects.clear_cache()
    for address in ("/", "/en/", page("guides").url, "/sok/?q=tvillingen", "/sitemap.xml", "/api/v2/pages/?locale=sv&limit=100"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "Poddar" not in answer.content.decode(), address
    assert client.get(podcasts["sv"].url).status_code == 404
    ContentType.objects.clear_cache()


@pytest.mark.parametrize("name", ["knowledge", "wagtailcore", "no_such_plugin"])
def test_only_a_plugin_is_taken_down(db, name):
    with pytest.raises(CommandError, match="no installed plugin"):
        call_command("unpublish_plugin", name)


def test_pages_of_a_plugin_that_is_gone_are_nowhere(client, page, db):
    """Its code is uninstalled; its rows are still there."""
    gone = ContentType.objects.create(app_label="gone", model="gonepage")
    orphan = page("about-us")
    title, address = orphan.title, orphan.url
    Page.objects.filter(pk=orphan.pk).update(content_type=gone)
    assert client.get(address).status_code in (404, 410)
    assert address not in client.get("/sitemap.xml").content.decode()
    assert title not in client.get("/").content.decode().partition("</header>")[0]
    assert client.get("/api/v2/pages/?locale=sv&limit=100").status_code == 200
    assert Site.objects.exists()
