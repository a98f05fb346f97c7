"""The demo: as much of it as promised, and loading it again changes nothing."""

import io

import pytest
from django.core.management import call_command
from wagtail.models import Page, Revision

from cms.events import ContentEvent
from cms.public import public_pages
from directory.models import Organisation, Person
from knowledge.models import GlossaryTerm

from .indexes import copy_index

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["sv", "en"])
def test_there_is_enough_to_read_in_each_language(language):
    assert public_pages(language).filter(depth__gt=1).count() >= 60
    assert Organisation.objects.public().count() >= 11
    assert Person.objects.count() >= 8
    assert GlossaryTerm.objects.count() >= 20


def test_loading_it_again_changes_nothing(settings, tmp_path):
    settings.SEARCH_ROOT = copy_index(tmp_path / "search")

    def state():
        rows = {model: model.objects.all() for model in (Page, Revision, Organisation, Person, GlossaryTerm)}
        rows[ContentEvent] = ContentEvent.objects.exclude(model="wagtailcore.Site")  # its port is that of each start
        return {model: list(found.order_by("pk").values_list("pk", flat=True)) for model, found in rows.items()}

    GlossaryTerm.objects.filter(slug_en="mission").update(slug_en="calling")  # an editor may have changed what is there
    before, said = state(), io.StringIO()
    call_command("demo", "--without-translations", stdout=said)
    assert state() == before
    assert "0 new" in said.getvalue()
