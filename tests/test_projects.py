"""Projects: a status that is never stored, partners with their part, and relations on both ends."""

import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from cms.models import TopicLink
from cms.vocabulary.models import Topic
from directory.models import Organisation
from knowledge.drawings import timeline
from knowledge.models import EventPage, NewsPage, ProjectPage, ProjectParticipant
from knowledge.status import Status, having
from tests import scratch
from tests.copies import live_copies
from tests.test_directory import organisations
from tests.test_guides import cost_beside, get
from tests.test_methods import method
from tests.test_related import related
from tests.translating import english, press_publish, submit, translate

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
DELIVERABLES = [
    ("deliverable", {"title": "Handbok för provet", "kind": "handbook", "status": "done", "version": "1.2", "url": ""}),
    ("deliverable", {"title": "Mall för provet", "kind": "template", "status": "planned", "version": "", "url": ""}),
]


@pytest.fixture
def leader(db) -> Organisation:
    return Organisation.objects.get(code="linnaeus-university")


@pytest.fixture
def project(page, leader) -> ProjectPage:
    return write_project("Provprojektet", page("projects"), coordinator=leader)


def write_project(title: str, below, **fields) -> ProjectPage:
    fields = {"starts_on": TODAY - DAY, "ends_on": TODAY + DAY, "coordinator": Organisation.objects.first(), **fields}
    return scratch.write(title, below, ProjectPage, **fields)


def facts(html: str) -> dict[str, str]:
    rows = BeautifulSoup(html, "html.parser").select(".big-facts div, .list-facts div")
    return {row.dt.text: " ".join(row.dd.text.split()) for row in rows}


# Status: asked of the dates


def test_the_last_day_still_runs_and_the_day_after_is_finished(client, page):
    spets = page("spets")
    assert spets.ends_on == datetime.date(2020, 11, 30)
    for day, word in (("2017-10-31", "Planerat"), ("2017-11-01", "Pågår"), ("2020-11-30", "Pågår"), ("2020-12-01", "Avslutat")):
        with time_machine.travel(f"{day}T11:00:00+00:00"):
            assert facts(get(client, spets.url))["Status"] == word
    english = page("spets", "en")
    assert facts(get(client, english.url))["Status"] == "Finished"


def test_a_pause_is_said_and_is_over_when_the_project_is(client, project):
    assert facts(get(client, project.url))["Status"] == "Pågår"
    ProjectPage.objects.update(paused=True)
    html = get(client, project.url)
    assert facts(html)["Status"] == "Pausat"
    assert "Projektet är pausat" in html
    ProjectPage.objects.filter(pk=project.pk).update(ends_on=TODAY - DAY)
    assert facts(get(client, project.url))["Status"] == "Avslutat"


def test_the_page_and_the_list_agree_about_every_status(page, db):
    days, below = [None, TODAY - 2 * DAY, TODAY - DAY, TODAY, TODAY + DAY], page("projects")
    ProjectPage.objects.all().delete()
    first = write_project("Rutnät", below)
    grid = [(start, end, paused) for start in days for end in days for paused in (False, True)]
    rows = [first, *live_copies(first, len(grid) - 1)]
    for row, (start, end, paused) in zip(rows, grid, strict=True):
        ProjectPage.objects.filter(pk=row.pk).update(starts_on=start, ends_on=end, paused=paused)
    for status in Status:
        found = set(ProjectPage.objects.filter(having(status)).values_list("pk", flat=True))
        assert found == {each.pk for each in ProjectPage.objects.all() if each.status == status}
        assert found, status


def test_projects_are_found_by_their_status_today(client, page, project):
    listing = page("projects").url
    running, finished = get(client, f"{listing}?status=running"), get(client, f"{listing}?status=finished")
    assert project.url in running
    assert page("spets").url not in running
    assert page("spets").url in finished
    assert project.url not in finished
    both = get(client, f"{listing}?status=running&status=finished")
    assert project.url in both
    assert page("spets").url in both
    assert client.get(f"{listing}?status=%00&status=nonsense").status_code in (200, 400)


def test_a_project_cannot_end_before_it_begins(project):
    project.ends_on = project.starts_on - DAY
    for language, message in (("sv", "innan det börjar"), ("en", "before it begins")):
        with translation.override(language), pytest.raises(ValidationError, match=message):
            project.full_clean()


@pytest.mark.parametrize("name", ["starts_on", "coordinator", "lead"])
def test_what_is_published_says_who_leads_and_from_when_but_a_draft_may_lack_it(project, name):
    setattr(project, name, "" if name == "lead" else None)
    with pytest.raises(ValidationError) as caught:
        project.save()
    assert list(caught.value.message_dict) == [name]
    project.live = False
    project.save()


def test_a_period_is_said_in_the_readers_language_and_drawn_to_scale(client, page):
    assert facts(get(client, page("spets").url))["Period"] == "2017–2020 november 2017 – november 2020"
    html = get(client, page("spets", "en").url)
    assert facts(html)["Period"] == "2017–2020 November 2017 – November 2020"
    assert "style=" not in html
    line = timeline(datetime.date(2017, 1, 1), datetime.date(2020, 12, 31))
    assert [year for _, year in line.years] == [2018, 2019, 2020]
    assert [at for at, _ in line.years] == pytest.approx([25, 50, 75], abs=0.1)
    assert (line.now, line.over) == (None, True)


# What comes of it


def test_deliverables_say_their_kind_and_status_in_words(client, project):
    project.deliverables = DELIVERABLES
    project.save_revision().publish()
    rows = BeautifulSoup(get(client, project.url), "html.parser").select("#deliverables ~ table tbody tr")
    assert [" ".join(cell.text.strip() for cell in row.find_all(["th", "td"])) for row in rows] == [
        "Handbok för provet Handbok Klart 1.2",
        "Mall för provet Mall Planerat –",
    ]


def test_a_deliverable_leads_to_its_page_only_while_everybody_may_see_it(client, page, project):
    method = page("risk-workshop")
    project.deliverables = [("deliverable", {"title": "Risker", "kind": "template", "status": "done", "page": method})]
    project.save_revision().publish()
    assert f'href="{method.url}"' in get(client, project.url)
    method.unpublish()
    html = get(client, project.url)
    assert "Risker" in html
    assert method.url not in html


def test_what_a_project_has_made_says_where_it_comes_from(client, page, project):
    card = method("Eget kort", page("methods"))
    made = {"title": "Kortet", "kind": "template", "status": "done", "version": "", "page": card, "document": None, "url": ""}
    project.deliverables = [("deliverable", made)]
    project.save()
    assert related(get(client, card.url)) == [f"Kommer från projektet: {project.title}"]
    project.deliverables, project.body = [], [("paragraph", f'<p><a linktype="page" id="{card.pk}">kortet</a></p>')]
    project.save()
    assert related(get(client, card.url)) == [f"Nämns i projektet: {project.title}"]


def test_a_deliverable_is_found_in_one_place_at_most(project):
    block = ProjectPage._meta.get_field("deliverables").stream_block.child_blocks["deliverable"]
    both = block.to_python({"title": "A", "kind": "report", "status": "done", "page": project.pk, "url": "https://example.org/"})
    with pytest.raises(ValidationError):
        block.clean(both)
    both["url"] = ""
    assert block.clean(both)["title"] == "A"


# Relations on both ends


def test_an_organisation_and_its_project_show_each_other_with_the_role(client, page, project):
    funder = Organisation.objects.get(code="vinnova")
    project.participants = [ProjectParticipant(organisation=funder, role="funder")]
    project.save()
    ties = BeautifulSoup(get(client, project.url), "html.parser").select(".links.tie li")
    assert ["".join(tie.text.split(",")[0].split()) for tie in ties] == ["LinnéuniversitetetSamordnare", "VinnovaFinansiär"]
    for code, role in (("vinnova", "finansiär"), ("linnaeus-university", "samordnare")):
        profile = get(client, Organisation.objects.get(code=code).get_url())
        assert f"Projekt, {role}" in " ".join(mention_of(profile, project).split())
    project.unpublish()
    assert project.url not in get(client, funder.get_url())


def mention_of(html: str, page) -> str:
    return BeautifulSoup(html, "html.parser").find("a", href=page.url).find_next(class_="why").text


def test_an_organisation_with_two_parts_in_a_project_shows_both(client, project, leader):
    project.participants = [ProjectParticipant(organisation=leader, role="funder")]
    project.save()
    why = mention_of(get(client, leader.get_url()), project)
    assert "samordnare" in why
    assert "finansiär" in why
    assert "Samordnare, finansiär" in get(client, project.url)


def test_an_organisation_that_is_not_public_is_nowhere_on_a_project(client, project, leader):
    hidden = Organisation.objects.get(code="vattenfall")
    project.participants = [ProjectParticipant(organisation=hidden)]
    project.save()
    address, listing = project.url, project.get_parent().url
    assert "Vattenfall" in get(client, address)
    assert leader.name in get(client, listing)
    for organisation in (hidden, leader):
        Organisation.objects.filter(pk=organisation.pk).update(live=False)
    assert "Vattenfall" not in get(client, address)
    assert "Provprojektet" in get(client, listing)
    for url in (address, f"{listing}?status=running"):
        assert leader.name not in get(client, url)
    answer = client.get(f"/api/v2/pages/{project.pk}/").json()
    assert answer["coordinator"] is None
    assert [row["organisation"] for row in answer["participants"]] == [None]


def test_a_project_shows_its_news_and_guides_in_its_own_language_and_they_show_it(client, page):
    for language in ("sv", "en"):
        spets = page("spets", language)
        html = get(client, spets.url)
        for page_id in ("new-guide-partnerships", "strategic-partnerships"):
            other = page(page_id, language)
            assert f'href="{other.url}"' in html
            assert f'href="{spets.url}"' in get(client, other.url)
            assert page(page_id, "en" if language == "sv" else "sv").url not in html
        assert html.count(f'href="{page("new-guide-partnerships", language).url}"') == 1, "said once"


@pytest.mark.parametrize(
    ("language", "reasons", "said"),
    [
        ("sv", ["del av projektet", "kommer från projektet"], ["Del av projektet", "Kommer från projektet"]),
        ("en", ["part of the project", "comes from the project"], ["Part of the project", "Comes from the project"]),
    ],
)
def test_a_project_shows_its_events_and_cases_and_they_show_it_each_with_the_reason(client, page, language, reasons, said):
    project = page("knowledge-close-by", language)
    html = get(client, project.url)
    for page_id, reason, how in zip(("question-hour", "care-questions-case"), reasons, said, strict=True):
        other = page(page_id, language)
        assert mention_of(html, other).strip().endswith(reason)
        assert facts(get(client, other.url))[how] == project.title
        assert page(page_id, "en" if language == "sv" else "sv").url not in html


def test_a_cancelled_event_of_a_project_is_said_to_be_cancelled_there(client, page):
    event = page("question-hour")
    EventPage.objects.filter(pk=event.pk).update(status="cancelled")
    listed = BeautifulSoup(get(client, page("knowledge-close-by").url), "html.parser").find("a", href=event.url).parent
    assert "Inställd" in listed.text


def test_a_case_and_an_event_name_no_private_project(client, page):
    project = page("knowledge-close-by")
    for page_id in ("question-hour", "care-questions-case"):
        other = page(page_id)
        assert client.get(f"/api/v2/pages/{other.pk}/").json()["project"]["id"] == project.pk
    PageViewRestriction.objects.create(page=project, restriction_type="login")
    for page_id in ("question-hour", "care-questions-case"):
        other = page(page_id)
        assert project.title not in get(client, other.url)
        assert client.get(f"/api/v2/pages/{other.pk}/").json()["project"] is None


def test_what_is_private_shows_on_neither_end(client, page, project):
    item = page("portal-opens")
    NewsPage.objects.filter(pk=item.pk).update(project=project)
    assert item.url in get(client, project.url)
    assert project.url in get(client, item.url)
    PageViewRestriction.objects.create(page=item, restriction_type="login")
    assert item.url not in get(client, project.url)
    PageViewRestriction.objects.all().delete()
    PageViewRestriction.objects.create(page=project, restriction_type="login")
    html = get(client, item.url)
    assert project.url not in html
    assert project.title not in html


# What programs and translators meet


def test_the_api_tells_a_projects_facts_and_its_status(client, page):
    spets = page("spets")
    answer = client.get(f"/api/v2/pages/{spets.pk}/").json()
    assert answer["meta"]["kind"] == "project"
    assert (answer["status"], answer["starts_on"], answer["ends_on"]) == ("finished", "2017-11-01", "2020-11-30")
    assert [row["role"] for row in answer["participants"]] == ["participant", "funder"]
    assert answer["coordinator"]["id"] == spets.coordinator_id
    assert [item["value"]["status"] for item in answer["deliverables"]] == ["done"] * 3
    network = client.get(f"/api/v2/pages/{page('facilitators-who-meet').pk}/").json()
    assert (network["meta"]["kind"], network["active"]) == ("network", True)


def test_a_translation_has_its_own_words_and_the_same_dates_roles_and_statuses(
    signed_in, project, leader, django_capture_on_commit_callbacks
):
    admin = signed_in("admin")
    project.participants = [ProjectParticipant(organisation=leader, role="external")]
    project.deliverables, project.grant_number, project.paused = DELIVERABLES, "2020-00001", True
    project.objectives = [("objective", "Att pröva.")]
    project.save_revision().publish()
    original = scratch.reread(project)
    submit(admin, original)
    translate(admin, original)
    press_publish(admin, original, django_capture_on_commit_callbacks)
    there = english(original)
    assert there.objectives[0].value == "EN Att pröva."
    assert [block.value["title"] for block in there.deliverables] == ["EN Handbok för provet", "EN Mall för provet"]
    for name in ("starts_on", "ends_on", "paused", "coordinator_id", "grant_number"):
        assert getattr(there, name) == getattr(original, name), name
    assert [(row.organisation_id, row.role) for row in there.participants.all()] == [(leader.pk, "external")]
    same = [[(block.value[name]) for name in ("kind", "status", "version")] for block in original.deliverables]
    assert [[(block.value[name]) for name in ("kind", "status", "version")] for block in there.deliverables] == same


def test_an_editor_meets_projects_and_networks_where_they_belong(signed_in, page):
    admin = signed_in("admin")
    for page_id, model in (("projects", "projectpage"), ("networks", "networkpage")):
        assert admin.get(reverse("wagtailadmin_pages:add", args=["knowledge", model, page(page_id).pk])).status_code == 200
        assert admin.get(reverse("wagtailadmin_pages:add", args=["knowledge", model, page("news").pk])).status_code == 302


# Costs


def test_a_list_of_projects_costs_the_same_for_3_and_30(cost, page):
    below, spets, topics = page("projects"), page("spets"), list(Topic.objects.all())
    ProjectPage.objects.exclude(pk=spets.pk).update(live=False)
    costs = []
    for number, more in ((3, 2), (30, 27)):
        leaders = organisations_named(f"leder-{number}", more)
        for n, copy in enumerate(live_copies(spets, more)):
            ProjectPage.objects.filter(pk=copy.pk).update(coordinator=leaders[n], starts_on=TODAY - n * DAY)
            TopicLink.objects.create(page=copy, topic=topics[n % len(topics)])
        costs.append(cost(below.url))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 10


def organisations_named(prefix: str, count: int) -> list[Organisation]:
    sector = Organisation.objects.first().sector
    rows = [
        Organisation(name_sv=f"{prefix} {n}", slug_sv=f"{prefix}-{n}", slug_en=f"{prefix}-{n}", code=f"{prefix}-{n}", sector=sector)
        for n in range(count)
    ]
    return Organisation.objects.bulk_create(rows)


def test_a_project_costs_the_same_with_3_and_with_30_partners_and_news(client, cost, page):
    spets, costs, item = page("spets"), [], page("portal-opens")
    for more in (3, 27):
        rows = organisations_named(f"med-{more}", more)
        ProjectParticipant.objects.bulk_create([ProjectParticipant(project=spets, organisation=row) for row in rows])
        for copy in live_copies(item, more):
            NewsPage.objects.filter(pk=copy.pk).update(project=spets)
        costs.append(cost_beside(client, cost, spets.url, page("knowledge-close-by").url))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 12


def test_a_profile_costs_the_same_with_3_and_with_30_projects(cost, page):
    hub, spets, costs = organisations(1)[0], page("spets"), []
    for more in (3, 27):
        for copy in live_copies(spets, more):
            ProjectParticipant.objects.create(project=copy, organisation=hub)
        costs.append(cost(f"{page('find-contact').url}organisationer/{hub.slug_sv}/"))
    assert len(set(costs)) == 1, costs
