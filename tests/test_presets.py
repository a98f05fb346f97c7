"""Pages to start from."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from wagtail import hooks
from wagtail.models import Page

from cms.checks import findings
from cms.demo.values import in_language
from cms.editing import presets as module
from cms.editing.presets import Preset, check_presets, presets, presets_of
from cms.fields import StreamField
from cms.vocabulary.models import Licence
from home.models import StandardPage
from knowledge.models import EventPage, GuidePage, MethodPage, NetworkPage, NewsPage

from .forms import filled_in

EVERY = [pytest.param(preset, language, id=f"{preset.key}-{language}") for preset in presets() for language in ("sv", "en")]


def filled(preset: Preset, locale) -> Page:
    from django.apps import apps

    page = apps.get_model(preset.model)(title="En sida", slug="en-sida", locale=locale, search_description="Om sidan.")
    preset.fill(page)
    return page


def words_of(value) -> list:
    """Every text of a preset, as its two languages."""
    if isinstance(value, dict) and set(value) == {"sv", "en"}:
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in words_of(part)]


@pytest.fixture
def add(page) -> str:
    """Where a news item is written."""
    return reverse("wagtailadmin_pages:add", args=["knowledge", "newspage", page("news").pk])


@pytest.fixture
def add_in_english(page) -> str:
    return reverse("wagtailadmin_pages:add", args=["knowledge", "newspage", page("news", "en").pk])


def test_news_guides_methods_and_events_have_two_presets_or_more(db):
    assert all(len(presets_of(model)) >= 2 for model in (NewsPage, GuidePage, MethodPage, EventPage))
    assert {"news-short", "news-partner-meeting"} <= set(presets_of(NewsPage))
    assert "guide-step-by-step" in presets_of(GuidePage)
    assert "method-workshop" in presets_of(MethodPage)
    assert check_presets(None) == []


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.key)
def test_a_preset_says_in_both_languages_what_it_is_and_when_to_choose_it(preset):
    texts = [preset.when, *words_of(preset.fields)]
    assert len(texts) > 3
    assert all(text["sv"] != text["en"] and text["sv"] and text["en"] for text in texts)
    assert preset.name["sv"]
    assert preset.name["en"]
    assert preset.when["sv"].startswith("När ")
    assert preset.when["en"].startswith("When ")


@pytest.mark.parametrize(("preset", "language"), EVERY)
def test_what_a_preset_writes_is_in_the_language_of_the_page_and_fits_its_fields(db, sv, en, preset, language):
    page = filled(preset, {"sv": sv, "en": en}[language])
    for text in words_of(preset.fields):
        assert isinstance(text[language], str)
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            field.stream_block.clean(getattr(page, field.name))
        elif field.name in preset.fields:
            field.clean(field.value_from_object(page), page)


@pytest.mark.parametrize(("preset", "language"), EVERY)
def test_every_instruction_that_is_left_holds_the_page_back_and_nothing_else_does(db, sv, en, preset, language):
    page = filled(preset, {"sv": sv, "en": en}[language])
    found = findings(page)
    assert {(finding.check, finding.severity) for finding in found} == {("left-over", "hindrance")}
    written = sum(len(module.IN_BRACKETS.findall(text[language])) for text in words_of(preset.fields))
    assert len(found) == written, "each is told of, with its place"
    assert all(finding.block or finding.field not in ("body", "chapters", "steps", "sections") for finding in found)


def test_what_an_editor_puts_in_brackets_is_no_instruction(db, sv):
    page = StandardPage(title="En sida", lead="[sic]", search_description="Om sidan.", locale=sv)
    page.body = [("paragraph", "<p>Hon sa ”vi [på högskolan] väntar” [egen översättning].</p>")]
    assert findings(page) == []


def test_half_of_an_instruction_is_one_too(db, sv):
    page = StandardPage(title="En sida", lead="[Vem gör vad? Jo, vi.]", search_description="Om sidan.", locale=sv)
    assert [finding.check for finding in findings(page)] == ["left-over"]


# Choosing one


@pytest.mark.parametrize("language", ["sv", "en"])
def test_whoever_adds_a_page_chooses_how_to_begin(signed_in, add, language):
    html = signed_in("editor").get(f"{add}?next=/admin/", headers={"accept-language": language}).content.decode()
    for preset in presets_of(NewsPage).values():
        assert in_language(preset.name, language) in html
        assert in_language(preset.when, language) in html
        assert f'href="?preset={preset.key}&amp;next=/admin/"' in html
    assert 'href="?preset=blank&amp;next=/admin/"' in html
    assert html.count("<svg viewBox") == len(presets_of(NewsPage)) + 1
    assert "id_title" not in html


def test_the_headings_of_a_preset_are_shown_in_the_language_of_the_page(signed_in, add, add_in_english):
    editor = signed_in("editor")
    assert '<span lang="sv">Det pratade vi om · Det tar vi med oss</span>' in editor.get(add).content.decode()
    assert '<span lang="en">What we talked about · What we take with us</span>' in editor.get(add_in_english).content.decode()


def test_the_form_comes_with_what_the_preset_says_in_the_language_of_the_page(signed_in, add, add_in_english):
    editor = signed_in("editor")
    swedish = editor.get(f"{add}?preset=news-partner-meeting").content.decode()
    english = editor.get(f"{add_in_english}?preset=news-partner-meeting").content.decode()
    assert "[Vilka träffades, var och om vad?" in swedish
    assert "Det pratade vi om" in swedish
    assert "[Who met, where and about what?" in english
    assert "What we talked about" in english
    blank = editor.get(f"{add}?preset=blank").content.decode()
    assert "id_title" in blank
    assert "[Vilka" not in blank


def test_a_preset_of_another_type_or_of_none_is_no_choice(signed_in, add):
    for unknown in ("method-workshop", "xyzzy", ""):
        assert "?preset=news-short" in signed_in("editor").get(f"{add}?preset={unknown}").content.decode()


def test_a_type_without_presets_opens_at_once(signed_in, page):
    assert not presets_of(NetworkPage)
    address = reverse("wagtailadmin_pages:add", args=["knowledge", "networkpage", page("networks").pk])
    assert "id_title" in signed_in("admin").get(address).content.decode()


def test_what_is_typed_is_never_written_over(signed_in, add):
    editor = signed_in("editor")
    form = filled_in(editor, f"{add}?preset=news-short")
    typed = {**form, "title": "Egen rubrik", "slug": "egen-rubrik", "lead": "Egen ingress.", "body-count": "0"}
    assert editor.post(f"{add}?preset=news-short", typed).status_code == 302
    written = NewsPage.objects.get(title="Egen rubrik")
    assert (written.lead, len(written.body)) == ("Egen ingress.", 0)


def test_each_page_from_a_preset_has_blocks_of_its_own(sv):
    preset = presets_of(NewsPage)["news-short"]
    first, second = ([block.id for block in filled(preset, sv).body] for _ in range(2))
    assert all(first)
    assert not set(first) & set(second)


def test_a_licence_or_a_phase_that_the_site_has_not_is_passed_over(sv):
    workshop = presets_of(MethodPage)["method-workshop"]
    assert filled(workshop, sv).licence.code == "CC-BY-4.0"
    assert [row.setting for row in filled(workshop, sv).settings.all()] == ["on_site"]
    Licence.objects.filter(code="CC-BY-4.0").update(code="another")
    assert filled(workshop, sv).licence is None


def test_the_minutes_of_a_method_add_up(sv):
    for preset in presets_of(MethodPage).values():
        assert filled(preset, sv).warning() == ""


# Presets of others

OWN = """
model: home.StandardPage
name: {sv: Egen mall, en: Preset of our own}
when: {sv: När vi vill., en: When we like.}
fields:
  lead: {sv: "[Det egna rådet till den som skriver]", en: "[Our own advice to whoever writes]"}
"""


@pytest.fixture
def folder(tmp_path):
    """A folder of a plugin."""
    for cached in (presets, module.instructions):
        cached.cache_clear()
    with hooks.register_temporarily("register_presets", lambda: [tmp_path]):
        yield tmp_path
    for cached in (presets, module.instructions):
        cached.cache_clear()


def test_a_plugin_brings_presets_and_their_instructions_hold_back_too(folder, sv):
    (folder / "own.yaml").write_text(OWN)
    preset = presets_of(StandardPage)["own"]
    with translation.override("en"):
        [finding] = findings(filled(preset, sv))
    assert finding.what == "“[Det egna rådet till den som skriver]” is still there."


def test_a_preset_that_does_not_fit_is_told_of_and_not_offered(folder, db):
    (folder / "bad-field.yaml").write_text(OWN.replace("lead:", "ingress:"))
    (folder / "bad-model.yaml").write_text(OWN.replace("StandardPage", "NoPage"))
    (folder / "one-language.yaml").write_text(OWN.replace(", en: When we like.", ""))
    said = " ".join(message.msg for message in check_presets(None))
    assert all(name in said for name in ("bad-field", "ingress", "bad-model", "NoPage", "one-language", "no when in en"))
    assert not {"bad-field", "one-language"} & set(presets_of(StandardPage))


def test_a_text_that_is_too_long_for_its_block_would_be_found(sv):
    long = Preset("long", "home.StandardPage", {}, {}, {"body": [{"heading": {"text": "å" * 151, "level": "h2"}}]})
    page = filled(long, sv)
    with pytest.raises(ValidationError):
        StandardPage._meta.get_field("body").stream_block.clean(page.body)
    assert re.match("å+", page.body[0].value["text"])
