"""What is unfinished stays a draft, whichever way somebody tries to publish it, and whoever tries is told why."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from home.models import StandardPage
from knowledge.models import EventPage, GuidePage
from tests import scratch
from tests.forms import filled_in
from tests.test_blocks import table
from tests.test_guides import chapter

pytestmark = pytest.mark.django_db


def draft(title: str, below: Page, model=StandardPage, **fields) -> Page:
    made = model(title=title, live=False, locale=below.locale, **fields)
    below.add_child(instance=made)
    made.save_revision(clean=False)
    return made


def publish(client, *pages: Page, below: bool = False) -> str:
    """What somebody reads who has chosen pages in a list and publishes them together."""
    query = "&".join(f"id={page.pk}" for page in pages)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{address}?{query}", {"include_descendants": "on"} if below else {}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("sv", ["”Halv guide” kan inte publiceras än", "”Kapitel” är inte klart.", "Välj minst ett ämne"]),
        ("en", ["“Halv guide” cannot be published yet.", "“Chapters” is not finished.", "Choose at least one topic"]),
    ],
)
def test_pages_published_together_need_what_each_needs_alone(signed_in, page, language, sentences):
    reviewer = signed_in("reviewer")
    reviewer.cookies["django_language"] = language
    finished = draft("Hel sida", page("about-us"), lead="Allt är med.")
    half = draft("Halv guide", page("guides"), GuidePage, lead="Allt är inte med.", licence_id=1)
    told = publish(reviewer, finished, half)
    for sentence in sentences:
        assert sentence in told
    assert not Page.objects.filter(pk__in=[finished.pk, half.pk], live=True).exists()
    publish(reviewer, finished)
    assert scratch.reread(finished).live


def test_so_do_the_drafts_below_them(signed_in, page):
    reviewer, above = signed_in("reviewer"), draft("Avdelning", page("about-us"), lead="Om avdelningen.")
    event = draft("Halv händelse", page("calendar"), EventPage, lead="När?")
    event.move(above, pos="last-child")
    assert "Halv händelse" in publish(reviewer, above, below=True)
    assert not scratch.reread(above).live
    publish(reviewer, above)
    assert scratch.reread(above).live


def test_an_event_that_nobody_arranges_is_not_published(signed_in, page):
    event = page("question-hour")
    event.organisers = []
    event.save_revision()
    assert "Säg vem som arrangerar." in publish(signed_in("reviewer"), event)


def test_a_review_ends_in_no_half_page(signed_in, page, django_user_model):
    guide = draft("Halv guide", page("guides"), GuidePage, lead="L", licence_id=1, chapters=[chapter("Ett")])
    guide.get_workflow().start(guide, django_user_model.objects.get(username="editor"))
    reviewer, state = signed_in("reviewer"), scratch.reread(guide).current_workflow_task_state
    answer = reviewer.post(reverse("wagtailadmin_pages:workflow_action", args=[guide.pk, "approve", state.pk]), follow=True)
    assert "Välj minst ett ämne" in answer.content.decode()
    assert not scratch.reread(guide).live


def test_a_taken_address_stops_no_preview_but_is_named_when_the_page_is_saved(signed_in, page):
    editor, other = signed_in("editor"), scratch.write("Upptagen", page("about-us"))
    mine = draft("Ledig", page("about-us"), lead="Min sida.")
    address = reverse("wagtailadmin_pages:edit", args=[mine.pk])
    form = {**filled_in(editor, address, slug=other.slug), "body-count": "0"}
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[mine.pk])
    assert editor.post(preview, form).json() == {"is_valid": True, "is_available": True}
    assert "Min sida." in editor.get(preview).content.decode()
    answer = editor.post(address, form)
    assert answer.status_code == 200
    assert "upptagen" in answer.context["form"].errors["slug"][0]
    assert scratch.reread(mine).slug == "ledig"


def test_a_block_that_is_not_finished_is_named_with_what_the_form_says_and_the_way_to_it(signed_in, page):
    text = ("paragraph", "<p>Ett ord.</p>")
    below = chapter("Med tabell", content=[text, ("table", table(caption=""))])
    guide = draft("Utan rubrik", page("guides"), GuidePage, lead="Om tabeller.", licence_id=1, chapters=[below, chapter("")])
    guide = scratch.reread(guide)
    address = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    panel = BeautifulSoup(signed_in("editor").get(address, headers={"Accept-Language": "sv"}).content, "html.parser")
    told = {item.find("a")["href"]: item.get_text(" ", strip=True) for item in panel.select('#findings [data-check="unfinished"] ')}
    of_table, of_chapter = (
        told[f"#block-{block.id}-section"] for block in (guide.chapters[0].value["content"][1], guide.chapters[1])
    )
    assert "”Tabell” är inte klart." in of_table
    assert "Ge tabellen en rubrik." in of_table
    assert "”Kapitel” är inte klart." in of_chapter
    assert "Rubrik: " in of_chapter
