"""The admin as an editor meets it: in the own language, without what leads nowhere, and with words for everything."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation
from wagtail.admin.icons import get_icons
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models
from wagtail.users.models import UserProfile

from cms.blocks import BodyBlock
from cms.kinds import kinds
from cms.models import PortalSettings
from cms.plugins import is_plugin
from cms.vocabulary import models as vocabulary
from directory.models import DirectoryPage, Organisation, Person
from home.models import AccessibilityStatementPage
from knowledge.models import GlossaryPage, GuidePage
from search.models import Synonym

from .forms import filled_in

WORDS = [
    vocabulary.FocusArea,
    vocabulary.Topic,
    vocabulary.SustainableGoal,
    vocabulary.Sector,
    vocabulary.Audience,
    vocabulary.MethodPhase,
    vocabulary.Licence,
    vocabulary.FactBox,
    vocabulary.Steward,
]
BLOCKS = BodyBlock.base_blocks
PAGES = [model for model in get_page_models() if model is not Page and not is_plugin(model.__module__)]


def address(model, name: str, *args) -> str:
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_no_field_is_compared_with_a_hidden_one_and_so_taken_for_changed(db, model):
    form = model.get_edit_handler().get_form_class()(instance=model())
    assert "title" in form.fields
    assert [name for name, field in form.fields.items() if field.show_hidden_initial] == []


@pytest.mark.parametrize("model", [*WORDS, Organisation, Person], ids=lambda model: model.__name__)
def test_a_row_is_found_by_its_name_in_either_language_and_opens(signed_in, model):
    admin, row = signed_in("admin"), model.objects.first()
    names = [
        getattr(row, name)
        for name in ("name_sv", "name_en", "heading_sv", "heading_en", "label_sv", "label_en", "family_name")
        if getattr(row, name, "")
    ]
    assert names
    for name in names:
        found = admin.get(address(model, "list"), {"q": name}).content.decode()
        assert address(model, "edit", row.pk) in found, name
    assert admin.get(address(model, "edit", row.pk)).status_code == 200
    assert address(model, "edit", row.pk) not in admin.get(address(model, "list"), {"q": "xyzzy"}).content.decode()


def test_an_editor_finds_the_fact_boxes_among_the_words_and_nothing_else(signed_in):
    menu = signed_in("editor").get(reverse("wagtailadmin_home")).content.decode()
    assert address(vocabulary.FactBox, "list") in menu
    assert [model for model in WORDS if address(model, "list") in menu] == [vocabulary.FactBox]


def test_whoever_dates_a_review_is_the_one_who_made_it(signed_in, page):
    reviewer, address = signed_in("reviewer"), reverse("wagtailadmin_pages:edit", args=[page("about-us").pk])
    body = {"body-count": "0"}
    reviewer.post(address, filled_in(reviewer, address, lead="Ingen granskning.", **body))
    draft = page("about-us").get_latest_revision_as_object()
    assert (draft.lead, draft.reviewed_by) == ("Ingen granskning.", None)
    reviewer.post(address, filled_in(reviewer, address, reviewed_on="2026-11-21", **body))
    assert page("about-us").get_latest_revision_as_object().reviewed_by.username == "reviewer"


def test_no_menu_item_leads_to_another_site(signed_in):
    for username in ("admin", "editor", "reviewer", "translator", "steward"):
        home = signed_in(username).get(reverse("wagtailadmin_home")).content.decode()
        assert not re.findall(r'"url": ?"https?:|href="https?:', re.sub(r"<noscript.*?</noscript>", "", home, flags=re.DOTALL))


def test_the_admin_carries_the_name_of_the_portal_in_the_language_of_its_reader(signed_in):
    settings = PortalSettings.objects.get()
    client = signed_in("editor")
    for language in ("sv", "en"):
        html = client.get(reverse("wagtailadmin_home"), headers={"Accept-Language": language}).content.decode()
        assert f"– {settings.in_language('name', language)}</title>" in html.replace(" - ", " – ")
        assert f'<html lang="{language}"' in html


def test_the_language_of_the_account_wins_over_that_of_the_browser(signed_in):
    client = signed_in("editor")
    address = reverse("wagtailadmin_account")
    client.post(address, filled_in(client, address, **{"locale-preferred_language": "en"}))
    assert '<html lang="en"' in client.get(address, headers={"Accept-Language": "sv"}).content.decode()


def test_no_locale_offers_to_copy_the_pages_of_another(signed_in):
    html = signed_in("admin").get(reverse("wagtaillocales:edit", args=[Page.get_first_root_node().locale_id])).content.decode()
    assert "sync_from" not in html


def test_every_icon_that_is_named_is_there(db):
    drawn = set(re.findall(r'id="icon-([\w-]+)"', get_icons()))
    named = {kind.icon for kind in kinds().values()} | {block.meta.icon for block in BLOCKS.values()}
    named |= {model.snippet_viewset.icon for model in get_snippet_models()}
    assert named <= drawn


@pytest.mark.parametrize("model", [DirectoryPage, GlossaryPage, AccessibilityStatementPage])
def test_what_shows_all_there_is_of_something_is_offered_once_in_each_language(page, model):
    above = model.objects.filter(locale__language_code="sv").get().get_parent()
    assert not model.can_create_at(above)
    model.objects.all().delete()
    assert model.can_create_at(above)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_is_described_grouped_and_shown_before_it_is_added(signed_in, name, language):
    block = BLOCKS[name]
    UserProfile.objects.update_or_create(
        user=get_user_model().objects.get(username="editor"), defaults={"preferred_language": language}
    )
    assert block.get_description()
    assert block.meta.group
    assert block.is_previewable
    answer = signed_in("editor").get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert answer.status_code == 200
    shown = re.sub(r"<[^>]*>|\s", "", answer.content.decode().partition("<main>")[2])
    assert shown or "<img" in answer.content.decode()
    assert "cms/portal" in answer.content.decode()


def test_a_block_preview_may_load_its_own_style_and_nothing_from_elsewhere(signed_in):
    answer = signed_in("editor").get(reverse("wagtailadmin_block_preview"), {"id": BLOCKS["heading"].definition_prefix})
    policy = answer.headers["Content-Security-Policy"]
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert not re.findall(r"https?:", policy)


def test_what_a_first_news_item_needs_is_open_and_the_rest_is_folded(signed_in, page):
    add = reverse("wagtailadmin_pages:add", args=["knowledge", "newspage", page("news").pk])
    html = signed_in("editor").get(f"{add}?preset=blank").content.decode()
    tab = BeautifulSoup(html, "html.parser").find(role="tabpanel")
    folded = {field["name"] for panel in tab.select(".w-panel.collapsed") for field in panel.select("[name]")}
    needed = ["title", "lead", "date", "hero_image"]
    assert [field["name"] for field in tab.select("[name]") if field["name"] in needed] == needed
    assert not folded & {*needed, "body-count"}
    assert folded >= {"news_type", "author_label", "external_source_url"}


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_a_page_type_says_in_both_languages_what_it_is_for(model):
    with translation.override("en"):
        english = str(model.get_page_description())
    with translation.override("sv"):
        swedish = str(model.get_page_description())
    assert english
    assert swedish != english


def prefer(username: str, language: str) -> None:
    user = get_user_model().objects.get(username=username)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})


@pytest.mark.parametrize(
    ("address", "swedish", "english"),
    [
        ("wagtailsites:index", ("Webbplatsens namn", "Rotsida"), ("Site name", "Root page")),
        ("wagtailadmin_workflows:add", ("Innehållstyper",), ("Content types",)),
        ("wagtailredirects:index", ("Tillfällig",), ("Temporary",)),
        ("wagtailadmin_reports:aging_pages", ("Okänd", 'aria-label="Åtgärder"'), ("Unknown", 'aria-label="Actions"')),
        ("wagtailsnippets_directory_person:list", ("Ja </span>", "Nej </span>"), ("Yes </span>", "No </span>")),
        ("wagtailsnippets_knowledge_glossaryterm:list", ("Term på engelska",), ("Term in English",)),
        ("wagtailsnippets_directory_partnership:add", ("Välj organisation",), ("Choose organisation",)),
        ("wagtailsnippetchoosers_directory_person:choose", (r"V\u00e4lj",), ("Choose",)),
        ("wagtailimages_chooser:choose", (r"S\u00f6k",), ("Search",)),
    ],
)
def test_what_wagtail_says_in_one_language_is_said_in_that_of_the_one_who_reads(signed_in, address, swedish, english):
    client = signed_in("admin")
    for language, there, elsewhere in (("sv", swedish, english), ("en", english, swedish)):
        prefer("admin", language)
        text = " ".join(client.get(reverse(address)).content.decode().split())
        assert all(word in text for word in there), language
        assert not any(word in text for word in elsewhere), language


@pytest.mark.parametrize(
    "words",
    [
        (r"V\u00e4lj sektor", "Choose sector"),
        ("Välj person", "Choose person"),
        ("Välj en sida (Projekt)", "Choose a page (Project)"),
    ],
)
def test_a_form_that_was_opened_in_one_language_offers_its_choices_in_the_other(signed_in, words):
    client, form = signed_in("admin"), reverse("wagtailadmin_pages:edit", args=[GuidePage.objects.first().pk])
    for language, there, elsewhere in (("en", *reversed(words)), ("sv", *words)):
        prefer("admin", language)
        text = client.get(form).content.decode()
        assert there in text
        assert elsewhere not in text


@pytest.mark.parametrize(
    ("language", "refused"),
    [("sv", "Du saknar rättigheter till detta område"), ("en", "Sorry, you do not have permission")],
)
def test_whoever_may_not_do_something_is_told_so_in_the_language_of_the_account(signed_in, language, refused):
    prefer("reviewer", language)
    client = signed_in("reviewer")
    for address in ("wagtailsnippets_search_word:list", "wagtailsettings:edit"):
        args = ["cms", "portalsettings"] if "settings" in address else []
        answer = client.get(
            reverse(address, args=args), headers={"Accept-Language": "en" if language == "sv" else "sv"}, follow=True
        )
        assert refused in answer.content.decode()


@pytest.mark.parametrize("words", [("sv", "Åt båda hållen", "Ja"), ("en", "Both ways", "Yes")])
def test_a_tick_is_read_out_as_a_word_of_its_reader(signed_in, words):
    Synonym.objects.create(words="fika", others="kaffepaus", both_ways=True)
    prefer("admin", words[0])
    list_of = BeautifulSoup(
        signed_in("admin").get(reverse("wagtailsnippets_search_synonym:list")).content, "html.parser"
    ).select_one("table.listing")
    assert words[1] in list_of.thead.get_text()
    assert list_of.select_one("td .w-sr-only").get_text(strip=True) == words[2]
