"""From one language to the other in the stock editor: nothing is public before it is translated and published."""

import datetime
import io
import json
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.urls import reverse
from django.utils.translation import gettext
from PIL import Image
from wagtail.blocks import StreamValue
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import LocaleSynchronization, StringSegment, Translation

from cms.models import AreaLink, AudienceLink, GoalLink, PortalImage, RelatedLink, TopicLink
from cms.users.models import User
from cms.vocabulary.models import Audience, FactBox, FocusArea, Steward, SustainableGoal, Topic
from home.models import StandardPage
from tests.scratch import home, locale, reread, write

pytestmark = pytest.mark.django_db

PASSWORD = "long enough for anybody"


@pytest.fixture
def boss(client) -> User:
    """Somebody who may do everything, signed in."""
    user = User.objects.create_superuser("boss", "boss@example.org", PASSWORD)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    home("en")
    return user


@pytest.fixture(autouse=True)
def as_committed(django_capture_on_commit_callbacks):
    """wagtail-localize publishes when the transaction is done."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


def submit(client, original: Page, subtree: bool = False) -> None:
    address = reverse("wagtail_localize:submit_page_translation", args=[original.pk])
    response = client.post(address, {"locales": [locale("en").pk], **({"include_subtree": "on"} if subtree else {})})
    assert response.status_code == 302, response.content.decode()[:2000]


def english(original: Page) -> Page:
    return type(original).objects.get(translation_key=original.translation_key, locale=locale("en"))


def translation_of(original: Page) -> Translation:
    return Translation.objects.get(source__object_id=original.translation_key, target_locale=locale("en"))


def translate(client, original: Page, words: dict[str, str] | None = None, leave: int = 0) -> int:
    """Fill in every string as the editor's script does: the given words, else the Swedish ones with EN before."""
    record = translation_of(original)
    segments = list(StringSegment.objects.filter(source=record.source).select_related("string").order_by("order"))
    for segment in segments[: len(segments) - leave]:
        value = (words or {}).get(segment.string.data, f"EN {segment.string.data}")
        address = reverse("wagtail_localize:edit_string_translation", args=[record.pk, segment.pk])
        response = client.put(address, urlencode({"value": value}), content_type="application/x-www-form-urlencoded")
        assert response.status_code in (200, 201), response.content
    return len(segments)


def press_publish(client, original: Page, capture) -> None:
    with capture(execute=True):
        response = client.post(reverse("wagtailadmin_pages:edit", args=[english(original).pk]), {"action": "publish"})
    assert response.status_code == 302


def test_a_submitted_page_is_hidden_until_it_is_published(client, boss):
    original = write("Om samverkan", lead="Vad det är.")
    submit(client, original)
    draft = english(original)
    assert not draft.live
    assert client.get(draft.url).status_code == 404
    assert "Vad det är" not in client.get(f"/en/{original.slug}/").content.decode().split("<main")[0]
    assert client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code == 200


def test_a_translated_page_is_public_in_english_and_both_sides_lead_to_each_other(
    client, boss, django_capture_on_commit_callbacks
):
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


def test_publishing_waits_until_every_string_is_translated(client, boss, django_capture_on_commit_callbacks):
    original = write("Halvfärdigt", lead="Ännu inte.")
    submit(client, original)
    translate(client, original, leave=1)
    press_publish(client, original, django_capture_on_commit_callbacks)
    assert not english(original).live
    told = client.get(reverse("wagtailadmin_pages:edit", args=[english(original).pk])).context["messages"]
    assert gettext("One string is not translated yet. Translate it, and then publish.") in [str(message) for message in told]


def test_changes_of_the_original_reach_the_translator_and_not_the_public(client, boss, django_capture_on_commit_callbacks):
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


def test_an_english_slug_is_made_from_the_english_title_and_frozen_at_first_publication(
    client, boss, django_capture_on_commit_callbacks
):
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
    home("en")
    original = write("Vår historia")
    copy = original.copy_for_translation(locale("en"))
    assert copy.slug == "var-historia"
    copy.title = "Our history"
    copy.save()
    assert reread(copy).slug == "our-history"


def test_a_slug_that_somebody_chose_is_kept():
    home("en")
    original = write("Vår historia")
    there = write("Our history", of=original, language="en", slug="history", live=False)
    there.title = "The history of ours"
    there.save()
    assert reread(there).slug == "history"


def test_two_english_pages_of_one_title_get_different_slugs(client, boss):
    for title in ("Kontakt ett", "Kontakt två"):
        original = write(title)
        submit(client, original)
        draft = english(original)
        draft.title = "Contact"
        draft.save()
    slugs = StandardPage.objects.filter(title="Contact", locale=locale("en")).order_by("pk").values_list("slug", flat=True)
    assert [*slugs] == ["contact", "contact-1"]


def test_what_is_written_for_search_engines_and_reviewers_belongs_to_each_language(
    client, boss, django_capture_on_commit_callbacks
):
    original = write(
        "Granskad", seo_title="Sökord", search_description="För sökmotorn", reviewed_on=datetime.date(2026, 1, 1), review_note="Läst."
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


def test_the_pages_above_an_untranslated_page_become_drafts_and_no_copies_of_the_swedish(client, boss):
    above = write("Ovanför")
    below = write("Nedanför", above)
    submit(client, below)
    assert not english(above).live
    assert not english(below).live
    assert not StandardPage.objects.filter(alias_of__isnull=False).exists()


def test_a_whole_subtree_can_be_submitted_and_the_tree_is_intact(client, boss):
    above = write("Avsnitt")
    parts = [write(f"Del {n}", above) for n in range(3)]
    below = write("Underavsnitt", parts[0])
    submit(client, above, subtree=True)
    for original in (above, *parts, below):
        assert not english(original).live
        if original is not above:
            assert english(original).get_parent().translation_key == original.get_parent().translation_key
    assert Page.find_problems() == ([], [], [], [], [])


def test_no_language_is_filled_with_copies_of_the_other(client, boss):
    form = client.get(reverse("wagtaillocales:edit", args=[locale("en").pk])).content.decode()
    assert "sync_from" not in form
    original = write("Bara på svenska")
    LocaleSynchronization.objects.create(locale=locale("en"), sync_from=locale("sv"))
    write("Senare på svenska")
    public = Page.objects.live().filter(locale=locale("en"), translation_key=original.translation_key)
    assert not public.exists()
    assert not StandardPage.objects.filter(alias_of__isnull=False).exists()


def test_a_translated_page_cannot_be_turned_into_a_copy_of_its_original(client, boss, django_capture_on_commit_callbacks):
    original = write("Riktig sida")
    submit(client, original)
    translate(client, original)
    press_publish(client, original, django_capture_on_commit_callbacks)
    client.post(reverse("wagtail_localize:convert_to_alias", args=[english(original).pk]))
    assert english(original).alias_of_id is None
    assert english(original).title == "EN Riktig sida"


# Privacy


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


def test_a_page_for_some_groups_is_for_the_same_groups_in_both_languages(client, boss):
    original = write("För några")
    there = write("For some", of=original, language="en")
    group = Group.objects.create(name="Några")
    response = client.post(
        reverse("wagtailadmin_pages:set_privacy", args=[there.pk]), {"restriction_type": "groups", "groups": [group.pk], "password": ""}
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


def test_the_translation_of_a_page_in_a_closed_section_is_closed_too(client, boss):
    section = write("Stängt avsnitt")
    below = write("I avsnittet", section)
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    submit(client, below)
    assert english(below).get_view_restrictions().exists()


# Every kind of block and row


def picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 30)).save(file, "PNG")
    return PortalImage.objects.create(
        title="Bild", credit="Någon", alt_sv="En bild", alt_en="A picture", file=ImageFile(file, "bild.png"), width=40, height=30
    )


def every_block(other: Page) -> StreamValue:
    """One block of each kind, with Swedish text in every field that takes text."""
    rich, image = "<p>Löptext med <b>fetstil</b>.</p>", picture().pk
    steward = Steward.objects.create(code="redaktion", label_sv="Redaktionen", label_en="The editors", mailbox="red@example.org")
    factbox = FactBox.objects.create(heading_sv="Delad", heading_en="Shared", text_sv=rich, text_en="<p>Text.</p>")
    blocks = {
        "heading": {"text": "Rubrik", "level": "h2"},
        "paragraph": rich,
        "summary": "<p>I korthet.</p>",
        "definition": {"term": "Begrepp", "definition": rich, "source": "Källa", "source_url": "https://example.org/"},
        "quote": {"quote": "Citat", "name": "Kim", "role": "Roll", "organisation": None, "portrait": image, "example_person": True},
        "factbox": {"heading": "Faktarubrik", "text": rich, "tone": "tips"},
        "shared_factbox": factbox.pk,
        "link_box": {"heading": "Länkrubrik", "text": "Länktext", "page": other.pk, "url": "", "document": None, "source": "Här"},
        "image": {"image": image, "caption": "Bildtext", "alt": "Alternativ", "size": "wide"},
        "gallery": {"images": [{"image": image, "caption": "Ett"}, {"image": image, "caption": "Två"}]},
        "steps": {"steps": [{"title": "Steg", "text": rich, "minutes": 5, "materials": "Pennor"}]},
        "contact": {"heading": "Kontakta", "steward": steward.pk, "person": None},
        "call_to_action": {"text": "Gör så", "page": other.pk, "url": ""},
        "cards": {"heading": "Kort", "pages": [other.pk]},
        "accordion": {"items": [{"heading": "Fråga", "text": rich}]},
    }
    assert {*blocks} == {*StandardPage._meta.get_field("body").stream_block.child_blocks}, "a new kind of block belongs here"
    body = StandardPage._meta.get_field("body").stream_block
    return StreamValue(body, [(name, body.child_blocks[name].to_python(value)) for name, value in blocks.items()])


def with_rows(instance: Page, other: Page) -> None:
    """One row of each relation that a page can have."""
    instance.area_links.add(AreaLink(area=FocusArea.objects.create(code="prov", name_sv="Prov", name_en="Trial")))
    instance.topic_links.add(TopicLink(topic=Topic.objects.create(code="prov", name_sv="Prov", name_en="Trial")))
    instance.goal_links.add(GoalLink(goal=SustainableGoal.objects.get_or_create(number=17)[0]))
    instance.audience_links.add(AudienceLink(audience=Audience.objects.create(code="prov", name_sv="Prov", name_en="Trial")))
    instance.related_links.add(RelatedLink(target=other))
    instance.save()


def test_a_page_with_every_kind_of_block_and_row_is_translated_whole(client, boss, django_capture_on_commit_callbacks):
    other = write("Den andra")
    original = write("Allt på en sida")
    original.body = every_block(other)
    with_rows(original, other)
    original = reread(original)
    submit(client, original)
    editor = json.loads(client.get(reverse("wagtailadmin_pages:edit", args=[english(original).pk])).context["props"])
    shown = [segment for segment in editor["segments"] if segment["type"] == "string"]
    assert translate(client, original) == len(shown), "the editor shows every string"
    press_publish(client, original, django_capture_on_commit_callbacks)
    there = english(original)
    text = json.dumps(list(there.body.raw_data), ensure_ascii=False)
    swedish = ("Rubrik", "I korthet", "Begrepp", "Citat", "Faktarubrik", "Länktext", "Bildtext", "Ett", "Steg", "Pennor", "Kontakta", "Gör så", "Fråga")
    assert [word for word in swedish if f"EN {word}" not in text] == []
    assert "EN Löptext med <b>EN fetstil</b>" in text or "EN Löptext med <b>fetstil</b>" in text
    assert [block.block_type for block in there.body] == [block.block_type for block in original.body]
    assert [block.id for block in there.body] == [block.id for block in original.body]
    assert (there.areas, there.topics, there.goals, there.audiences) == (original.areas, original.topics, original.goals, original.audiences)
    assert [link.target_id for link in there.related_links.all()] == [other.pk]
    assert "EN " not in json.dumps(list(reread(original).body.raw_data))


def only_in_swedish(page, page_id: str) -> Page:
    """A page of the demo without its English version."""
    page(page_id, "en").delete()
    return page(page_id)


def test_a_method_is_translated_and_fetched_anew_with_its_places(client, boss, page, django_capture_on_commit_callbacks):
    original = only_in_swedish(page, "one-question-one-hour")
    places = sorted(original.settings.values_list("setting", flat=True))
    assert places
    submit(client, original)
    for _ in range(2):
        translate(client, original)
        press_publish(client, original, django_capture_on_commit_callbacks)
        there = english(original)
        assert there.live
        assert sorted(there.settings.values_list("setting", flat=True)) == places
        assert (there.minutes_min, there.phase) == (original.minutes_min, original.phase)
        assert [step.value["minutes"] for step in there.steps] == [step.value["minutes"] for step in original.steps]
        assert [step.value["title"] for step in there.steps] == [f"EN {step.value['title']}" for step in original.steps]


def test_the_chapters_of_a_guide_keep_their_identity(client, boss, page, django_capture_on_commit_callbacks):
    original = only_in_swedish(page, "asking-academia")
    submit(client, original)
    translate(client, original)
    press_publish(client, original, django_capture_on_commit_callbacks)
    there = english(original)
    assert there.live
    assert [chapter.id for chapter in there.chapters] == [chapter.id for chapter in original.chapters]
    assert [chapter.value["title"] for chapter in there.chapters] == [f"EN {chapter.value['title']}" for chapter in original.chapters]
    assert "EN " in str(there.chapters[0].value["content"])
