"""A page looked at before it is published: read in either language, on paper, and as a link that somebody shares."""

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, get_page_models

from cms.models import BasePage, PortalImage
from cms.plugins import is_plugin
from home.models import StandardPage

from .forms import filled_in
from .scratch import write

MODELS = [model for model in get_page_models() if issubclass(model, BasePage) and not is_plugin(model.__module__)]


def looked_at(client, page: Page, mode: str) -> BeautifulSoup:
    """What the editor sees when the form, as it stands, is previewed in a mode."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(preview, {**filled_in(client, edit), "body-count": "0"}).json()["is_valid"]
    answer = client.get(preview, {"mode": mode, "in_preview_panel": "true"})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_draft_of_every_type_shows_in_every_mode(db, django_user_model, model):
    request = RequestFactory().get("/admin/")
    request.user = django_user_model.objects.get(username="editor")
    draft = model.objects.filter(locale__language_code="sv").first()
    draft.live, draft.title = False, "Ett utkast"
    modes = [name for name, _label in draft.preview_modes]
    assert {"other", "print", "share"} < set(modes)
    for mode in modes:
        answer = draft.make_preview_request(request, mode)
        assert answer.status_code == 200, mode
        assert mode == "other" or "Ett utkast" in answer.content.decode(), mode


def test_a_page_that_is_not_saved_yet_names_what_its_form_names(signed_in, page):
    client, place = signed_in("editor"), ["knowledge", "newspage", page("news").pk]
    form = filled_in(client, reverse("wagtailadmin_pages:add", args=place) + "?preset=blank")
    form |= {"title": "Ny", "lead": "Kort.", "body-count": "0", "related_links-TOTAL_FORMS": "1", "related_links-0-ORDER": "1"}
    form |= {"related_links-0-target": page("guides").pk}
    preview = reverse("wagtailadmin_pages:preview_on_add", args=place)
    assert client.post(preview, form).json()["is_valid"]
    shown = BeautifulSoup(client.get(preview, {"mode": ""}).content, "html.parser")
    assert [each.get_text(strip=True) for each in shown.select("#related + ul a")] == [page("guides").title]


@pytest.mark.plugin
def test_a_draft_of_a_plugin_shows_in_every_mode(page, rf, admin_user):
    from samverka_podcast.models import PodcastPage

    request = rf.get("/admin/")
    request.user = admin_user
    draft = write("Ett avsnitt", page("news"), model=PodcastPage, minutes=10, live=False)
    assert [name for name, _label in draft.preview_modes] == ["", "print", "share"]
    assert all(draft.make_preview_request(request, mode).status_code == 200 for mode, _label in draft.preview_modes)


def test_the_other_language_is_shown_as_it_is_there(signed_in, page):
    swedish, english = page("about-us"), page("about-us", "en")
    english.title = "A draft about us"
    english.save_revision()
    shown = looked_at(signed_in("editor"), swedish, "other")
    assert shown.html["lang"] == "en"
    assert shown.h1.get_text() == "A draft about us"


def test_a_draft_in_the_other_language_is_shown_to_nobody_who_may_not_edit_it(page, rf, django_user_model):
    swedish, english = page("about-us"), page("about-us", "en")
    english.title = "A draft about us"
    english.save_revision()
    request = rf.get("/admin/")
    request.user = django_user_model.objects.create_user("nobody", "nobody@example.org", "x")
    assert "A draft about us" not in swedish.make_preview_request(request, "other").content.decode()
    request.user = django_user_model.objects.get(username="translator")
    assert "A draft about us" in page("about-us").make_preview_request(request, "other").content.decode()


def test_a_page_that_has_no_other_language_does_not_offer_it(db):
    assert [name for name, _label in write("Bara på svenska").preview_modes] == ["", "print", "share"]


def test_the_modes_are_named_in_the_language_of_the_editor(page):
    with translation.override("sv"):
        assert [str(label) for _name, label in page("about-us", "en").preview_modes] == [
            "Som besökaren ser den",
            "På svenska",
            "På papper",
            "Som delad länk",
        ]


def test_on_paper_a_guide_is_whole_and_the_rules_for_paper_are_there(signed_in, page):
    guide = page("writing-for-everyone")
    html = guide.make_preview_request(preview_mode="print").content.decode()
    assert 'class="on-paper"' in html
    assert "editing/paper.js" in html
    assert "Gör en sista koll" in html
    assert "Åttonde" not in html
    plain = guide.make_preview_request(preview_mode="whole").content.decode()
    assert "editing/" not in plain


def test_no_visitor_loads_anything_of_the_editor(client, page):
    html = client.get(page("about-us").url).content.decode()
    assert "editing/" not in html
    assert "userbar" not in html


def test_a_shared_link_shows_what_the_page_will_say_once_it_is_published(signed_in, db):
    picture = PortalImage.objects.get(title="archipelago")
    draft = write("Rubrik på sidan", live=False, hero_image=picture, lead="Ingressen.")
    draft.seo_title, draft.search_description = "Rubrik i sökresultat", "För den som söker."
    draft.save_revision()
    card = looked_at(signed_in("editor"), draft, "share")
    assert card.select_one(".title").get_text() == "Rubrik i sökresultat"
    assert card.select_one(".text").get_text() == "För den som söker."
    assert card.img["alt"] == picture.alt_sv
    assert card.img["src"].startswith("/media/")
    assert not StandardPage.objects.get(pk=draft.pk).live
    draft.seo_title = draft.search_description = ""
    draft.save_revision()
    card = looked_at(signed_in("editor"), draft, "share")
    assert (card.select_one(".title").get_text(), card.select_one(".text").get_text()) == ("Rubrik på sidan", "Ingressen.")


@pytest.mark.parametrize(("language", "words"), [("sv", "Texten har 10 tecken."), ("en", "The text has 10 characters.")])
def test_the_card_is_explained_in_the_language_of_the_editor(signed_in, language, words):
    draft = write("Sida", live=False, lead="Ingressen.")
    client = signed_in("editor")
    client.cookies["django_language"] = language
    card = looked_at(client, draft, "share")
    assert words in card.get_text()
    assert card.html["lang"] == language
    assert card.figure["lang"] == "sv"


def test_no_picture_is_shown_of_somebody_who_has_not_agreed(signed_in, db):
    picture = PortalImage.objects.get(title="archipelago")
    PortalImage.objects.filter(pk=picture.pk).update(consent_status="withdrawn")
    draft = write("Sida", live=False, hero_image_id=picture.pk)
    card = looked_at(signed_in("editor"), draft, "share")
    assert card.img is None or picture.alt_sv not in str(card.img)
