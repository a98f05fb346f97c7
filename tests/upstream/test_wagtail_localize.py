"""Where we lean on the inside of wagtail-localize. A failure here says that an upgrade changed it, not that we did."""

import inspect

import pytest
from django.urls import resolve, reverse
from django.utils.module_loading import import_string
from wagtail import hooks
from wagtail_localize import operations, synctree
from wagtail_localize.fields import BaseTranslatableField, get_translatable_fields
from wagtail_localize.models import LocaleSynchronization, StringSegment
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.views import edit_translation
from wagtail_localize.views.update_translations import UpdateTranslationsForm

from cms.models import OwnedByLanguage
from cms.translation import stock
from home.models import StandardPage

pytestmark = pytest.mark.django_db

CHANGED = "wagtail-localize changed "


def test_a_bare_translatable_field_is_neither_translated_nor_copied():
    field = BaseTranslatableField("seo_title")
    assert not field.is_translated(None), CHANGED + "BaseTranslatableField"
    assert not field.is_synchronized(None), CHANGED + "BaseTranslatableField"
    assert not field.is_overridable(None), CHANGED + "BaseTranslatableField"


def test_a_page_type_may_say_which_fields_are_its_own():
    own = {field.field_name for field in get_translatable_fields(StandardPage) if isinstance(field, OwnedByLanguage)}
    assert own >= {"slug", "seo_title", "search_description"}, CHANGED + "override_translatable_fields"
    paths = {segment.path for segment in extract_segments(StandardPage(title="A", slug="b", seo_title="C", lead="D"))}
    assert paths == {"title", "lead"}, CHANGED + "extract_segments"


def test_our_addresses_come_before_those_that_they_replace():
    for name in ("convert_to_alias", "update_translations"):
        answers = resolve(reverse(f"wagtail_localize:{name}", args=[1])).func.__module__
        assert answers == "cms.translation.stock", f"{CHANGED}the address of {name}"


def test_our_check_of_what_is_published_comes_before_its_editor():
    names = [hook.__module__ for hook in hooks.get_hooks("before_edit_page")]
    assert names.index("cms.translation.wagtail_hooks") < names.index("wagtail_localize.wagtail_hooks")


def test_its_editor_publishes_on_the_action_that_we_check():
    source = inspect.getsource(edit_translation.edit_translation)
    assert 'request.POST.get("action") == "publish"' in source, CHANGED + "how the editor publishes"


def test_changes_are_fetched_through_a_form_with_a_field_for_publishing():
    assert "publish_translations" in UpdateTranslationsForm().fields, CHANGED + "UpdateTranslationsForm"


def test_copying_of_trees_is_offered_through_a_list_that_we_can_shorten():
    components = import_string("wagtail_localize.locales.components.LOCALE_COMPONENTS")
    assert components is stock.LOCALE_COMPONENTS, CHANGED + "LOCALE_COMPONENTS"
    assert LocaleSynchronization not in [component["model"] for component in components]


@pytest.mark.parametrize("function", [synctree.create_aliases_for_new_page, synctree.synchronize_tree])
def test_copies_of_trees_are_made_by_the_method_that_ours_overrides(function):
    assert "copy_for_translation(" in inspect.getsource(function), CHANGED + "how it copies trees"


def test_a_submitted_page_is_published_only_if_the_setting_says_so():
    source = inspect.getsource(operations.TranslationCreator.create_translations)
    assert '"WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", True' in source, CHANGED + "the setting's name or default"


@pytest.mark.django_db
def test_a_string_without_translation_is_annotated_with_none():
    strings = StringSegment.objects.annotate_translation(1)
    assert not strings.filter(translation__isnull=True).exists(), CHANGED + "annotate_translation"
