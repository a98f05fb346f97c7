"""The calendar in one's own calendar: read here by another library than the one that writes it."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
import vobject
from django.conf import settings
from django.utils import timezone, translation
from wagtail.models import Page, PageViewRestriction

from cms.calendar_entries import CalendarEntry
from cms.feeds import calendars
from cms.models import TopicLink
from cms.vocabulary.models import Topic
from knowledge.models import EventPage
from tests import scratch
from tests.copies import live_copies

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("Europe/Stockholm")


def at(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=HERE)


def event(title: str, below, starts: datetime.datetime, ends: datetime.datetime | None = None, **fields) -> EventPage:
    ends = ends or starts + datetime.timedelta(hours=2)
    return scratch.write(title, below, EventPage, starts_at=starts, ends_at=ends, **{"city": "Trollhättan", **fields})


def calendar(client, address: str = "/feeds/event.ics"):
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    return vobject.readOne(response.text)


def entries(client, address: str = "/feeds/event.ics") -> dict:
    return {entry.summary.value: entry for entry in calendar(client, address).contents.get("vevent", [])}


def alone(client, shown: EventPage):
    [entry] = calendar(client, shown.url.rstrip("/") + ".ics").contents["vevent"]
    return entry


@pytest.fixture
def only(page) -> Page:
    """The calendar with nothing of the demo in it."""
    EventPage.objects.update(live=False)
    return page("calendar")


# What is in it


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_event_of_a_language_is_there_the_past_ones_too(client, language):
    shown = EventPage.objects.live().public().filter(locale__language_code=language)
    found = calendar(client, f"/feeds/event.ics?locale={language}")
    addresses = {entry.url.value for entry in found.vevent_list}
    assert addresses == {settings.BASE_URL + each.url for each in shown}
    assert any(each.ends_at < timezone.now() for each in shown)
    with translation.override(language):
        assert found.x_wr_calname.value.startswith("Kalender" if language == "sv" else "Events")
    assert found.prodid.value
    assert found.contents["refresh-interval"][0].value == "PT1H"


def test_an_entry_says_when_where_what_and_where_to_read_more(client, only):
    shown = event(
        "Verkstad, dag 1", only, at(2030, 2, 5, 9), place_name="Aulan; hus A", address="Exempelgatan 9", lead="Text,\nmed rader"
    )
    shown.topic_links.add(TopicLink(topic=Topic.objects.first()))
    shown.save()
    entry = entries(client)["Verkstad, dag 1"]
    assert entry.dtstart.value == at(2030, 2, 5, 9)
    assert entry.dtend.value == at(2030, 2, 5, 11)
    assert entry.location.value == "Aulan; hus A, Exempelgatan 9, Trollhättan"
    assert entry.url.value == settings.BASE_URL + shown.url
    assert entry.description.value == f"Text,\nmed rader\n\n{settings.BASE_URL}{shown.url}"
    html = entry.contents["x-alt-desc"][0]
    assert html.params["FMTTYPE"] == ["text/html"]
    assert f'<a href="{settings.BASE_URL}{shown.url}">Verkstad' in html.value
    assert entry.categories.value == [Topic.objects.first().name]
    assert entry.status.value == "CONFIRMED"


def test_online_and_hybrid_say_where_the_meeting_is(client, only):
    online = {"format": "online", "online_url": "https://example.org/mote"}
    event("På nätet", only, at(2030, 2, 5, 9), **online)
    event("Både och", only, at(2030, 2, 6, 9), **{**online, "format": "hybrid"}, place_name="Aulan")
    event("Utan adress", only, at(2030, 2, 7, 9), format="online")
    found = entries(client)
    assert found["På nätet"].location.value == "https://example.org/mote"
    assert found["Både och"].location.value == "Aulan, Trollhättan; https://example.org/mote"
    assert found["Utan adress"].location.value == "Digitalt"


@pytest.mark.parametrize("month", [3, 10])
def test_a_night_over_the_change_of_the_clocks_keeps_the_clocks_on_the_wall(client, only, month):
    day = 28 if month == 3 else 24
    event("Natten", only, at(2026, month, day, 22), at(2026, month, day + 1, 6))
    entry = entries(client)["Natten"]
    hours = 7 if month == 3 else 9
    starts, ends = entry.dtstart.value, entry.dtend.value
    assert (starts.hour, ends.hour) == (22, 6)
    assert ends.astimezone(datetime.UTC) - starts.astimezone(datetime.UTC) == datetime.timedelta(hours=hours)


def test_the_clocks_that_are_needed_are_in_the_file_and_are_right(client, only):
    event("Förr", only, at(2024, 7, 1, 9))
    event("Sedan", only, at(2031, 1, 1, 9))
    found = calendar(client)
    zone = found.vtimezone
    assert zone.tzid.value == "Europe/Stockholm"
    for day in range(0, 366 * 12, 3):
        moment = datetime.datetime(2024, 1, 1, 12) + datetime.timedelta(days=day)
        assert zone.tzinfo.utcoffset(moment) == moment.replace(tzinfo=HERE).utcoffset(), moment


def test_whole_days_have_no_hours_and_end_where_the_next_day_begins(client, only):
    event("Dagarna", only, at(2026, 10, 24, 9), at(2026, 10, 26, 15), all_day=True)
    entry = entries(client)["Dagarna"]
    assert (entry.dtstart.value, entry.dtend.value) == (datetime.date(2026, 10, 24), datetime.date(2026, 10, 27))
    assert entry.dtstart.params["VALUE"] == ["DATE"]
    assert entry.transp.value == "TRANSPARENT"
    assert "vtimezone" not in calendar(client).contents


def test_the_calendar_is_narrowed_as_the_list_is(client, only):
    event("Verkstad", only, at(2030, 2, 5, 9), event_type="workshop")
    event("Möte", only, at(2030, 2, 6, 9))
    assert set(entries(client, "/feeds/event.ics?type=workshop&city=Trollhättan")) == {"Verkstad"}
    assert entries(client, "/feeds/event.ics?city=Uddevalla") == {}
    assert client.get("/feeds/event.ics?type=party").status_code == 400


# What becomes of it


def test_an_entry_keeps_its_identity_and_counts_its_changes(client, only):
    shown = event("Möte", only, at(2030, 2, 5, 9))
    first = entries(client)["Möte"]
    assert first.sequence.value == "0"
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1)):
        shown.starts_at, shown.ends_at, shown.slug = at(2030, 3, 5, 9), at(2030, 3, 5, 11), "annat-namn"
        shown.save_revision().publish()
    moved = entries(client)["Möte"]
    assert moved.uid.value == first.uid.value
    assert moved.sequence.value == "1"
    assert moved.last_modified.value > first.last_modified.value
    assert moved.dtstart.value == at(2030, 3, 5, 9)


def test_what_is_cancelled_says_so_once_more_than_before(client, only):
    shown = event("Möte", only, at(2030, 2, 5, 9))
    before = entries(client)["Möte"]
    shown.status, shown.status_note = "cancelled", "För få anmälda."
    shown.save_revision().publish()
    entry = entries(client)["Inställd: Möte"]
    assert entry.status.value == "CANCELLED"
    assert int(entry.sequence.value) == int(before.sequence.value) + 1
    assert entry.uid.value == before.uid.value
    assert entry.description.value.startswith("För få anmälda.")


def test_what_calendars_do_not_show_and_what_nobody_has_seen_changes_no_entry(client, only):
    shown = event("Möte", only, at(2030, 2, 5, 9))
    before = client.get("/feeds/event.ics").content
    shown.capacity = 12
    shown.save_revision().publish()
    draft = scratch.reread(shown)
    draft.title = "Nytt namn"
    draft.save_revision()
    with translation.override("en"):
        scratch.reread(shown).save()
    assert client.get("/feeds/event.ics").content == before


def test_each_language_counts_for_itself(client, only, page):
    shown = event("Möte", only, at(2030, 2, 5, 9))
    english = scratch.write(
        "Meeting", page("calendar", "en"), EventPage, of=shown, starts_at=shown.starts_at, ends_at=shown.ends_at, city="Trollhättan"
    )
    english.title = "The meeting"
    english.save_revision().publish()
    assert entries(client)["Möte"].sequence.value == "0"
    translated = entries(client, "/feeds/event.ics?locale=en")["The meeting"]
    assert translated.sequence.value == "1"
    assert translated.uid.value != entries(client)["Möte"].uid.value


def test_an_event_from_before_there_were_entries_is_there(client, only):
    shown = event("Möte", only, at(2030, 2, 5, 9))
    CalendarEntry.objects.all().delete()
    entry = entries(client)["Möte"]
    assert (entry.sequence.value, entry.status.value) == ("0", "CONFIRMED")
    shown.title = "Mötet"
    shown.save_revision().publish()
    assert entries(client)["Mötet"].sequence.value == "0"


# One event


@pytest.mark.parametrize("language", ["sv", "en"])
def test_one_event_can_be_put_in_ones_own_calendar(client, page, language):
    shown = page("question-hour", language)
    with time_machine.travel(shown.starts_at - datetime.timedelta(days=2)):
        html = client.get(shown.url).text
        address = shown.url.rstrip("/") + ".ics"
        assert f'href="{address}" type="text/calendar"' in html
        assert ("Lägg till i kalendern" if language == "sv" else "Add to your calendar") in html
        response = client.get(address)
        assert response.headers["Content-Disposition"] == f'attachment; filename="{shown.slug}.ics"'
        entry = alone(client, shown)
        assert entry.summary.value == shown.title
        whole = entries(client, f"/feeds/event.ics?locale={language}")[shown.title]
        assert (entry.uid.value, entry.sequence.value) == (whole.uid.value, whole.sequence.value)


def test_what_is_cancelled_or_over_is_not_offered(client, only):
    over = event("Över", only, at(2020, 2, 5, 9))
    cancelled = event("Inställt", only, at(2030, 2, 5, 9), status="cancelled")
    for shown in (over, cancelled):
        assert ".ics" not in client.get(shown.url).text
        assert alone(client, shown).summary.value.endswith(shown.title)


def test_an_event_under_a_month_it_has_left_leads_on(client, only):
    shown = event("Möte", only, at(2030, 2, 5, 9))
    response = client.get(f"{only.url}2029/01/{shown.slug}.ics")
    assert (response.status_code, response.headers["Location"]) == (301, shown.url.rstrip("/") + ".ics")


@pytest.mark.parametrize("address", ["/om-oss.ics", "/finns-inte.ics", "/.ics", "/en.ics", "/en/motesplatser.ics"])
def test_what_has_no_time_has_no_calendar(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("way", ["draft", "closed", "taken back"])
def test_what_not_everybody_may_see_is_in_no_calendar(client, signed_in, only, way):
    shown = event("Hemligt möte", only, at(2030, 2, 5, 9), live=way != "draft")
    address = f"{only.url}2030/02/{shown.slug}.ics"
    if way == "closed":
        PageViewRestriction.objects.create(page=shown, restriction_type="login")
    if way == "taken back":
        assert alone(client, shown)
        scratch.reread(shown).unpublish()
    for someone in (client, signed_in("admin")):
        assert someone.get(address).status_code == 404
        assert "Hemligt" not in someone.get("/feeds/event.ics").text


# What it costs


def test_the_calendar_costs_the_same_for_3_and_30_and_is_never_endless(client, cost, only, monkeypatch):
    first = only.get_children().type(EventPage).first().specific
    first.live, topics, costs = True, list(Topic.objects.all()), []
    for more in (3, 27):
        for n, copy in enumerate(live_copies(first, more)):
            day = at(2027, 1, 1, 9) + datetime.timedelta(days=n)
            EventPage.objects.filter(pk=copy.pk).update(starts_at=day, ends_at=day + datetime.timedelta(hours=1))
            TopicLink.objects.create(page=copy, topic=topics[n % len(topics)])
        costs.append(cost("/feeds/event.ics"))
    assert costs[0] == costs[1] <= 10
    monkeypatch.setattr(calendars, "MOST", 5)
    latest = [entry.dtstart.value for entry in calendar(client).vevent_list]
    assert len(latest) == 5
    assert latest == sorted(latest)
    assert latest[-1] == datetime.date(2027, 1, 27)
