"""Every kind of block, row and page survives the way to the other language."""

import io
import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image
from wagtail.blocks import StreamValue
from wagtail.models import Page, get_page_models
from wagtail_localize.fields import get_translatable_fields

from cms.blocks import BodyBlock
from cms.models import AreaLink, AudienceLink, GoalLink, PortalDocument, PortalImage, RelatedLink, TopicLink
from cms.vocabulary.models import Audience, FactBox, FocusArea, Steward, SustainableGoal, Topic
from home.models import StandardPage
from tests.scratch import reread, write
from tests.translating import english, press_publish, submit, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in):
    """An administrator's, who may do everything."""
    return signed_in("admin")


@pytest.mark.parametrize("model", [model for model in get_page_models() if model is not Page], ids=lambda model: model.__name__)
def test_no_page_waits_for_the_translation_of_another_that_it_names(model):
    translated = [model._meta.get_field(field.field_name) for field in get_translatable_fields(model) if field.is_translated(None)]
    assert [field.name for field in translated if field.many_to_one] == []


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
    document = PortalDocument.objects.create(title="Mall", file=ContentFile(b"mall", "mall.txt"))
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
        "newest": {"heading": "Nytt", "kind": "news", "count": 2, "area": None, "topic": None},
        "organisation_list": {"heading": "Vilka som är med", "organisations": [], "most": 3, "look": "names"},
        "accordion": {"items": [{"heading": "Fråga", "text": rich}]},
        "film": {"title": "Filmtitel", "url": "https://example.org/", "captions": [], "transcript": rich, "poster": image},
        "table": {
            "caption": "Tabellrubrik",
            "columns": [{"type": "text", "heading": "Kolumn"}],
            "rows": [{"values": ["Cell"]}],
        },
        "area_grid": None,
        "language_only": {"language": "sv", "content": [{"type": "paragraph", "value": "<p>Bara här.</p>"}]},
        "question_list": {"intro": "Inledning", "questions": ["Varför?"]},
        "bullet_outcomes": {"heading": "Målrubrik", "items": ["Ett mål"]},
        "process": {"caption": "Tabelltext", "rows": [{"role": "Ledning", "task": "Beslutar", "when": "Årligen"}]},
        "downloads": {"documents": [document.pk]},
    }
    assert {*blocks} == {*BodyBlock.base_blocks}, "a new kind of block belongs here"
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


def test_a_page_with_every_kind_of_block_and_row_is_translated_whole(client, django_capture_on_commit_callbacks):
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
    swedish = (
        "Rubrik",
        "I korthet",
        "Begrepp",
        "Citat",
        "Faktarubrik",
        "Länktext",
        "Bildtext",
        "Ett",
        "Steg",
        "Pennor",
        "Kontakta",
        "Gör så",
        "Vilka som är med",
        "Fråga",
        "Filmtitel",
        "Tabellrubrik",
        "Kolumn",
        "Cell",
        "Inledning",
        "Varför?",
        "Målrubrik",
        "Ett mål",
        "Tabelltext",
        "Ledning",
        "Beslutar",
        "Årligen",
    )
    assert [word for word in swedish if f"EN {word}" not in text] == []
    assert text.count("EN Löptext med <b>fetstil</b>") == 6
    assert [block.block_type for block in there.body] == [block.block_type for block in original.body]
    assert [block.id for block in there.body] == [block.id for block in original.body]
    assert (there.areas, there.topics, there.goals, there.audiences) == (
        original.areas,
        original.topics,
        original.goals,
        original.audiences,
    )
    assert [link.target_id for link in there.related_links.all()] == [other.pk]
    assert "EN " not in json.dumps(list(reread(original).body.raw_data))


def only_in_swedish(page, page_id: str) -> Page:
    """A page of the demo without its English version."""
    page(page_id, "en").delete()
    return page(page_id)


def test_a_method_is_translated_and_fetched_anew_with_its_places(client, page, django_capture_on_commit_callbacks):
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


def test_the_chapters_of_a_guide_keep_their_identity(client, page, django_capture_on_commit_callbacks):
    original = only_in_swedish(page, "asking-academia")
    submit(client, original)
    translate(client, original)
    press_publish(client, original, django_capture_on_commit_callbacks)
    there = english(original)
    assert there.live
    assert [chapter.id for chapter in there.chapters] == [chapter.id for chapter in original.chapters]
    assert [chapter.value["title"] for chapter in there.chapters] == [
        f"EN {chapter.value['title']}" for chapter in original.chapters
    ]
    assert "EN " in str(there.chapters[0].value["content"])
