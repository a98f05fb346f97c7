"""What search engines and catalogues read on a page: true to schema.org, true to the page, and of nobody more than is shown."""

import datetime
import json
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import translation
from wagtail.models import PageViewRestriction

from cms.kinds import kinds
from cms.vocabulary.models import Licence, Sector
from directory.models import Organisation, Person
from directory.models.schema import BY_SECTOR
from knowledge.models import EventPage, GuidePage
from tests.scratch import write
from tests.vocabulary import faults, types_of

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("Europe/Stockholm")
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def at(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=HERE)


def graph(client, address: str) -> list[dict]:
    """All that is said on a page, each script by itself readable."""
    response = client.get(address)
    assert response.status_code == 200, address
    found = [json.loads(script) for script in SCRIPT.findall(response.text)]
    assert all(each["@context"] == "https://schema.org" for each in found)
    return [node for each in found for node in each["@graph"]]


def said(client, address: str, kind: str) -> dict:
    [node] = [node for node in graph(client, address) if kind in types_of(node)]
    return node


def entity(client, address: str) -> dict:
    """What the page is about above all."""
    nodes = {node["@id"]: node for node in graph(client, address)}
    return nodes[nodes[settings.BASE_URL + address]["mainEntity"]["@id"]]


def event(below, **fields) -> EventPage:
    times = {"starts_at": at(2030, 3, 30, 22), "ends_at": at(2030, 3, 31, 6)}
    return write(f"Natten {EventPage.objects.count()}", below, EventPage, **{**times, "city": "Trollhättan", **fields})


# True to the vocabulary


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_kind_says_only_what_the_vocabulary_knows(client, language):
    for kind in kinds().values():
        with translation.override(language):
            for item in kind.public(language)[:3]:
                found = graph(client, item.get_url())
                assert [fault for node in found for fault in faults(node, item.get_url())] == []
                assert entity(client, item.get_url())["name"] == item.title


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/en/",
        "/om-oss/",
        "/kunskap/",
        "/en/knowledge/guides/",
        "/nyheter/",
        "/nyheter/2024/",
        "/en/meeting-places/calendar/",
        "/kunskap/ordlista/",
        "/hitta-kontakt/",
        "/en/find-contact/people/",
        "/hitta-kontakt/partnerskap/",
        "/processer-och-metoder/",
    ],
)
def test_other_pages_keep_to_it_too(client, address):
    found = graph(client, address)
    assert [fault for node in found for fault in faults(node, address)] == []
    names = {node["@id"] for node in found}
    page = next(node for node in found if node["@id"] == settings.BASE_URL + address)
    assert page.get("mainEntity", {"@id": page["@id"]})["@id"] in names


def test_a_fault_would_be_found():
    wrong = {"@type": "Event", "startDate": "soon", "organizer": {"@type": "Place", "name": "x"}, "colour": "red"}
    assert len(list(faults(wrong))) == 3


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("strategic-partnerships", "TechArticle"),
        ("check-in-round", "HowTo"),
        ("portal-opens", "NewsArticle"),
        ("question-hour", "Event"),
        ("care-questions-case", "Article"),
    ],
)
def test_each_kind_is_what_it_is(client, page, name, kind):
    assert entity(client, page(name).url)["@type"] == kind


# True to the page


def test_the_front_page_says_who_stands_behind_the_site_and_how_it_is_searched(client):
    site = said(client, "/en/", "WebSite")
    assert site["url"] == f"{settings.BASE_URL}/"
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{settings.BASE_URL}/en/search/?q={{q}}"
    assert said(client, "/en/", "Organization")["email"] == "kontakt@example.org"
    assert site["publisher"]["@id"] == said(client, "/en/", "Organization")["@id"]
    assert not [node for node in graph(client, "/om-oss/") if node["@type"] == "WebSite"]


def test_the_way_to_a_page_is_the_one_that_is_shown(client, page):
    for address in (
        page("partner-meeting-2024").url,
        page("strategic-partnerships").url,
        Person.objects.public().first().get_url(),
    ):
        html = client.get(address).text
        crumbs = re.search(r'<nav class="crumbs".*?</nav>', html, re.S)[0]
        shown = [(name, settings.BASE_URL + url) for url, name in re.findall(r'<a href="([^"]+)">([^<]+)</a>', crumbs)]
        steps = said(client, address, "BreadcrumbList")["itemListElement"]
        assert [(step["name"], step["item"]["@id"]) for step in steps[:-1]] == shown
        assert steps[-1]["item"]["@id"] == settings.BASE_URL + address
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))


def test_a_translation_and_its_original_name_each_other(client, page):
    swedish, english = page("strategic-partnerships"), page("strategic-partnerships", "en")
    original, translated = said(client, swedish.url, "WebPage"), said(client, english.url, "WebPage")
    assert original["workTranslation"] == [{"@id": settings.BASE_URL + english.url}]
    assert translated["translationOfWork"] == {"@id": settings.BASE_URL + swedish.url}
    assert (original["inLanguage"], translated["inLanguage"]) == ("sv", "en")
    written_in_english = write("Written first", language="en")
    later = write("Skriven sedan", of=written_in_english)
    assert said(client, later.url, "WebPage")["translationOfWork"] == {"@id": settings.BASE_URL + written_in_english.url}
    assert "translationOfWork" not in said(client, write("Ensam").url, "WebPage")


@pytest.mark.parametrize(("shown_as", "name"), [("role", None), ("name", "Vera Vik"), ("initials", "VV"), ("none", "")])
def test_who_reviewed_a_page_is_named_as_the_page_decides(client, page, shown_as, name):
    shown = page("check-in-round")
    reviewer = get_user_model().objects.create_user("vera", first_name="Vera", last_name="Vik")
    type(shown).objects.filter(pk=shown.pk).update(reviewed_by=reviewer, public_reviewer=shown_as)
    found = said(client, shown.url, "WebPage")
    assert found["lastReviewed"] == shown.reviewed_on.isoformat()
    assert found.get("reviewedBy", {}).get("name", "") == (shown.steward.label if name is None else name)


def test_topics_and_goals_are_named_once_and_pointed_to(client, page):
    shown = page("check-in-round")
    terms = said(client, shown.url, "WebPage")["about"]
    assert [term["termCode"] for term in terms] == [*(t.code for t in shown.topics), *(str(g.number) for g in shown.goals)]
    goals = [term["@id"] for term in terms if term["@id"].startswith("http://metadata.un.org/sdg/")]
    assert goals == [goal.uri for goal in shown.goals] != []
    assert entity(client, shown.url)["about"] == [{"@id": term["@id"]} for term in terms]


def test_a_method_says_how_it_is_done_and_how_long_it_takes(client, page):
    method = page("one-question-one-hour")
    found = entity(client, method.url)
    assert found["totalTime"] == "PT60M"
    assert [step["name"] for step in found["step"]] == [step.value["title"] for step in method.steps]
    assert found["step"][0]["timeRequired"] == "PT5M"
    assert "<" not in found["step"][0]["text"]
    assert found["license"] == method.licence.url
    assert found["creditText"] == method.source


def test_a_guide_has_its_chapters_and_a_chapter_its_guide(client, page):
    guide = page("strategic-partnerships")
    parts = entity(client, guide.url)["hasPart"]
    assert [part["name"] for part in parts] == [chapter.value["title"] for chapter in guide.chapters]
    chapter = entity(client, parts[1]["url"].removeprefix(settings.BASE_URL))
    assert (chapter["name"], chapter["position"]) == (parts[1]["name"], 2)
    assert chapter["isPartOf"]["url"] == settings.BASE_URL + guide.url
    assert chapter["@id"] == parts[1]["@id"]


def test_a_guide_that_goes_step_by_step_is_a_how_to(client, page):
    chapters = [("chapter", {"title": title, "summary": "", "content": []}) for title in ("Först", "Sedan")]
    fields = {"kind_of_guide": "step-by-step", "licence": Licence.objects.first(), "chapters": chapters}
    found = entity(client, write("Gör så här", page("guides"), GuidePage, **fields).url)
    assert found["@type"] == "HowTo"
    assert [step["name"] for step in found["step"]] == ["Först", "Sedan"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {"eventStatus": "https://schema.org/EventScheduled", "startDate": "2030-03-30T22:00:00+01:00"}),
        ({}, {"endDate": "2030-03-31T06:00:00+02:00", "isAccessibleForFree": True}),
        ({"all_day": True}, {"startDate": "2030-03-30", "endDate": "2030-03-31"}),
        ({"status": "cancelled"}, {"eventStatus": "https://schema.org/EventCancelled"}),
        (
            {"status": "postponed", "postponed_from": at(2030, 2, 1, 9)},
            {"eventStatus": "https://schema.org/EventRescheduled", "previousStartDate": "2030-02-01T09:00:00+01:00"},
        ),
        ({"format": "online"}, {"eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode"}),
        ({"format": "hybrid"}, {"eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode"}),
    ],
)
def test_an_event_says_when_it_is_and_how_it_stands(client, page, fields, expected):
    shown = event(page("calendar"), **fields)
    found = entity(client, shown.url)
    assert {name: found[name] for name in expected} == expected
    assert list(faults(found)) == []


def test_an_event_says_where_it_is(client, page):
    calendar, online = page("calendar"), {"format": "online", "online_url": "https://example.org/mote"}
    house = entity(client, event(calendar, place_name="Aulan", address="Exempelgatan 9").url)["location"]
    postal = {"streetAddress": "Exempelgatan 9", "addressLocality": "Trollhättan", "addressCountry": "SE"}
    assert house == [{"@type": "Place", "name": "Aulan", "address": {"@type": "PostalAddress", **postal}}]
    assert entity(client, event(calendar, **online).url)["location"] == [
        {"@type": "VirtualLocation", "url": "https://example.org/mote"}
    ]
    both = entity(client, event(calendar, **{**online, "format": "hybrid"}).url)["location"]
    assert [place["@type"] for place in both] == ["Place", "VirtualLocation"]


def test_an_offer_stands_only_while_one_can_register(client, page):
    fields = {"registration_url": "https://example.org/anmalan", "cost": 150}
    found = entity(client, event(page("calendar"), **fields).url)
    assert (found["offers"]["price"], found["offers"]["url"], found["isAccessibleForFree"]) == (
        150,
        fields["registration_url"],
        False,
    )
    assert "offers" not in entity(client, event(page("calendar"), **fields, status="cancelled").url)


def test_lists_checklists_and_toolboxes_are_lists(client, page):
    news = page("news")
    listed = entity(client, news.url)
    assert listed["@type"] == "ItemList"
    assert listed["itemListElement"][0]["url"].startswith(settings.BASE_URL + news.url)
    checklist = next(iter(kinds()["checklist"].public("sv")))
    items = [item["text"] for section in checklist.sections for item in section.value["items"]]
    assert [each["name"] for each in entity(client, checklist.url)["itemListElement"]] == items
    toolbox = next(iter(kinds()["toolbox"].public("sv")))
    assert all(client.get(each["url"]).status_code == 200 for each in entity(client, toolbox.url)["itemListElement"])


def test_a_glossary_is_a_set_of_terms_and_a_term_belongs_to_it(client):
    glossary = entity(client, "/kunskap/ordlista/")
    assert glossary["@type"] == "DefinedTermSet"
    term = next(iter(kinds()["term"].public("sv").filter(definitions__isnull=False)))
    found = entity(client, term.get_url())
    assert found["@type"] == "DefinedTerm"
    assert found["inDefinedTermSet"]["@id"] == glossary["@id"]
    assert found["@id"] in {each["@id"] for each in glossary["hasDefinedTerm"]}
    assert {each["text"] for each in found["subjectOf"]} == {definition.text for definition in term.definitions.all()}


@pytest.mark.parametrize("sector", BY_SECTOR)
def test_an_organisation_is_what_its_sector_says(client, sector):
    organisation = Organisation.objects.public().first()
    organisation.sector = Sector.objects.get(code=sector)
    organisation.save()
    assert entity(client, organisation.get_url())["@type"] == BY_SECTOR[sector]


def test_a_project_led_by_a_university_is_research(client):
    found = {project.title: entity(client, project.url) for project in kinds()["project"].public("sv")}
    for project in kinds()["project"].public("sv"):
        academic = project.coordinator.sector.code in ("academia", "research-institute")
        assert found[project.title]["@type"] == ("ResearchProject" if academic else "Project")


def test_questions_with_answers_are_a_page_of_questions(client):
    answers = [{"heading": f"Fråga {n}?", "text": f"<p>Svar <b>{n}</b>.</p>"} for n in (1, 2)]
    shown = write("Frågor", body=[("accordion", {"items": answers[:1]}), ("accordion", {"items": answers[1:]})])
    found = said(client, shown.url, "FAQPage")
    assert [each["name"] for each in found["mainEntity"]] == ["Fråga 1?", "Fråga 2?"]
    assert found["mainEntity"][1]["acceptedAnswer"]["text"] == "Svar 2 ."
    assert list(faults(found)) == []


# Nobody says more than is shown


@pytest.fixture
def person(db) -> Person:
    return Person.objects.public().exclude(email="").exclude(phone="").first()


def test_of_a_person_only_what_everybody_may_see_is_said(client, person):
    fields = ("title", "can_help_with", "email", "phone", "orcid", "links", "photo")
    person.orcid = "0000-0002-1825-0097"
    for visibility in ("hidden", "mediators"):
        for field in fields:
            setattr(person, f"{field}_visibility", visibility)
        person.save()
        found = entity(client, person.get_url())
        assert not set(found) & {"jobTitle", "description", "email", "telephone", "sameAs", "image"}
    for field in fields:
        setattr(person, f"{field}_visibility", "public")
    person.save()
    found = entity(client, person.get_url())
    assert (found["email"], found["telephone"]) == (person.email, person.phone)
    assert f"https://orcid.org/{person.orcid}" in found["sameAs"]
    assert said(client, person.get_url(), "ProfilePage")["mainEntity"]["@id"] == found["@id"]


def test_one_who_does_not_exist_is_said_not_to(client, person):
    assert person.is_fictive
    assert entity(client, person.get_url())["disambiguatingDescription"] == "Exempelperson"


def test_a_list_names_nobody_who_asked_to_be_kept_out_of_search_engines(client, person):
    person.noindex = True
    person.save()
    names = {each["name"] for each in entity(client, "/hitta-kontakt/personer/")["itemListElement"]}
    assert names
    assert person.title not in names


@pytest.mark.parametrize("way", ["password", "login", "preview"])
def test_what_not_everybody_may_see_says_nothing(client, signed_in, page, way):
    shown, someone = page("check-in-round"), client
    if way == "preview":
        someone, address = signed_in("admin"), f"/admin/pages/{shown.pk}/view_draft/"
    else:
        PageViewRestriction.objects.create(
            page=shown, restriction_type=way, password="ett långt lösenord" if way == "password" else ""
        )
        someone, address = (client if way == "password" else signed_in("admin")), shown.url
    html = someone.get(address).text
    assert "<html" in html
    assert not SCRIPT.search(html)


def test_a_page_that_is_not_there_says_nothing_and_names_no_version_of_itself(client):
    for address in ("/finns-inte/", "/finns-inte.md", "/en/feeds/"):
        html = client.get(address).text
        assert not SCRIPT.search(html)
        assert 'rel="canonical"' not in html
        assert "hreflang" not in html.partition("</head>")[0]


def test_nothing_in_a_text_can_end_the_script(client):
    shown = write("Slut </script><script>alert(1)</script> & <!--", lead="</SCRIPT \u2028")
    scripts = SCRIPT.findall(client.get(shown.url).text)
    assert not [script for script in scripts if re.search("[<>&\u2028]", script)]
    assert said(client, shown.url, "WebPage")["name"] == shown.title


# What it costs, and who gets it


def test_structured_data_costs_no_question(cost, page, monkeypatch):
    addresses = [page(name).url for name in ("question-hour", "check-in-round", "strategic-partnerships", "portal-opens", "news")]
    addresses += [Organisation.objects.public().first().get_url(), Person.objects.public().first().get_url()]
    with_it = {address: cost(address) for address in addresses}
    say_nothing: Callable = lambda *args: []  # noqa: E731
    monkeypatch.setattr("cms.structured.graph", say_nothing)
    assert {address: cost(address) for address in addresses} == with_it


@pytest.mark.plugin
def test_a_plugins_kind_is_described_without_a_line_of_its_own(client, page):
    from samverka_podcast.models import PodcastPage

    listing = write("Poddar", model=type(page("news")), lists="podcast")
    shown = write("Första avsnittet", listing, model=PodcastPage, minutes=12)
    found = entity(client, shown.url)
    assert (found["@type"], found["name"], found["description"]) == ("PodcastEpisode", shown.title, shown.lead)
    assert [fault for node in graph(client, shown.url) for fault in faults(node)] == []
