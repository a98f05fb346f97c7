"""From one language to the other in the stock editor: nothing is public before it is translated and published."""

import datetime

import pytest
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import Page
from wagtail_localize.models import LocaleSynchronization, StringSegment

from home.models import StandardPage
from tests.scratch import locale, reread, write
from tests.translating import english, press_publish, submit, translate, translation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in):
    """An administrator's, who may do everything."""
    return signed_in("admin")


def test_a_submitted_page_is_hidden_until_it_is_published(client):
    original = write("Om samverkan", lead="Vad det är.")
    submit(client, original)
    draft = english(original)
    assert not draft.live
    assert client.get(draft.url).status_code == 404
    assert "Vad det är" not in client.get(f"/en/{original.slug}/").content.decode().split("<main")[0]
    assert client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code == 200


def test_a_translated_page_is_public_in_english_and_both_sides_lead_to_each_other(client, django_capture_on_commit_callbacks):
    original = write("Om samverkan", lead="Vad det är.")
    submit(client, original)
    translate(client, original, {"Om samverkan": "About collaboration", "Vad det är.": "What it is."})
    press_publish(client, original, django_capture_on_commit_callbacks)
    there = english(original)
    assert there.live
    assert there.url == "/en/about-collaboration/"
    assert (there.title, there.lead) == ("About collaboration", "What it is.")
    for shown, other, language in ((original, there, "en"), (there, original, "sv")):
        html = client.get(shown.url).content.decode()
        assert f'hreflang="{language}"' in html
        assert f'href="{other.url}"' in html, "the language link"
        assert f'{other.url}">' in html.split("</head>")[0], "the alternate"


def test_publishing_waits_until_every_string_is_translated(client, django_capture_on_commit_callbacks):
    original = write("Halvfärdigt", lead="Ännu inte.")
    submit(client, original)
    translate(client, original, leave=1)
    press_publish(client, original, django_capture_on_commit_callbacks)
    assert not english(original).live
    told = client.get(reverse("wagtailadmin_pages:edit", args=[english(original).pk])).context["messages"]
    assert gettext("One string is not translated yet. Translate it, and then publish.") in [str(message) for message in told]


def test_changes_of_the_original_reach_the_translator_and_not_the_public(client, django_capture_on_commit_callbacks):
    original = write("Levande text", lead="Först så.")
    submit(client, original)
    translate(client, original)
    press_publish(client, original, django_capture_on_commit_callbacks)
    original = reread(original)
    original.lead = "Sedan så."
    original.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        address = reverse("wagtail_localize:update_translations", args=[translation_of(original).source_id])
        assert client.post(address, {"publish_translations": "on"}).status_code == 302
    assert english(original).lead == "EN Först så."
    assert StringSegment.objects.filter(source__object_id=original.translation_key, string__data="Sedan så.").exists()
    press_publish(client, original, django_capture_on_commit_callbacks)
    assert english(original).lead == "EN Först så."


def test_an_english_slug_is_made_from_the_english_title_and_frozen_at_first_publication(client, django_capture_on_commit_callbacks):
    original = write("Skånes möjligheter", slug="skanes-mojligheter")
    submit(client, original)
    translate(client, original, {"Skånes möjligheter": "What Skåne can do"})
    press_publish(client, original, django_capture_on_commit_callbacks)
    assert english(original).slug == "what-skane-can-do"
    translate(client, original, {"Skånes möjligheter": "What we can do"})
    press_publish(client, original, django_capture_on_commit_callbacks)
    changed = reread(original)
    changed.slug = "nagot-annat"
    changed.save_revision().publish()
    there = english(original)
    assert (there.title, there.slug) == ("What we can do", "what-skane-can-do")


def test_a_copy_that_is_given_an_english_title_by_hand_gets_an_english_slug():
    original = write("Vår historia")
    copy = original.copy_for_translation(locale("en"))
    assert copy.slug == "var-historia"
    copy.title = "Our history"
    copy.save()
    assert reread(copy).slug == "our-history"


def test_a_slug_that_somebody_chose_is_kept():
    original = write("Vår historia")
    there = write("Our history", of=original, language="en", slug="history", live=False)
    there.title = "The history of ours"
    there.save()
    assert reread(there).slug == "history"


def test_a_name_that_both_titles_begin_with_may_be_the_slug_in_both_languages(page):
    assert (page("spets").slug, page("spets", "en").slug) == ("spets", "spets")


def test_two_english_pages_of_one_title_get_different_slugs(client):
    for title in ("Kontakt ett", "Kontakt två"):
        original = write(title)
        submit(client, original)
        draft = english(original)
        draft.title = "Contact"
        draft.save()
    slugs = StandardPage.objects.filter(title="Contact", locale=locale("en")).order_by("pk").values_list("slug", flat=True)
    assert [*slugs] == ["contact", "contact-1"]


def test_what_is_written_for_search_engines_and_reviewers_belongs_to_each_language(client, django_capture_on_commit_callbacks):
    original = write(
        "Granskad",
        seo_title="Sökord",
        search_description="För sökmotorn",
        reviewed_on=datetime.date(2026, 1, 1),
        review_note="Läst.",
    )
    submit(client, original)
    draft = english(original)
    assert (draft.seo_title, draft.search_description, draft.reviewed_on, draft.review_note) == ("", "", None, "")
    draft.seo_title = "Words"
    draft.save()
    translate(client, original)
    press_publish(client, original, django_capture_on_commit_callbacks)
    assert english(original).seo_title == "Words"
    strings = StringSegment.objects.filter(source__object_id=original.translation_key).values_list("context__path", flat=True)
    assert {*strings} == {"title", "lead"}


def test_the_pages_above_an_untranslated_page_become_drafts_and_no_copies_of_the_swedish(client):
    above = write("Ovanför")
    below = write("Nedanför", above)
    submit(client, below)
    assert not english(above).live
    assert not english(below).live
    assert not StandardPage.objects.filter(alias_of__isnull=False).exists()


def test_a_whole_subtree_can_be_submitted_and_the_tree_is_intact(client):
    above = write("Avsnitt")
    parts = [write(f"Del {n}", above) for n in range(3)]
    below = write("Underavsnitt", parts[0])
    submit(client, above, subtree=True)
    for original in (above, *parts, below):
        assert not english(original).live
        if original is not above:
            assert english(original).get_parent().translation_key == original.get_parent().translation_key
    assert Page.find_problems() == ([], [], [], [], [])


def test_no_language_is_filled_with_copies_of_the_other(client):
    form = client.get(reverse("wagtaillocales:edit", args=[locale("en").pk])).content.decode()
    assert "sync_from" not in form
    original = write("Bara på svenska")
    LocaleSynchronization.objects.create(locale=locale("en"), sync_from=locale("sv"))
    write("Senare på svenska")
    public = Page.objects.live().filter(locale=locale("en"), translation_key=original.translation_key)
    assert not public.exists()
    assert not StandardPage.objects.filter(alias_of__isnull=False).exists()


def test_a_translated_page_cannot_be_turned_into_a_copy_of_its_original(client, django_capture_on_commit_callbacks):
    original = write("Riktig sida")
    submit(client, original)
    translate(client, original)
    press_publish(client, original, django_capture_on_commit_callbacks)
    client.post(reverse("wagtail_localize:convert_to_alias", args=[english(original).pk]))
    assert english(original).alias_of_id is None
    assert english(original).title == "EN Riktig sida"


def test_an_editor_submits_a_translator_translates_and_a_reviewer_publishes(signed_in, django_capture_on_commit_callbacks):
    original = write("Lämnas till översättaren")
    translator = signed_in("translator")
    submit(signed_in("editor"), original)
    translate(translator, original)
    with django_capture_on_commit_callbacks(execute=True):
        translator.post(reverse("wagtailadmin_pages:edit", args=[english(original).pk]), {"action": "publish"})
    assert not english(original).live
    press_publish(signed_in("reviewer"), original, django_capture_on_commit_callbacks)
    assert english(original).live
