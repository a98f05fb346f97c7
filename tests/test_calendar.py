"""Events: when they are by Swedish clocks, how they stand, and where a visitor meets them."""

import datetime
import importlib
import re
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import TranslationSource

from cms.demo.values import in_time
from cms.models import AreaLink, PortalImage, TopicLink
from cms.public import as_own_types
from cms.vocabulary.models import FocusArea, Topic
from directory.models import Organisation
from directory.relations import pages_naming
from home.models import FocusAreaPage, StandardPage
from knowledge.models import EventLanguage, EventOrganiser, EventPage, NewsPage
from tests import scratch
from tests.copies import live_copies
from tests.test_guides import cost_beside, get
from tests.translating import english, press_publish, submit, translate, translation_of

HERE = ZoneInfo("Europe/Stockholm")


def at(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=HERE)


def event(title: str, below, starts: datetime.datetime, ends: datetime.datetime | None = None, **fields) -> EventPage:
    ends = ends or starts + datetime.timedelta(hours=2)
    return scratch.write(title, below, EventPage, starts_at=starts, ends_at=ends, **{"city": "Trollhättan", **fields})


def words(html: str) -> str:
    """The text of the main part of a page, as one line."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.replace("&nbsp;", " "))).replace("\u00a0", " ")


@pytest.fixture
def only(page) -> Page:
    """The calendar with nothing of the demo in it."""
    EventPage.objects.update(live=False)
    return page("calendar")


@pytest.fixture
def november():
    with time_machine.travel(at(2026, 11, 22, 12), tick=False):
        yield


# When it is


def test_an_event_lies_under_its_year_and_month_in_both_languages(client, page):
    held = page("partner-meeting-april-2024")
    assert held.url == "/motesplatser/kalender/2024/04/strategisk-partnertraff/"
    html = get(client, held.url)
    assert f'<link rel="canonical" href="http://localhost:8000{held.url}">' in html
    assert "/en/meeting-places/calendar/2024/04/strategic-partner-meeting/" in html
    assert 'href="/motesplatser/kalender/2024/04/"' in html


@pytest.mark.parametrize("date", ["2024/05", "2023/04", "0001/01", "9999/99"])
def test_a_wrong_month_leads_to_the_right_one(client, page, date):
    held = page("partner-meeting-april-2024")
    response = client.get(f"/motesplatser/kalender/{date}/{held.slug}/")
    assert (response.status_code, response["Location"]) == (301, held.url)


@pytest.mark.parametrize(
    "path", ["2024/13/", "2024/05/", "2024/04/26/", "2024/04/finns-inte/", "2024/04/26/x/", "20240/", "2024/x/"]
)
def test_an_address_that_means_nothing_is_refused(client, page, path):
    assert client.get(page("calendar").url + path).status_code == 404


def test_an_event_that_moves_to_another_month_leaves_a_redirect(client, only):
    moving = event("Flyttar", only, at(2030, 1, 10, 9))
    old = moving.url
    moving.starts_at, moving.ends_at = at(2030, 2, 10, 9), at(2030, 2, 10, 10)
    moving.save_revision().publish()
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, scratch.reread(moving).url)


def test_a_night_over_the_change_to_summer_time_shows_the_clocks_on_the_wall(client, only):
    night = event("Natten", only, at(2026, 3, 28, 22), at(2026, 3, 29, 6))
    night = scratch.reread(night)
    assert night.ends_at - night.starts_at == datetime.timedelta(hours=7)
    assert "lördag 28 mars 2026 kl. 22 – söndag 29 mars 2026 kl. 6" in words(get(client, night.url))
    html = get(client, night.url)
    assert 'datetime="2026-03-28T22:00:00+01:00"' in html
    month = words(get(client, f"{only.url}2026/03/"))
    assert re.search(r"28 lördag .* Natten .* 29 söndag .* Natten", month)


def test_a_night_over_the_change_to_winter_time_shows_the_clocks_on_the_wall(client, only):
    night = scratch.reread(event("Natten", only, at(2026, 10, 24, 22), at(2026, 10, 25, 6)))
    assert night.ends_at - night.starts_at == datetime.timedelta(hours=9)
    assert "lördag 24 oktober 2026 kl. 22 – söndag 25 oktober 2026 kl. 6" in words(get(client, night.url))


def test_the_first_minute_of_a_month_belongs_to_it_by_swedish_clocks(client, only):
    """It is still the month before in UTC, also where a list only fetches the day."""
    early = event("Nyår", only, at(2027, 1, 1, 0, 30))
    assert early.starts_at.astimezone(datetime.UTC).year == 2026
    assert early.url == f"{only.url}2027/01/nyar/"
    [listed] = as_own_types(Page.objects.filter(pk=early.pk))
    assert listed.url == early.url
    with timezone.override("America/New_York"):
        assert scratch.reread(early).url == early.url
    assert "Nyår" in get(client, f"{only.url}2027/01/")
    assert client.get(f"{only.url}2026/12/").status_code == 404 or "Nyår" not in get(client, f"{only.url}2026/12/")


def test_whole_days_have_no_times_and_last_until_midnight(client, only):
    days = event("Dagarna", only, at(2026, 10, 24, 9), at(2026, 10, 26, 15), all_day=True)
    days = scratch.reread(days)
    assert (days.starts_at, days.ends_at) == (at(2026, 10, 24), at(2026, 10, 26, 23, 59))
    assert "lördag 24 oktober 2026 – måndag 26 oktober 2026" in words(get(client, days.url))
    assert "kl." not in words(get(client, days.url))
    with time_machine.travel(at(2026, 10, 26, 23, 30)):
        assert "Dagarna" in get(client, only.url)
    with time_machine.travel(at(2026, 10, 27, 0, 30)):
        assert "Dagarna" not in get(client, only.url)


def test_what_ends_at_midnight_takes_nothing_of_the_day_that_begins(client, only):
    event("Sent", only, at(2026, 11, 24, 20), at(2026, 11, 25, 0))
    assert "25 onsdag" not in words(get(client, f"{only.url}2026/11/"))


def test_an_event_cannot_end_before_it_begins(only):
    wrong = event("Fel", only, at(2026, 11, 24, 20))
    wrong.ends_at = at(2026, 11, 24, 19)
    with pytest.raises(ValidationError, match="slutar innan"):
        wrong.clean()


# How it stands


def test_a_cancelled_event_keeps_its_page_and_says_so_first_in_words(client, page, only, november):
    off = event(
        "Träffen",
        only,
        at(2026, 12, 17, 13),
        status="cancelled",
        status_note="Vi ses i februari.",
        registration_mail="a@example.org",
    )
    html = get(client, off.url)
    assert "<title>Inställd: Träffen" in html
    assert re.search(r"<h1[^>]*>Inställd: Träffen</h1>", html)
    assert "Vi ses i februari." in html
    assert "Anmäl dig" not in html
    for address in (only.url, "/", f"{only.url}2026/12/"):
        shown = words(get(client, address))
        assert re.search(r"Inställd\s+Träffen", shown), address
    with translation.override("en"):
        assert off.said_first == "Cancelled"


def test_a_moved_event_says_from_when_to_when(client, only, november):
    moved = event("Dialog", only, at(2027, 1, 14, 9, 30), status="postponed", postponed_from=at(2026, 12, 17, 9, 30))
    shown = words(get(client, moved.url))
    assert "Flyttad: Dialog" in shown
    assert "från torsdag 17 december 2026 kl. 9.30 till torsdag 14 januari 2027 kl. 9.30" in shown
    moved.postponed_from = None
    with pytest.raises(ValidationError, match="skulle ha börjat"):
        moved.clean()


@pytest.mark.parametrize(("code", "row"), [("sv", "Språk Svenska, engelska"), ("en", "Language Swedish, English")])
def test_the_languages_of_an_event_are_written_as_the_page_writes_them(client, page, code, row):
    assert row in words(get(client, page("future-dialogue-event", code).url))


def test_what_came_of_it_stands_first_when_it_is_over(client, only):
    text = {"body": [("paragraph", "<p>Välkommen hit.</p>")], "documentation": [("paragraph", "<p>Så blev det.</p>")]}
    past = event("Varit", only, at(2026, 11, 10, 9), registration_mail="a@example.org", **text)
    with time_machine.travel(at(2026, 11, 1)):
        before = words(get(client, past.url))
        assert before.index("Välkommen hit") < before.index("Så blev det")
        assert "Anmäl dig" in before
    with time_machine.travel(at(2026, 11, 11)):
        after = words(get(client, past.url))
        assert after.index("Så blev det") < after.index("Välkommen hit")
        assert "Händelsen är genomförd" in after
        assert "Anmäl dig" not in after


def test_nobody_registers_after_the_last_day(client, only):
    open_for = event(
        "Anmälan", only, at(2026, 11, 30, 9), registration_url="https://example.org/", last_registration=datetime.date(2026, 11, 24)
    )
    with time_machine.travel(at(2026, 11, 24, 23, 30)):
        assert "Anmäl dig" in get(client, open_for.url)
    with time_machine.travel(at(2026, 11, 25, 0, 30)):
        assert "Anmäl dig" not in get(client, open_for.url)


# Where a visitor meets it


def test_the_calendar_and_the_front_page_show_what_comes_soonest_first_and_nothing_past(client, only, november):
    event("Tredje", only, at(2027, 1, 14, 9))
    event("Andra", only, at(2026, 12, 1, 9))
    event("Pågår", only, at(2026, 11, 22, 10), at(2026, 11, 22, 14))
    event("Förbi", only, at(2026, 11, 22, 8), at(2026, 11, 22, 10))
    for address in (only.url, "/"):
        shown = words(get(client, address))
        assert "Förbi" not in shown
        assert shown.index("Pågår") < shown.index("Andra") < shown.index("Tredje"), address
    assert get(client, "/").count("<b>3</b>") >= 1
    assert f'href="{only.url}2026/11/"' in get(client, only.url), "what is over this month is one step back"
    assert "Förbi" in get(client, f"{only.url}2026/11/")
    assert "Förbi" in get(client, f"{only.url}2026/")


def test_an_area_shows_its_coming_events_with_their_day(client, only, november):
    area = FocusAreaPage.objects.filter(locale__language_code="sv").first()
    for title, day in (("Kommer", 30), ("Gick", 2)):
        made = event(title, only, at(2026, 11, day, 9), status="cancelled" if title == "Kommer" else "scheduled")
        AreaLink.objects.create(page=made, area=area.area)
    shown = words(get(client, area.url))
    assert re.search(r"Inställd\s+Kommer\s+30 november 2026", shown)
    assert "Gick" not in shown


def test_a_month_is_a_list_by_day_with_ways_to_the_months_around(client, only, november):
    event("I mars", only, at(2026, 3, 2, 9))
    event("Tidig", only, at(2026, 11, 24, 9))
    event("Senare samma dag", only, at(2026, 11, 24, 15))
    event("I december", only, at(2026, 12, 1, 9))
    html = get(client, f"{only.url}2026/11/")
    month = html.partition('<ol class="cal')[2].partition("</ol>")[0]
    assert month.count("<li>") == 1
    assert month.index("Tidig") < month.index("Senare samma dag")
    assert '<time class="d" datetime="2026-11-24">' in month
    assert f'href="{only.url}2026/03/" rel="prev"' in html
    assert f'href="{only.url}2026/12/" rel="next"' in html
    assert "I december" not in html.partition("<main")[2]


def test_this_month_is_there_though_nothing_happens_in_it(client, only, november):
    event("I december", only, at(2026, 12, 1, 9))
    assert "Inget är planerat" in get(client, f"{only.url}2026/11/")
    assert client.get(f"{only.url}2026/10/").status_code == 404


def test_an_empty_calendar_says_so_and_the_front_page_passes_it_over(client, only):
    assert "Inget är planerat" in get(client, only.url)
    assert "Vi ses snart" not in get(client, "/")


@pytest.mark.parametrize("query", ["type=workshop", "format=online", "city=Uddevalla", "language=swl", "topic=risk", "area=portal"])
def test_the_calendar_is_narrowed_by_what_visitors_ask(client, only, november, query):
    fits = event("Passar", only, at(2026, 12, 1, 9), event_type="workshop", format="online", city="Uddevalla")
    fits.languages.add(EventLanguage(language="swl"))
    fits.topic_links.add(TopicLink(topic=Topic.objects.get(code="risk")))
    fits.area_links.add(AreaLink(area=FocusArea.objects.get(code="portal")))
    fits.save()
    event("Passar inte", only, at(2026, 12, 2, 9), city="")
    listing = client.get(f"{only.url}?{query}").context["listing"]
    assert [item.title for item in listing.page.object_list] == ["Passar"]
    towns = {option.value for facet in listing.facets if facet.name == "city" for option in facet.options}
    assert "" not in towns


def test_news_and_event_lead_to_each_other_in_the_language_of_the_page(client, page):
    for language in ("sv", "en"):
        item, about = page("partner-meeting-2024", language), page("partner-meeting-april-2024", language)
        assert f'href="{about.url}"' in get(client, item.url).partition("<main")[2]
        assert f'href="{item.url}"' in get(client, about.url).partition('id="related"')[2]


def test_an_organisation_shows_its_events_and_what_it_does_there(client, page):
    host = Organisation.objects.get(code="kunskapsforbundet-vast")
    shown = words(get(client, host.get_url()))
    assert "Strategisk partnerträff Händelse, 26 april 2024, arrangerar tillsammans med andra" in shown


def test_an_organisation_costs_the_same_with_3_and_with_30_events(cost, only):
    first, host, costs = only.get_children().type(EventPage).first().specific, Organisation.objects.get(code="gkn-aerospace"), []
    first.live = True
    for more in (3, 27):
        for copy in live_copies(first, more):
            EventOrganiser.objects.create(event=copy, organisation=host)
        costs.append(cost(host.get_url()))
    assert costs[0] == costs[1]


def test_hidden_organisers_news_and_events_are_not_named(client, page):
    about, item = page("partner-meeting-april-2024"), page("partner-meeting-2024")
    organisation = Organisation.objects.get(code="university-west")
    Organisation.objects.filter(pk=organisation.pk).update(live=False)
    assert organisation.name not in get(client, about.url).partition('class="list-facts"')[2].partition("</dl>")[0]
    Organisation.objects.filter(pk=organisation.pk).update(live=True)
    PageViewRestriction.objects.create(page=item, restriction_type="login")
    assert item.title not in get(client, about.url)
    PageViewRestriction.objects.all().delete()
    PageViewRestriction.objects.create(page=about, restriction_type="login")
    assert about.url not in get(client, item.url)
    assert about.pk not in [mention.page.pk for mention in pages_naming(organisation, "sv")]
    assert client.get(f"/api/v2/pages/{item.pk}/").json()["event"] is None


def test_swedish_sign_language_was_once_kept_as_the_spanish_one(page, django_capture_on_commit_callbacks):
    """In rows, in versions of a page and in what is being translated."""
    event = page("open-meeting-skills")
    event.languages = [EventLanguage(language="ssp")]
    version = event.save_revision(clean=False)
    version.publish()
    source, _ = TranslationSource.update_or_create_from_instance(event)
    renamed = importlib.import_module("knowledge.migrations.0008_swedish_sign_language")
    renamed.rename(apps, None)
    assert [row.language for row in page("open-meeting-skills").languages.all()] == ["swl"]
    version.refresh_from_db()
    assert [row["language"] for row in version.content["languages"]] == ["swl"]
    source.refresh_from_db()
    assert "ssp" not in source.content_json


# What it costs, and what it gives to programs


def dressed(below, total: int) -> None:
    """So many coming events, each with organisers, a picture and subjects of its own."""
    first = below.get_children().type(EventPage).first().specific
    first.live = True
    topics, images, hosts = list(Topic.objects.all()), list(PortalImage.objects.all()), list(Organisation.objects.all())
    for n, copy in enumerate(live_copies(first, total)):
        day = at(2027, 1, 1, 9) + datetime.timedelta(days=n)
        EventPage.objects.filter(pk=copy.pk).update(
            starts_at=day, ends_at=day + datetime.timedelta(hours=1), status="scheduled", hero_image=images[n % len(images)]
        )
        EventOrganiser.objects.create(event=copy, organisation=hosts[n % len(hosts)])
        EventLanguage.objects.create(event=copy, language="sv")
        TopicLink.objects.create(page=copy, topic=topics[n % len(topics)])


def test_the_calendar_costs_the_same_for_3_and_30(cost, only, november):
    costs = []
    for more in (3, 27):
        dressed(only, more)
        costs.append([cost(address) for address in (only.url, f"{only.url}2027/01/", f"{only.url}2027/")])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 10


def test_an_event_costs_at_most_twelve_queries(client, cost, page):
    assert cost_beside(client, cost, page("partner-meeting-april-2024").url, page("question-hour").url) <= 12


def test_the_api_gives_times_places_and_organisers(client, page):
    held = page("partner-meeting-april-2024", "en")
    answer = client.get(f"/api/v2/pages/{held.pk}/").json()
    assert (answer["starts_at"], answer["ends_at"]) == ("2024-04-26T00:00:00+02:00", "2024-04-26T23:59:00+02:00")
    assert (answer["all_day"], answer["status"], answer["format"]) == (True, "held", "on_site")
    assert [row["role"] for row in answer["organisers"]] == ["organiser", "co_organiser"]
    assert [row["language"] for row in answer["languages"]] == ["sv"]
    listed = client.get(
        "/api/v2/pages/", {"type": "knowledge.EventPage", "locale": "en", "event_type": "question_hour", "fields": "city"}
    ).json()
    assert [item["title"] for item in listed["items"]] == ["Question hour for those who want to find researchers"]


# Two languages, and the demo


def test_a_translation_has_the_same_times_and_place_and_words_of_its_own(signed_in, only, django_capture_on_commit_callbacks):
    client = signed_in("admin")
    original = event(
        "Verkstad", only, at(2026, 12, 9, 9), place_name="Verkstan", address="Exempelvägen 4", event_type="workshop", cost=150
    )
    item = {"time": datetime.time(9), "title": "Start", "text": "", "speakers": ""}
    original.programme = [("item", item)]
    original.organisers = [EventOrganiser(organisation=Organisation.objects.first(), role="co_organiser")]
    original.languages.add(EventLanguage(language="swl"))
    original.save_revision().publish()
    original = scratch.reread(original)
    submit(client, original)
    translate(client, original)
    press_publish(client, original, django_capture_on_commit_callbacks)
    twin = english(original)
    same = ["starts_at", "ends_at", "status", "format", "event_type", "address", "city", "cost"]
    assert [getattr(twin, name) for name in same] == [getattr(original, name) for name in same]
    assert (twin.title, twin.place_name) == ("EN Verkstad", "EN Verkstan")
    assert (twin.programme[0].value["time"], twin.programme[0].value["title"]) == (datetime.time(9), "EN Start")
    assert [row.role for row in twin.organisers.all()] == ["co_organiser"]
    assert [row.language for row in twin.languages.all()] == ["swl"]
    original.starts_at, original.ends_at = at(2027, 2, 9, 9), at(2027, 2, 9, 12)
    original.save_revision().publish()
    update = reverse("wagtail_localize:update_translations", args=[translation_of(original).source_id])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(update, {"publish_translations": "on"}).status_code == 302
    press_publish(client, original, django_capture_on_commit_callbacks)
    assert english(original).starts_at == at(2027, 2, 9, 9)


def test_a_draft_may_lack_its_time_and_its_organiser_but_nothing_published_does(signed_in, page):
    form = EventPage.get_edit_handler().get_form_class()
    assert {"starts_at", "ends_at"} <= set(form._meta.fields)
    assert not EventPage._meta.get_field("starts_at").blank
    draft = EventPage(title="Utan tid", slug="utan-tid", lead="Snart.", live=False, locale=page("calendar").locale)
    page("calendar").add_child(instance=draft)
    assert signed_in("admin").get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code == 200
    assert draft.make_preview_request().status_code == 200


def test_the_demo_tells_days_from_the_day_it_is_loaded(november):
    assert in_time({"in_days": 4, "weekday": "thursday", "at": "13:00"}) == at(2026, 11, 26, 13)
    assert in_time({"in_days": 5, "weekday": "thursday", "at": "13:00"}) == at(2026, 12, 3, 13)
    assert in_time({"in_days": 30, "weekday": "thursday", "at": "13:00"}) == at(2027, 1, 7, 13), "nobody meets on Christmas Eve"
    assert in_time({"in_days": -2}) == datetime.date(2026, 11, 20)
    assert in_time(datetime.datetime(2024, 7, 1, 9)) == at(2024, 7, 1, 9)
    assert in_time({"sv": "a", "en": "b"}) == {"sv": "a", "en": "b"}


def test_a_block_lists_what_comes_and_what_is_new_in_the_language_of_its_page(client, only, november):
    event("Kommer", only, at(2026, 12, 1, 9))
    event("Gick", only, at(2026, 11, 2, 9))
    blocks = [
        ("newest", {"heading": "På gång", "kind": kind, "count": 3, "area": None, "topic": None}) for kind in ("event", "news")
    ]
    plain = scratch.write("Med listor", model=StandardPage, body=blocks)
    shown = words(get(client, plain.url))
    assert "Kommer" in shown
    assert "Gick" not in shown
    newest = NewsPage.objects.live().filter(locale=plain.locale).order_by("-date").first()
    assert newest.title in shown


def test_a_block_lists_only_what_has_the_chosen_topic(client, only, november):
    topic = Topic.objects.get(code="risk")
    fits = event("Risker", only, at(2026, 12, 1, 9))
    TopicLink.objects.create(page=fits, topic=topic)
    event("Annat", only, at(2026, 12, 2, 9))
    block = ("newest", {"heading": "", "kind": "event", "count": 3, "area": None, "topic": topic})
    shown = words(get(client, scratch.write("Om risk", model=StandardPage, body=[block]).url))
    assert "Risker" in shown
    assert "Annat" not in shown


def test_the_demo_has_events_of_every_standing(page):
    assert set(EventPage.objects.live().values_list("status", flat=True)) == {"scheduled", "cancelled", "postponed", "held"}
    assert set(EventPage.objects.live().values_list("format", flat=True)) == {"on_site", "online", "hybrid"}
