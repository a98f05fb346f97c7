"""A real site begins empty, in both languages, and whole."""

import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from wagtail.models import Locale, Page, Site

from cms.demo.loader import parse
from cms.demo.management.commands.start_site import DEMO, START
from cms.demo.values import in_language
from cms.kinds import kinds
from cms.models import PortalSettings
from cms.users.groups import ADMINISTRATOR
from cms.vocabulary.models import FocusArea, Licence, Topic
from directory.models import Organisation, Person
from home.models import IndexPage

ASKED = ["--name-sv=Västra porten", "--name-en=The Western Gate", "--admin=anna@example.org"]


KEPT = {
    "admin.LogEntry", "auth.Group", "auth.Group_permissions", "auth.Permission", "cms.ReviewTask", "contenttypes.ContentType",
    "wagtailadmin.Admin", "wagtailcore.Collection", "wagtailcore.GroupApprovalTask", "wagtailcore.GroupApprovalTask_groups",
    "wagtailcore.GroupCollectionPermission", "wagtailcore.GroupPagePermission", "wagtailcore.Locale", "wagtailcore.Page",
    "wagtailcore.Task", "wagtailcore.Workflow", "wagtailcore.WorkflowPage", "wagtailcore.WorkflowTask",
}  # fmt: skip


@pytest.fixture
def empty(db, settings, tmp_path) -> None:
    """The database as migrations leave it, nearly: no content, no users, Wagtail's greeting at the root; and no index."""
    settings.SEARCH_ROOT = tmp_path / "search"
    models = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.label not in KEPT and model._meta.managed
    ]
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 names of our own tables
        cursor.execute("DELETE FROM wagtailcore_page WHERE depth > 1")
        cursor.execute("UPDATE wagtailcore_page SET numchild = 0")
    welcome = Page(title="Welcome", slug="welcome", locale=Locale.objects.get(language_code="sv"))
    Page.get_first_root_node().add_child(instance=welcome)
    Site.objects.create(is_default_site=True, root_page=welcome, hostname="localhost", port=80)
    Site.clear_site_root_paths_cache()


def start(capsys, *asked: str) -> str:
    call_command("start_site", *(asked or ASKED))
    return capsys.readouterr().out


def test_a_new_site_is_whole_and_empty(empty, capsys, client):
    start(capsys)
    for page in Page.objects.filter(depth__gt=1):
        assert client.get(page.url).status_code == 200, page.url
    assert "Västra porten" in client.get("/").text
    assert "The Western Gate" in client.get("/en/").text
    every_kind_of_page_has_its_list()
    assert FocusArea.objects.count() == 4
    assert Licence.objects.filter(code="CC-BY-4.0").exists()
    nothing_of_the_demo_is_there()


def every_kind_of_page_has_its_list() -> None:
    own = {kind.name for kind in kinds().values() if kind.is_page and kind.model.startswith("knowledge.")}
    for language in ("sv", "en"):
        assert set(IndexPage.objects.filter(locale__language_code=language).values_list("lists", flat=True)) == own


def nothing_of_the_demo_is_there() -> None:
    for model in (Organisation, Person, Topic):
        assert not model.objects.exists()
    assert PortalSettings.objects.get().demo_notice == ""
    assert list(get_user_model().objects.values_list("username", flat=True)) == ["anna@example.org"]
    said = {
        folder: {in_language(parse(path).get("lead", ""), "sv") for path in folder.glob("pages/*.yaml")} for folder in (DEMO, START)
    }
    assert not (said[DEMO] - said[START]) & {page.specific.lead for page in Page.objects.filter(depth__gt=1)}
    assert not re.search("demo|example", " ".join(path.read_text().lower() for path in START.rglob("*.yaml")))


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
