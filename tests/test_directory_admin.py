"""The directory in the admin, and what the admin remembers of people: nothing that names them."""

import re

import pytest
from django.apps import apps
from django.core.serializers import serialize
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision
from wagtail.test.utils.form_data import querydict_from_html

from directory.models import Organisation, Person

NAME = ("Qvintus", "Zetterqvist")


def address(model, view: str, *args) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def fill(client, url: str, **fields):
    """Open a form, fill in what is said, save."""
    html = client.get(url).content.decode()
    form = querydict_from_html(html, form_id="w-editor-form" if "w-editor-form" in html else None)
    for name, value in fields.items():
        form[name] = value
    return client.post(url, form)


def what_is_remembered(*models) -> str:
    return "".join(serialize("json", model.objects.all()) for model in models)


@pytest.fixture
def steward(signed_in):
    return signed_in("steward")


def test_the_log_the_revisions_and_the_references_never_hold_a_persons_name(steward):
    given, family = NAME
    made = fill(steward, address(Person, "add"), given_name=given, family_name=family, legal_basis="contract", purpose="Ett prov.")
    assert made.status_code == 302, made.context["form"].errors
    person = Person.objects.get(family_name=family)
    assert fill(steward, address(Person, "edit", person.pk), email="q@example.org").status_code == 302
    assert Person.objects.get(pk=person.pk).email == "q@example.org"
    assert steward.post(address(Person, "delete", person.pk)).status_code == 302
    assert not Person.objects.filter(pk=person.pk).exists()

    entries = ModelLogEntry.objects.filter(object_id=str(person.pk), content_type__model="person").order_by("pk")
    assert [entry.action for entry in entries] == ["wagtail.create", "wagtail.edit", "wagtail.delete"]
    assert {entry.label for entry in entries} == {f"Person {person.slug}"}
    kept = what_is_remembered(ModelLogEntry, Revision, ReferenceIndex, apps.get_model("cms.ContentEvent"))
    assert not any(part in kept for part in NAME)
    assert family not in repr(person)


def test_the_log_still_says_which_organisation_was_changed(steward):
    organisation = Organisation.objects.get(code="vattenfall")
    assert fill(steward, address(Organisation, "edit", organisation.pk), city="Solna").status_code == 302
    assert ModelLogEntry.objects.filter(label="Vattenfall", action="wagtail.edit").exists()


def test_a_new_name_is_filed_anew_unless_somebody_decided_where(steward, db):
    person = Person.objects.create(given_name="Eva", family_name="Ek")
    fill(steward, address(Person, "edit", person.pk), family_name="von Björk")
    assert Person.objects.get(pk=person.pk).sort_name == "Björk, Eva von"
    fill(steward, address(Person, "edit", person.pk), family_name="Asp", sort_name="Aspen")
    assert Person.objects.get(pk=person.pk).sort_name == "Aspen"


def test_a_consent_needs_its_day_and_a_telephone_number_its_figures(steward):
    person = Person.objects.create(given_name="Eva", family_name="Ek")
    errors = fill(steward, address(Person, "edit", person.pk), legal_basis="consent", phone="växeln").context["form"].errors
    assert set(errors) == {"consent_at", "phone"}
    assert fill(steward, address(Person, "edit", person.pk), phone="+46 (0)31 390 06 10").status_code == 302
    assert Person.objects.get(pk=person.pk).phone == "+46313900610"


def test_what_is_drafted_of_an_organisation_is_shown_when_it_is_published(steward, client, page):
    organisation, url = Organisation.objects.get(code="vattenfall"), page("find-contact").url + "organisationer/vattenfall/"
    edit = address(Organisation, "edit", organisation.pk)
    assert fill(steward, edit, description_sv="Nyskriven text.").status_code == 302
    assert "Nyskriven text." not in client.get(url).content.decode()
    assert fill(steward, edit, **{"action-publish": "1"}).status_code == 302
    assert "Nyskriven text." in client.get(url).content.decode()


def test_the_preview_of_an_organisation_shows_what_is_not_saved(steward):
    organisation = Organisation.objects.get(code="vattenfall")
    organisation.description_sv = "Inte sparad."
    response = organisation.make_preview_request()
    assert response.status_code == 200
    assert "Inte sparad." in response.render().content.decode()


@pytest.mark.parametrize("query", ["", "?q=Vatt", "?live=true&sector=1", "?restricted=true&q=Vik"])
@pytest.mark.parametrize("model", [Organisation, Person])
def test_the_admins_lists_answer_what_is_asked(steward, model, query):
    assert steward.get(address(model, "list") + query).status_code == 200


def test_hidden_people_are_found_in_the_admin_by_those_who_look_after_them(steward):
    assert "Ada Andersson" in steward.get(address(Person, "list") + "?q=Andersson").content.decode()


def test_the_admin_lists_people_in_swedish_order(steward):
    html = steward.get(address(Person, "list")).content.decode()
    names = re.findall(r"(\S+, \S+)\s*</td>", html)
    assert names[-3:] == ["Åström, Åke", "Ängsjö, Ängla", "Öberg, Örjan"]
