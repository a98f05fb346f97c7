"""The accessibility statement: what the law asks for is there, or it is not published."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page

from cms import frame
from cms.demo.loader import pair_by_translation
from cms.models import PortalSettings
from home.models import AccessibilityStatementPage
from home.statement import LEGAL
from tests.forms import filled_in
from tests.scratch import reread
from tests.test_guides import get


@pytest.fixture
def statement(page) -> AccessibilityStatementPage:
    return page("accessibility")


def published_with(statement: Page, **fields) -> None:
    for name, value in fields.items():
        setattr(statement, name, value)
    statement.live = False
    statement.save_revision(clean=False).publish()


@pytest.mark.parametrize("name", LEGAL)
def test_it_is_not_published_while_a_field_of_the_law_is_empty_and_the_field_is_named(statement, name):
    label = AccessibilityStatementPage._meta.get_field(name).verbose_name
    before = statement.latest_revision_id
    with pytest.raises(ValidationError, match=str(label)[1:]):
        published_with(statement, **{name: None if name == "assessed_on" else ""})
    assert AccessibilityStatementPage.objects.get(pk=statement.pk).live_revision_id == before


def test_whoever_falls_short_says_what_falls_short(statement):
    with pytest.raises(ValidationError, match="ända brister"):
        published_with(statement, issues=[])
    published_with(statement, issues=[], compliance="full")


@pytest.mark.parametrize(
    ("language", "message"), [("sv", "kan inte publiceras utan ”Tillsynsmyndighet”"), ("en", "“Supervising authority”")]
)
def test_the_editor_is_told_which_field_is_empty_and_a_draft_may_wait(signed_in, statement, language, message):
    client, address = signed_in("admin"), reverse("wagtailadmin_pages:edit", args=[statement.pk])
    client.cookies["django_language"] = language
    form = filled_in(client, address, authority_name="")
    for empty in ("body", "issues", "disproportionate", "out_of_scope"):
        form[f"{empty}-count"] = "0"
    refused = client.post(address, {**form, "action-publish": "1"})
    assert refused.status_code == 200
    assert message in refused.content.decode()
    assert reread(statement).authority_name
    kept = client.post(address, form)
    assert kept.status_code == 302
    assert reread(statement).get_latest_revision().as_object().authority_name == ""


def test_it_says_what_the_law_asks_for_in_each_language(client, page):
    swedish, english = get(client, page("accessibility").url), get(client, page("accessibility", "en").url)
    assert "delvis förenlig med lagen" in swedish
    assert "lagen (2018:1937) om tillgänglighet till digital offentlig service" in swedish
    assert "complies with the Act in part" in english
    for html in (swedish, english):
        assert "mailto:redaktionen@example.org" in html
        assert "https://www.digg.se/" in html
        assert 'datetime="2026-11-29"' in html
    assert "Det finns ännu inget formulär" in swedish
    assert "There is no form yet" in english


def test_the_day_of_the_last_publication_is_shown_by_itself(client, statement):
    AccessibilityStatementPage.objects.filter(pk=statement.pk).update(
        last_published_at=datetime.datetime(2026, 3, 1, 23, 30, tzinfo=datetime.UTC)
    )
    assert 'datetime="2026-03-02"' in get(client, statement.url)
    assert client.get(f"/api/v2/pages/{statement.pk}/").json()["updated_on"] == "2026-03-02"


def test_standard_and_days_are_those_of_the_whole_site(client, page, statement):
    PortalSettings.objects.update(accessibility_standard="EN 301 549 V4.1.1", response_days=3)
    frame.forget()
    assert "standarden EN 301 549 V4.1.1" in get(client, statement.url)
    assert "inom 3 arbetsdagar" in get(client, statement.url)
    assert "within 3 working days" in get(client, page("accessibility", "en").url)
    answer = client.get(f"/api/v2/pages/{statement.pk}/").json()
    assert (answer["standard"], answer["response_days"]) == ("EN 301 549 V4.1.1", 3)
    PortalSettings.objects.update(response_days=0)
    frame.forget()
    assert "arbetsdag" not in get(client, statement.url).partition('id="feedback"')[2].partition("<h2")[0]


@pytest.mark.parametrize(
    ("language", "message"),
    [("sv", "”Tillsynsmyndighet” är inte klart."), ("en", "“Supervising authority” is not finished.")],
)
@pytest.mark.parametrize("by_script", [True, False])
def test_who_approves_an_unfinished_statement_is_told_what_is_missing(signed_in, statement, language, message, by_script):
    editor = get_user_model().objects.get(username="editor")
    statement.save_revision(user=editor)
    statement.get_workflow().start(statement, editor)
    statement.authority_name = ""
    statement.save_revision(clean=False)
    reviewer, state = signed_in("reviewer"), reread(statement).current_workflow_task_state
    reviewer.cookies["django_language"] = language
    headers = {"x-requested-with": "XMLHttpRequest"} if by_script else {}
    approve = reverse("wagtailadmin_pages:workflow_action", args=[statement.pk, "approve", state.pk])
    answer, editing = reviewer.post(approve, headers=headers), reverse("wagtailadmin_pages:edit", args=[statement.pk])
    assert (answer.json()["redirect"] if by_script else answer.url) == editing
    assert message in reviewer.get(editing).content.decode()
    assert reread(statement).current_workflow_task_state.status == "in_progress"
    assert reread(statement).authority_name


def test_a_translation_that_lacks_something_is_not_published_and_the_translator_is_told(signed_in, page):
    AccessibilityStatementPage.objects.update(authority_url="")
    statement = page("accessibility", "en")
    pair_by_translation(page("accessibility"), statement)
    answer = signed_in("admin").post(reverse("wagtailadmin_pages:edit", args=[statement.pk]), {"action": "publish"}, follow=True)
    assert "Nya valideringsfel hittades" in answer.content.decode()
    assert reread(statement).latest_revision_id == statement.latest_revision_id


def test_it_is_named_at_the_foot_of_every_page(client, statement):
    for address in ("/", "/kunskap/", "/sok/"):
        footer = get(client, address).partition("<footer")[2]
        assert f'href="{statement.url}"' in footer


def test_what_was_left_out_stands_under_its_paragraph_of_the_law(client, statement):
    statement.disproportionate = [("content", {"what": "Gamla filmer.", "why": "De är många."})]
    statement.out_of_scope = [("content", {"what": "Kartor.", "why": "Lagen undantar dem."})]
    statement.save_revision().publish()
    html = get(client, statement.url)
    assert html.index("12 §") < html.index("Gamla filmer.") < html.index("inte omfattas av lagen") < html.index("Kartor.")
