"""Who may do what: each role tries each thing through the admin, and what it may not do leaves everything as it was."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Workflow
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.models import PortalImage, PortalSettings
from cms.users import groups
from cms.vocabulary.models import FactBox, Licence, Topic
from directory.models import Organisation, Person
from home.models import StandardPage
from knowledge.models import GlossaryTerm
from search.models import Promotion, Synonym

from .forms import filled_in
from .scratch import home, reread, write

User = get_user_model()
ROLES = {
    "editor": groups.EDITOR,
    "reviewer": groups.REVIEWER,
    "translator": groups.TRANSLATOR,
    "steward": groups.STEWARD,
    "administrator": groups.ADMINISTRATOR,
}


def member(role: str, username: str = "") -> User:
    user = User.objects.create_user(username or f"a-{role}", f"{role}@example.org", "x", first_name="A", last_name=role)
    user.groups.add(Group.objects.get(name=ROLES[role]))
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@dataclass
class Desk:
    """Somebody signed in, the page they look at, and the forms of the admin as a superuser sees them: they can be forged."""

    user: User
    client: Client
    page: Page
    form: Callable
    committing: Callable

    def send(self, address: str, **data) -> None:
        with self.committing(execute=True):
            self.client.post(address, data)

    def save(self, page: Page, **changes) -> None:
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        self.send(address, **self.form(address, **{"body-count": "0", **changes}))

    def change_row(self, row, **changes) -> None:
        address = AdminURLFinder().get_edit_url(row)
        self.send(address, **self.form(address, **changes))


@pytest.fixture
def desk(db, signed_in, django_capture_on_commit_callbacks):
    page, root = write("A page of the test"), signed_in("admin")
    seen = cache(lambda address: filled_in(root, address))

    def form(address: str, **changes) -> dict:
        return {**seen(address), **changes}

    def sit(role: str) -> Desk:
        user = member(role)
        return Desk(user, client_of(user), page, form, django_capture_on_commit_callbacks)

    return sit


# What one can try; each says whether it came to pass


def add_page(desk: Desk) -> bool:
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home().pk])
    form = desk.form(f"{address}?preset=blank", title="Made by hand", slug="made-by-hand", **{"body-count": "0"})
    desk.send(address, **form)
    return StandardPage.objects.filter(title="Made by hand").exists()


def edit_page(desk: Desk) -> bool:
    desk.save(desk.page, lead="Other words.")
    assert reread(desk.page).lead == desk.page.lead, "a draft does not show"
    return reread(desk.page).get_latest_revision_as_object().lead == "Other words."


def publish(desk: Desk) -> bool:
    desk.save(desk.page, lead="Other words.", **{"action-publish": "1"})
    return reread(desk.page).lead == "Other words."


def unpublish(desk: Desk) -> bool:
    desk.send(reverse("wagtailadmin_pages:unpublish", args=[desk.page.pk]))
    return not reread(desk.page).live


def delete(desk: Desk) -> bool:
    desk.send(reverse("wagtailadmin_pages:delete", args=[desk.page.pk]))
    return not Page.objects.filter(pk=desk.page.pk).exists()


def delete_draft(desk: Desk) -> bool:
    Page.objects.filter(pk=desk.page.pk).update(live=False)
    return delete(desk)


def delete_many(desk: Desk) -> bool:
    desk.send(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={desk.page.pk}")
    return not Page.objects.filter(pk=desk.page.pk).exists()


def move(desk: Desk) -> bool:
    there = write("Another section")
    desk.send(reverse("wagtailadmin_pages:move_confirm", args=[desk.page.pk, there.pk]))
    return reread(desk.page).is_child_of(there)


def close(desk: Desk) -> bool:
    address = reverse("wagtailadmin_pages:set_privacy", args=[desk.page.pk])
    desk.send(address, restriction_type="login", password="", groups=[])
    return desk.page.view_restrictions.exists()


def submit(desk: Desk) -> bool:
    desk.save(desk.page, lead="Other words.", **{"action-submit": "1"})
    return reread(desk.page).workflow_in_progress


def approve(desk: Desk, submitted_by: User) -> bool:
    draft = reread(desk.page)
    draft.lead = "Other words."
    draft.save_revision(user=submitted_by)
    draft.get_workflow().start(draft, submitted_by)
    desk.save(draft, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    return reread(desk.page).lead == "Other words."


def approve_own(desk: Desk) -> bool:
    return approve(desk, desk.user)


def approve_that_of_another(desk: Desk) -> bool:
    return approve(desk, User.objects.get(username="editor"))


def publish_own_in_review(desk: Desk) -> bool:
    draft = reread(desk.page)
    draft.save_revision(user=desk.user)
    draft.get_workflow().start(draft, desk.user)
    return publish(desk)


def lock(desk: Desk) -> bool:
    desk.send(reverse("wagtailadmin_pages:lock", args=[desk.page.pk]))
    return reread(desk.page).locked


def submit_for_translation(desk: Desk) -> bool:
    english = home("en").locale
    desk.send(reverse("wagtail_localize:submit_page_translation", args=[desk.page.pk]), locales=[english.pk])
    return Translation.objects.filter(source__object_id=desk.page.translation_key).exists()


def translation_of(page: Page) -> tuple[Translation, Page]:
    source, _new = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=home("en").locale)
    translation.save_target(publish=False)
    return translation, translation.get_target_instance()


def translate(desk: Desk) -> bool:
    translation, _target = translation_of(desk.page)
    segment = translation.source.stringsegment_set.get(context__path="lead")
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    desk.client.put(address, "value=In+English.", content_type="application/x-www-form-urlencoded")
    return StringTranslation.objects.filter(data="In English.").exists()


def publish_translation(desk: Desk) -> bool:
    translation, target = translation_of(desk.page)
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string, locale=translation.target_locale, context=segment.context, data=f"English {segment.pk}"
        )
    desk.send(reverse("wagtailadmin_pages:edit", args=[target.pk]), action="publish")
    return reread(target).live


def edit_vocabulary(desk: Desk) -> bool:
    topic = Topic.objects.first()
    desk.change_row(topic, name_en="Renamed")
    topic.refresh_from_db()
    return topic.name_en == "Renamed"


def edit_fact_box(desk: Desk) -> bool:
    box = FactBox.objects.first()
    desk.change_row(box, heading_en="Renamed")
    box.refresh_from_db()
    return box.heading_en == "Renamed"


def picture_file() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(file, "PNG")
    return SimpleUploadedFile("square.png", file.getvalue(), "image/png")


def add_picture(desk: Desk) -> bool:
    address = reverse("wagtailimages:add")
    form = desk.form(address, title="Square", alt_sv="En ruta", alt_en="A square", credit="Nobody")
    form["licence"] = Licence.objects.values_list("pk", flat=True).first()
    desk.client.post(address, {**form, "file": picture_file()})
    return PortalImage.objects.filter(title="Square").exists()


def choose_picture(desk: Desk) -> bool:
    picture = PortalImage.objects.first()
    answer = desk.client.get(
        reverse("wagtailimages_chooser:chosen", args=[picture.pk]), headers={"X-Requested-With": "XMLHttpRequest"}
    )
    return answer.status_code == 200


def edit_organisation(desk: Desk) -> bool:
    organisation = Organisation.objects.first()
    desk.change_row(organisation, city="Elsewhere", **{"action-publish": "1"})
    organisation.refresh_from_db()
    return organisation.city == "Elsewhere"


def edit_person(desk: Desk) -> bool:
    person = Person.objects.first()
    desk.change_row(person, given_name="Renamed")
    person.refresh_from_db()
    return person.given_name == "Renamed"


def delete_person(desk: Desk) -> bool:
    person = Person.objects.first()
    desk.send(AdminURLFinder().get_edit_url(person).replace("/edit/", "/delete/"))
    return not Person.objects.filter(pk=person.pk).exists()


def edit_user(desk: Desk) -> bool:
    user = User.objects.get(username="translator")
    desk.change_row(user, last_name="Renamed")
    user.refresh_from_db()
    return user.last_name == "Renamed"


def edit_superuser(desk: Desk) -> bool:
    desk.change_row(User.objects.get(username="admin"), password1="a long new password", password2="a long new password")
    return User.objects.get(username="admin").check_password("a long new password")


def make_superuser(desk: Desk) -> bool:
    user = User.objects.get(username="translator")
    desk.change_row(user, is_superuser="on")
    user.refresh_from_db()
    return user.is_superuser


def edit_group(desk: Desk) -> bool:
    address = reverse("wagtailusers_groups:edit", args=[Group.objects.get(name=groups.STEWARD).pk])
    desk.send(address, **desk.form(address, name="Renamed"))
    return Group.objects.filter(name="Renamed").exists()


def edit_settings(desk: Desk) -> bool:
    settings = PortalSettings.objects.get()
    address = reverse("wagtailsettings:edit", args=["cms", "portalsettings", settings.site_id])
    streams = {"header_menu-count": "0", "footer_columns-count": "0"}
    desk.send(address, **desk.form(address, name_en="Renamed", **streams))
    settings.refresh_from_db()
    return settings.name_en == "Renamed"


def add_redirect(desk: Desk) -> bool:
    desk.send(reverse("wagtailredirects:add"), old_path="/flyer", redirect_link="https://example.org/", is_permanent="on")
    return Redirect.objects.filter(old_path="/flyer").exists()


def add_synonym(desk: Desk) -> bool:
    form = {"language": "sv", "words": "kvist", "other_language": "sv", "others": "gren", "both_ways": "on"}
    desk.send(reverse("wagtailsnippets_search_synonym:add"), **form)
    return Synonym.objects.exists()


def add_promotion(desk: Desk) -> bool:
    address = {
        "type": "address",
        "order": "0",
        "deleted": "",
        "value-title": "A",
        "value-url": "https://example.org/",
        "value-text": "",
    }
    form = {
        "language": "sv",
        "words": "kvist",
        "results-count": "1",
        **{f"results-0-{name}": value for name, value in address.items()},
    }
    desk.send(reverse("wagtailsnippets_search_promotion:add"), **form)
    return Promotion.objects.exists()


def see_searches(desk: Desk) -> bool:
    return desk.client.get(reverse("searches_report")).status_code == 200


def read_note_on_term(desk: Desk) -> bool:
    term = GlossaryTerm.objects.first()
    GlossaryTerm.objects.filter(pk=term.pk).update(note_for_translators="Not the same as trust.")
    answer = desk.client.get(reverse("wagtailsnippets_knowledge_glossaryterm:inspect", args=[term.pk]))
    return "Not the same as trust." in answer.content.decode()


def see_reports(desk: Desk) -> bool:
    names = ["wagtailadmin_reports:aging_pages", "wagtailadmin_reports:workflow"]
    return all(desk.client.get(reverse(name)).status_code == 200 for name in names)


def change_workflow(desk: Desk) -> bool:
    desk.send(reverse("wagtailadmin_workflows:disable", args=[Workflow.objects.get().pk]))
    return not Workflow.objects.get().active


def see_locales_and_sites(desk: Desk) -> bool:
    return all(desk.client.get(reverse(name)).status_code == 200 for name in ["wagtaillocales:index", "wagtailsites:index"])


ALLOWED = {
    add_page: "editor reviewer administrator",
    edit_page: "editor reviewer translator administrator",
    publish: "reviewer administrator",
    unpublish: "reviewer administrator",
    delete: "reviewer administrator",
    delete_draft: "editor reviewer administrator",
    delete_many: "reviewer administrator",
    move: "reviewer administrator",
    close: "reviewer administrator",
    submit: "editor reviewer translator administrator",
    approve_own: "",
    approve_that_of_another: "reviewer administrator",
    publish_own_in_review: "",
    lock: "reviewer administrator",
    submit_for_translation: "editor reviewer administrator",
    translate: "editor reviewer translator administrator",
    publish_translation: "reviewer administrator",
    edit_vocabulary: "administrator",
    edit_fact_box: "editor reviewer administrator",
    add_picture: "editor reviewer administrator",
    choose_picture: "editor reviewer translator steward administrator",
    edit_organisation: "steward administrator",
    edit_person: "steward administrator",
    delete_person: "steward administrator",
    edit_user: "administrator",
    edit_superuser: "",
    make_superuser: "",
    edit_group: "administrator",
    edit_settings: "administrator",
    add_redirect: "reviewer administrator",
    add_synonym: "reviewer administrator",
    add_promotion: "reviewer administrator",
    see_searches: "editor reviewer administrator",
    read_note_on_term: "editor reviewer translator administrator",
    see_reports: "editor reviewer translator administrator",
    change_workflow: "administrator",
    see_locales_and_sites: "administrator",
}


@pytest.mark.parametrize("action", ALLOWED, ids=lambda action: action.__name__)
def test_each_role_does_what_it_is_for_and_nothing_else(desk, action):
    able = set()
    for role in ROLES:
        with transaction.atomic():
            if action(desk(role)):
                able.add(role)
            transaction.set_rollback(True)
    assert able == set(ALLOWED[action].split())


def test_an_office_of_one_may_approve_its_own(desk, settings):
    settings.SELF_APPROVAL = True
    assert approve_own(desk("reviewer"))


def test_a_superuser_too_leaves_the_own_submission_to_others(desk):
    seat = desk("reviewer")
    User.objects.filter(pk=seat.user.pk).update(is_superuser=True)
    assert not approve_own(seat)


def test_whoever_submitted_is_not_offered_to_publish_or_approve(desk):
    seat = desk("reviewer")
    draft = reread(seat.page)
    draft.save_revision(user=seat.user)
    draft.get_workflow().start(draft, seat.user)
    html = seat.client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert 'name="action-publish"' not in html
    assert 'data-workflow-action-name="approve"' not in html
    assert 'data-workflow-action-name="reject"' in html, "taking it back is everybody's right"


def test_the_roles_replace_those_of_wagtail(db):
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES.values())
    assert [str(workflow) for workflow in Workflow.objects.all()] == [groups.REVIEW]


def test_an_upgrade_leaves_what_an_administrator_has_changed(db):
    editors = Group.objects.get(name=groups.EDITOR)
    editors.permissions.clear()
    call_command("migrate", verbosity=0)
    assert not editors.permissions.exists()


def test_making_the_roles_twice_changes_nothing(db):
    def rights() -> list:
        return [
            (group.name, group.permissions.count(), group.page_permissions.count(), group.collection_permissions.count())
            for group in Group.objects.order_by("name")
        ]

    before = rights()
    groups.make_groups(apps)
    groups.make_review(apps)
    groups.remove_stock(apps)
    assert rights() == before
    assert Workflow.objects.count() == 1


def test_no_right_exists_twice_under_two_names(db):
    twice = Permission.objects.values("content_type", "codename").annotate(count=Count("pk")).filter(count__gt=1)
    assert not twice.exists()


def test_every_right_of_the_roles_belongs_to_something_there_is(db):
    """A misspelt model or action would be a right that opens nothing."""
    known = {f"{model._meta.app_label}.{model._meta.model_name}" for model in apps.get_models()} | {"wagtailadmin.admin"}
    given = Permission.objects.filter(group__isnull=False).select_related("content_type")
    assert {f"{right.content_type.app_label}.{right.content_type.model}" for right in given} <= known
