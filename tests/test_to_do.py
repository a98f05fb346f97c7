"""What waits for somebody, and the lists behind the numbers."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user, get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page

from cms.editing.todo import OWN, ToDo, ToDoPanel, drafts
from cms.models import PortalImage
from home.models import StandardPage

from .scratch import reread, write
from .translating import english, press_publish, submit, translate

ROLES = ["admin", "editor", "reviewer", "translator"]


def user_of(client: Client):
    return get_user(client)


def numbers(client: Client) -> dict[str, int]:
    """The panel on the first page: how many of each, by the address of its list."""
    html = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    return {link["href"]: int(link.b.get_text()) for link in html.select(".to-do a")}


def listed(client: Client, name: str) -> list[str]:
    """The titles in a list, as shown."""
    html = BeautifulSoup(client.get(reverse(f"to_do_{name}")).content, "html.parser")
    return [
        cell.get_text(" ", strip=True) for cell in html.select("[data-listing-page-title] .title-wrapper, td.title .title-wrapper")
    ]


def is_in(client: Client, name: str, title: str) -> bool:
    found = [shown for shown in listed(client, name) if title in shown]
    assert len(found) <= 1
    return bool(found)


@pytest.fixture
def work(db, signed_in) -> None:
    """Something of everything."""
    editor, today = user_of(signed_in("editor")), timezone.localdate()
    unread = {"reviewed_on": datetime.date(2020, 1, 1), "language_policy": "sv", "language_reason": "Rör bara Sverige."}
    for number in range(3):
        write(f"Utkast {number}", live=False).save_revision(user=editor)
        submitted = write(f"Inskickad {number}", live=False)
        submitted.save_revision(user=editor)
        submitted.get_workflow().start(submitted, editor)
        in_days = timezone.now() + datetime.timedelta(days=number + 1)
        write(f"Planerad {number}", live=False, go_live_at=in_days).save_revision().publish()
        write(f"Oläst {number}", **unread)
    images = PortalImage.objects.order_by("pk")
    PortalImage.objects.filter(pk=images[0].pk).update(alt_en="", uploaded_by_user=editor)
    PortalImage.objects.filter(pk=images[1].pk).update(consent_status="given", consent_until=today + datetime.timedelta(days=10))
    PortalImage.objects.filter(pk=images[2].pk).update(consent_status="missing")


@pytest.mark.parametrize("role", ROLES)
def test_each_number_is_the_length_of_its_list_for_everybody(signed_in, work, role):
    client = signed_in(role)
    shown = numbers(client)
    assert shown
    for todo in OWN:
        if todo.address in shown:
            items = client.get(todo.address).context["paginator"].count
            assert shown[todo.address] == items == len(listed(client, todo.name)), todo.name


def test_an_editor_has_drafts_and_a_reviewer_reviews(signed_in, work):
    editor, reviewer = numbers(signed_in("editor")), numbers(signed_in("reviewer"))
    assert editor[reverse("to_do_drafts")] == 3
    assert reverse("to_do_reviews") not in editor, "an editor approves nothing"
    assert reviewer[reverse("to_do_drafts")] == 0
    assert reviewer[reverse("to_do_reviews")] == 3
    assert editor[reverse("to_do_planned")] == reviewer[reverse("to_do_planned")] == 3


def test_only_pictures_that_one_may_correct_wait_for_one(signed_in, work):
    assert numbers(signed_in("editor"))[reverse("to_do_wordless-pictures")] == 1, "the one that the editor uploaded"
    assert numbers(signed_in("reviewer"))[reverse("to_do_wordless-pictures")] == 1
    assert numbers(signed_in("reviewer"))[reverse("to_do_consents")] == 2
    assert numbers(signed_in("editor"))[reverse("to_do_consents")] == 0
    assert reverse("to_do_consents") not in numbers(signed_in("translator"))


def test_a_directory_steward_has_nothing_to_do_with_pages(signed_in, work):
    client = signed_in("steward")
    assert numbers(client) == {}
    assert "Inget väntar på dig." in client.get(reverse("wagtailadmin_home")).text
    assert "Inskickad" not in client.get(reverse("to_do_reviews")).content.decode()


def test_a_visitor_sees_no_list(client, work):
    for todo in OWN:
        assert client.get(todo.address).status_code == 302


def test_a_draft_waits_until_it_is_submitted_or_published(signed_in, db):
    client = signed_in("editor")
    page = write("Ett eget utkast", live=False)
    page.save_revision(user=user_of(client))
    assert is_in(client, "drafts", "Ett eget utkast")
    assert not is_in(signed_in("reviewer"), "drafts", "Ett eget utkast")
    page.get_workflow().start(page, user_of(client))
    assert not is_in(client, "drafts", "Ett eget utkast")
    assert is_in(signed_in("reviewer"), "reviews", "Ett eget utkast")
    page.current_workflow_task_state.approve(user=user_of(signed_in("reviewer")))
    assert not is_in(signed_in("reviewer"), "reviews", "Ett eget utkast")
    assert not is_in(client, "drafts", "Ett eget utkast")


def test_nobody_is_asked_to_review_what_they_submitted_themselves(signed_in, db, settings):
    client = signed_in("reviewer")
    page = write("Egen text", live=False)
    page.save_revision(user=user_of(client))
    page.get_workflow().start(page, user_of(client))
    assert not is_in(client, "reviews", "Egen text")
    settings.SELF_APPROVAL = True
    assert is_in(client, "reviews", "Egen text")


def test_a_page_waits_for_translation_until_its_other_language_is_public(signed_in, django_capture_on_commit_callbacks):
    admin, page = signed_in("admin"), write("Ny sida")
    assert is_in(admin, "translations", "Ny sida")
    submit(admin, page)
    translate(admin, page)
    assert is_in(admin, "translations", "Ny sida"), "a translation that nobody can read is none"
    press_publish(admin, page, django_capture_on_commit_callbacks)
    assert english(page).live
    assert not is_in(admin, "translations", "Ny sida")
    page = reread(page)
    page.lead = "En ändrad ingress."
    page.save_revision().publish()
    assert is_in(admin, "translations", "Ny sida"), "the other language is behind"
    assert not is_in(admin, "translations", "EN Ny sida")


def test_a_page_in_one_language_on_purpose_waits_for_no_translation(signed_in, db):
    write("Bara svenska", language_policy="sv", language_reason="Rör bara Sverige.")
    write("Ett utkast", live=False)
    client = signed_in("editor")
    assert not is_in(client, "translations", "Bara svenska")
    assert not is_in(client, "translations", "Ett utkast")


def test_what_is_planned_for_later_does_not_wait_this_week_and_what_is_late_does(signed_in, db):
    for days in (3, 8):
        later = timezone.now() + datetime.timedelta(days=days)
        write(f"Om {days} dagar", live=False, go_live_at=later).save_revision().publish()
    client = signed_in("editor")
    assert is_in(client, "planned", "Om 3 dagar")
    assert not is_in(client, "planned", "Om 8 dagar")


def test_a_page_waits_to_be_read_from_the_day_after(signed_in, db):
    client, page = signed_in("editor"), write("Läst i fjol", reviewed_on=timezone.localdate(), review_interval="12")
    for days, waits in ((0, False), (-1, True)):
        StandardPage.objects.filter(pk=page.pk).update(next_review_on=timezone.localdate() + datetime.timedelta(days=days))
        assert is_in(client, "overdue", "Läst i fjol") == waits
    assert is_in(client, "overdue", "En sida som ingen har läst på länge")
    Page.objects.filter(pk=page.pk).update(live=False)
    assert not is_in(client, "overdue", "Läst i fjol")


def test_decoration_needs_no_words_and_withdrawn_consent_no_renewal(signed_in, db):
    client, pictures = signed_in("reviewer"), PortalImage.objects.order_by("pk")
    PortalImage.objects.filter(pk=pictures[0].pk).update(alt_en="", alt_sv="", is_decorative=True, consent_status="withdrawn")
    assert numbers(client)[reverse("to_do_wordless-pictures")] == 0
    assert numbers(client)[reverse("to_do_consents")] == 0


def test_a_list_of_pictures_leads_to_the_form_of_each(signed_in, work):
    picture = PortalImage.objects.get(alt_en="", is_decorative=False)
    html = signed_in("reviewer").get(reverse("to_do_wordless-pictures")).content.decode()
    assert reverse("wagtailimages:edit", args=[picture.pk]) in html
    assert picture.alt_sv in html


def cost_of_panel(client: Client) -> int:
    """Queries of the panel alone, for somebody who has just come."""
    request = client.get(reverse("wagtailadmin_home")).wsgi_request
    request.user = get_user_model().objects.get(pk=request.user.pk)
    with CaptureQueriesContext(connection) as queries:
        html = ToDoPanel().render_html({"request": request})
    assert "to-do" in html
    return len(queries)


@pytest.mark.parametrize("role", ROLES)
def test_the_panel_costs_the_same_however_much_waits(signed_in, role):
    def more(count: int) -> None:
        for _ in range(count):
            page = write(f"Sida {StandardPage.objects.count()}", live=False)
            page.save_revision(user=user_of(signed_in("editor")))
            if StandardPage.objects.count() % 2:
                page.get_workflow().start(page, user_of(signed_in("editor")))

    more(3)
    few = cost_of_panel(signed_in(role))
    more(27)
    assert cost_of_panel(signed_in(role)) == few <= 12


@pytest.mark.parametrize("language", ["sv", "en"])
def test_panel_and_lists_speak_the_language_of_the_admin(signed_in, language):
    client = signed_in("admin")
    client.cookies["django_language"] = language
    heading, label = {"sv": ("Att göra", "Väntar på översättning"), "en": ("To do", "Awaiting translation")}[language]
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert heading in home
    assert label in home
    assert label in client.get(reverse("to_do_translations")).content.decode()


def test_a_plugin_adds_what_waits_for_its_own_people(signed_in, work):
    own = ToDo("drafts", "Poddar utan ljud", "draft", drafts)
    with hooks.register_temporarily("register_to_do", lambda: [own]):
        assert "Poddar utan ljud" in signed_in("editor").get(reverse("wagtailadmin_home")).content.decode()
