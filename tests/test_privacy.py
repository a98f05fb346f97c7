"""What is closed in one language is closed in the other."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from tests.scratch import reread, write
from tests.translating import english, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in):
    """An administrator's, who may do everything."""
    return signed_in("admin")


def test_what_is_closed_in_one_language_is_closed_in_the_other(client):
    original = write("Intern")
    there = write("Internal", of=original, language="en")
    below = write("Below", there)
    restriction = PageViewRestriction.objects.create(page=original, restriction_type="password", password="hemligt")
    assert [restriction.password for restriction in there.view_restrictions.all()] == ["hemligt"]
    assert not Page.objects.public().filter(pk__in=[there.pk, below.pk]).exists()
    restriction.password = "hemligare"
    restriction.save()
    assert there.view_restrictions.get().password == "hemligare"
    there.view_restrictions.get().delete()
    assert Page.objects.public().filter(pk__in=[original.pk, there.pk, below.pk]).count() == 3


def test_a_page_for_some_groups_is_for_the_same_groups_in_both_languages(client):
    original = write("För några")
    there = write("For some", of=original, language="en")
    group = Group.objects.create(name="Några")
    response = client.post(
        reverse("wagtailadmin_pages:set_privacy", args=[there.pk]),
        {"restriction_type": "groups", "groups": [group.pk], "password": ""},
    )
    assert response.status_code == 200
    assert [*original.view_restrictions.get().groups.all()] == [group]


def test_deleting_a_closed_page_does_not_open_its_translation():
    original = write("Stängd")
    there = write("Closed", of=original, language="en")
    PageViewRestriction.objects.create(page=original, restriction_type="login")
    reread(original).delete()
    assert there.view_restrictions.exists()


def test_the_other_language_is_closed_first_so_that_a_failure_leaves_nothing_open(monkeypatch):
    original = write("Nästan stängd")
    there = write("Almost closed", of=original, language="en")
    insert, closed = PageViewRestriction._do_insert, []

    def noted(self, *args, **kwargs):
        closed.append(self.page_id)
        return insert(self, *args, **kwargs)

    monkeypatch.setattr(PageViewRestriction, "_do_insert", noted)
    PageViewRestriction.objects.create(page=original, restriction_type="login")
    assert closed == [there.pk, original.pk]


def test_the_translation_of_a_page_in_a_closed_section_is_closed_too(client):
    section = write("Stängt avsnitt")
    below = write("I avsnittet", section)
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    submit(client, below)
    assert english(below).get_view_restrictions().exists()
