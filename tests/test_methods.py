"""Method cards: facts that can be compared, minutes drawn to scale, and what an editor is told."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.vocabulary.models import MethodPhase, Topic
from knowledge.drawings import ruler, scale, stems
from knowledge.models import MethodPage
from tests import scratch
from tests.test_guides import cost_beside, get

FACTS = {
    "lead": "Så går det till.",
    "purpose": "Gruppen vet mer.",
    "minutes_min": 30,
    "minutes_max": 45,
    "people_min": 4,
    "people_max": 12,
    "source": "Vår egen.",
    "licence_id": 1,
}


def method(title: str, below, **fields) -> MethodPage:
    steps = [
        ("step", {"title": "Börja", "text": "<p>Säg hej.</p>", "minutes": 10}),
        ("step", {"title": "Sluta", "text": "", "minutes": 20}),
    ]
    return scratch.write(title, below, MethodPage, **{**FACTS, "phase": MethodPhase.objects.first(), "steps": steps, **fields})


# What a reader meets


def test_the_card_says_its_facts_as_numbers(client, page):
    html = get(client, page("one-question-one-hour").url)
    facts = html[html.index('<dl class="big-facts">') : html.index("</dl>")]
    words = re.sub(r"<[^>]+>|&nbsp;", " ", facts).split()
    assert " ".join(words) == "Tid 60 min Deltagare 5–12 Svårighet Medel Var På plats eller hybrid Fas Mötas"


def test_the_steps_are_drawn_as_wide_as_they_are_long_and_told_in_words(client, page):
    html = get(client, page("one-question-one-hour", "en").url)
    widths = [float(width) for width in re.findall(r'<rect class="s[^"]*" x="[\d.]+%" width="([\d.]+)%"', html)]
    assert widths == pytest.approx([100 * minutes / 60 for minutes in (5, 5, 10, 10, 20, 5, 5)], abs=0.01)
    assert 'aria-label="7 steps, 60 minutes in all: 5, 5, 10, 10, 20, 5 and 5 minutes."' in html
    assert "<small>20&nbsp;min</small>" in html


def test_nothing_on_the_card_needs_a_style_of_its_own(client, page):
    html = get(client, page("one-question-one-hour").url)
    assert "style=" not in html
    assert re.search(r'<rect[^>]+"8,', html) is None  # Swedish decimals would break the drawing


def test_a_step_without_minutes_leaves_the_drawing_out_and_keeps_the_steps(client, page):
    card = method(
        "Utan tider",
        page("methods"),
        steps=[("step", {"title": "Tala", "text": "", "minutes": None}), ("step", {"title": "Tig", "text": "", "minutes": 5})],
    )
    html = get(client, card.url)
    assert 'class="scale"' not in html
    assert "Tala" in html
    assert "5&nbsp;min" in html


def test_the_line_on_the_card_ends_where_the_method_may_end_and_is_dashed_until_it_must():
    drawn = ruler([10, 20], 30, 45)
    assert (drawn.steps, drawn.end, drawn.longest) == ([0.0, 5.56], 16.67, 25.0)
    assert ruler([60], 60, 60).longest is None
    assert (ruler([240], 240, 300).end, ruler([240], 240, 300).longest) == (100.0, None)


def test_a_scale_marks_minutes_for_an_hour_and_quarters_for_a_day():
    hour, day = scale([("a", 30), ("b", 30)]), scale([("a", 240), ("b", 240)])
    assert [tick.label for tick in hour.ticks if tick.label is not None] == [0, 10, 20, 30, 40, 50]
    assert [tick.label for tick in day.ticks if tick.label is not None] == [0, 60, 120, 180, 240, 300, 360, 420]
    assert len(day.ticks) < 80


def test_a_name_stands_on_the_scale_only_where_it_fits():
    assert [part.name for part in scale([("En lång rubrik", 5), ("Samtala", 55)]).parts] == ["", "Samtala"]


def test_a_long_step_is_drawn_taller_but_never_taller_than_its_text():
    short, long = stems([(5, 66), (20, 330)])
    assert (long.height, short.ticks[1][0] - short.ticks[0][0]) == (200, 10.0)
    assert stems([(60, 0), (5, 0)])[0].height == 55


def test_a_line_that_names_the_source_is_ready_to_copy(client, page):
    assert "“One question, one hour”, " in get(client, page("one-question-one-hour", "en").url)
    assert "”En fråga, en timme”, " in get(client, page("one-question-one-hour").url)


# What an editor is told


@pytest.mark.parametrize(("low", "high"), [("minutes_min", "minutes_max"), ("people_min", "people_max")])
@pytest.mark.parametrize(("language", "message"), [("sv", "kan inte vara mindre"), ("en", "cannot be less")])
def test_at_most_is_never_less_than_at_least(page, low, high, language, message):
    card = page("one-question-one-hour")
    setattr(card, low, 20)
    setattr(card, high, 10)
    with translation.override(language), pytest.raises(ValidationError, match=message) as caught:
        card.full_clean()
    assert list(caught.value.message_dict) == [high]


@pytest.mark.parametrize("name", ["lead", "purpose", "phase", "minutes_min", "minutes_max", "people_min", "source", "licence"])
def test_what_is_published_has_every_fact_but_a_draft_may_lack_it(page, name):
    empty = None if name in ("phase", "licence") or "_m" in name else ""
    card = page("one-question-one-hour")
    setattr(card, name, empty)
    with pytest.raises(ValidationError) as caught:
        card.save()
    assert list(caught.value.message_dict) == [name]
    card.live = False
    card.save()


def form_of(card: MethodPage, **changes) -> dict:
    plain = "title slug lead purpose minutes_min minutes_max people_min people_max per_group source source_url"
    rich = "when_to_use when_not materials preparation tips variations inclusion public_sector_notes"
    fields = {name: getattr(card, name) or "" for name in plain.split()}
    fields |= {name: rich_text("") for name in rich.split()}
    fields |= {
        "difficulty": "easy",
        "kind_of_method": "method",
        "phase": card.phase_id,
        "licence": card.licence_id,
        "contact": "",
        "hero_image": "",
    }
    fields |= {"steps": streamfield([("step", {"title": "Tala", "minutes": "30", "text": rich_text("")})]), "body": streamfield([])}
    fields |= {
        name: inline_formset([])
        for name in ("area_links", "audience_links", "goal_links", "related_links", "settings", "templates", "comments")
    }
    fields |= {
        "topic_links": inline_formset([{"topic": Topic.objects.first().pk}]),
        "seo_title": "",
        "search_description": "",
        "content_owner": "",
    }
    fields |= {
        "reviewed_on": "",
        "review_interval": "12",
        "review_note": "",
        "public_reviewer": "role",
        "language_policy": "both",
        "language_reason": "",
    }
    return nested_form_data({**fields, **changes})


@pytest.fixture
def draft(page):
    return method("Nytt kort", page("methods"), live=False)


def save(client, card: MethodPage, action: str = "", **changes):
    data = form_of(card, **changes) | ({action: "1"} if action else {})
    return client.post(reverse("wagtailadmin_pages:edit", args=[card.pk]), data, follow=True)


def messages(response) -> str:
    return " ".join(str(message) for message in response.context["messages"]) if response.context else ""


def test_steps_that_do_not_add_up_are_pointed_out_but_stop_nobody(signed_in, draft):
    response = save(signed_in("admin"), draft, "action-publish", minutes_min=45, minutes_max=60)
    assert scratch.reread(draft).live
    assert "30" in messages(response)
    assert "45–60" in messages(response)


def test_steps_that_add_up_are_not_spoken_of(signed_in, draft):
    assert "30–45" not in messages(save(signed_in("admin"), draft, "action-publish", minutes_min=30, minutes_max=45))
    assert scratch.reread(draft).live


def test_a_card_without_a_topic_is_kept_as_a_draft_but_not_published(signed_in, draft):
    admin = signed_in("admin")
    save(admin, draft, topic_links=inline_formset([]))
    assert draft.revisions.count() == 1
    response = save(admin, draft, "action-publish", topic_links=inline_formset([]))
    assert not scratch.reread(draft).live
    assert "Välj minst ett ämne" in response.content.decode()


def test_a_draft_may_be_saved_with_nothing_but_its_title(signed_in, draft):
    save(
        signed_in("admin"),
        draft,
        lead="",
        purpose="",
        minutes_min="",
        minutes_max="",
        people_min="",
        source="",
        steps=streamfield([]),
        topic_links=inline_formset([]),
    )
    assert draft.revisions.count() == 1


@pytest.mark.parametrize(("name", "empty"), [("minutes_max", ""), ("purpose", ""), ("steps", streamfield([]))])
def test_publishing_without_a_fact_is_refused_at_its_field(signed_in, draft, name, empty):
    response = save(signed_in("admin"), draft, "action-publish", **{name: empty})
    assert not scratch.reread(draft).live
    assert response.context["form"].errors.keys() == {name}


# The list


def test_cards_are_found_by_time_people_and_place(client, page):
    methods = page("methods")
    html = get(client, f"{methods.url}?minutes=60&people=8&place=hybrid")
    assert page("one-question-one-hour").url in html
    assert page("partnership-canvas-workshop").url not in html


@pytest.mark.parametrize(
    "query",
    [
        "?minutes=abc",
        "?minutes=61",
        "?people=-1",
        "?people=99999999",
        "?phase=nope",
        "?difficulty=%27",
        "?page=-1",
        "?order=x",
        "?topic=" + "x" * 10_000,
    ],
)
def test_a_question_that_means_nothing_still_gets_a_list(client, page, query):
    assert client.get(page("methods").url + query).status_code == 200


def test_a_card_costs_at_most_twelve_queries(client, cost, page):
    assert cost_beside(client, cost, page("one-question-one-hour").url, page("driver-map").url) <= 12
