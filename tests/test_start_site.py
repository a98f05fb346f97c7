"""A real site begins empty, in both languages, and whole."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Collection, Locale, Page, Site

from cms.demo.loader import parse
from cms.demo.management.commands.start_site import DEMO, START
from cms.demo.rows import in_language
from cms.kinds import kinds
from cms.models import PortalSettings
from cms.users.groups import ADMINISTRATOR
from cms.vocabulary.models import FocusArea, Licence, Topic
from directory.models import Organisation, Person
from home.models import IndexPage

ASKED = ["--name-sv=Västra porten", "--name-en=The Western Gate", "--admin=anna@example.org"]


@pytest.fixture
def empty(db) -> None:
    """The database as migrations leave it."""
    for page in Page.objects.filter(depth=2):
        page.delete()
    for model in (Person, Organisation, PortalSettings, get_user_model(), FocusArea, Topic, Licence):
        model.objects.all().delete()
    Collection.objects.filter(depth__gt=1).delete()
    root = Page.get_first_root_node()
    welcome = root.add_child(instance=Page(title="Welcome", slug="welcome", locale=Locale.objects.get(language_code="sv")))
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": welcome, "hostname": "localhost", "port": 80})
    Site.clear_site_root_paths_cache()


def start(capsys, *asked: str) -> str:
    call_command("start_site", *(asked or ASKED))
    return capsys.readouterr().out


def test_every_page_of_a_new_site_answers_in_both_languages(empty, capsys, client):
    start(capsys)
    pages = Page.objects.filter(depth__gt=1)
    assert set(pages.values_list("locale__language_code", flat=True)) == {"sv", "en"}
    for page in pages:
        answer = client.get(page.url)
        assert answer.status_code == 200, page.url
    assert "Västra porten" in client.get("/").text
    assert "The Western Gate" in client.get("/en/").text
    assert client.get("/nyheter/").status_code == 200
    assert client.get("/en/news/").status_code == 200


def test_every_kind_of_page_has_its_list(empty, capsys):
    start(capsys)
    own = {kind.name for kind in kinds().values() if kind.is_page and kind.model.startswith("knowledge.")}
    for language in ("sv", "en"):
        assert set(IndexPage.objects.filter(locale__language_code=language).values_list("lists", flat=True)) == own


def test_nothing_of_the_demo_is_in_it(empty, capsys):
    start(capsys)
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()
    assert not Topic.objects.exists()
    assert PortalSettings.objects.get().demo_notice == ""
    assert list(get_user_model().objects.values_list("username", flat=True)) == ["anna@example.org"]
    leads = {in_language(parse(path).get("lead", ""), "sv") for path in (DEMO / "pages").glob("*.yaml")}
    leads -= {in_language(parse(path).get("lead", ""), "sv") for path in (START / "pages").glob("*.yaml")}
    assert not leads & {page.specific.lead for page in Page.objects.filter(depth__gt=1)}
    everything = " ".join(path.read_text().lower() for path in START.rglob("*.yaml"))
    assert "demo" not in everything
    assert "example" not in everything


def test_the_words_that_any_portal_needs_are_there(empty, capsys):
    start(capsys)
    assert FocusArea.objects.count() == 4
    assert Licence.objects.filter(code="CC-BY-4.0").exists()


def test_the_administrator_gets_in_with_the_password_that_is_shown_once(empty, capsys):
    said = start(capsys)
    password = re.search(r"shown only now: (\S+)", said)[1]
    client = Client()
    answer = client.post("/admin/login/", {"username": "anna@example.org", "password": password, "next": "/admin/"})
    assert answer.status_code == 302
    assert client.get("/admin/").status_code == 200
    assert get_user_model().objects.get().groups.filter(name=ADMINISTRATOR).exists()


def test_run_again_it_changes_nothing(empty, capsys):
    start(capsys)
    page = IndexPage.objects.get(lists="news", locale__language_code="sv")
    page.title = "Aktuellt"
    page.save_revision().publish()
    password, pages = get_user_model().objects.get().password, Page.objects.count()
    said = start(capsys, "--name-sv=Annat", "--name-en=Other", "--admin=anna@example.org")
    page.refresh_from_db()
    assert page.title == "Aktuellt"
    assert Page.objects.count() == pages
    assert PortalSettings.objects.get().name == "Västra porten"
    assert get_user_model().objects.get().password == password
    assert "Password" not in said


def test_it_does_not_mix_with_the_demo(db, capsys):
    with pytest.raises(CommandError, match="holds the demo"):
        start(capsys)


def test_an_address_that_is_none_is_refused_before_anything_is_made(empty, capsys):
    with pytest.raises(CommandError, match="no e-mail address"):
        start(capsys, "--name-sv=A", "--name-en=A", "--admin=anna")
    assert Page.objects.filter(depth__gt=1).count() == 1
