"""Whoever follows a kind from elsewhere gets what its list shows, in their language, and nothing that not everybody may see."""

import datetime
import json
import re
from html import unescape

import feedparser
import jsonfeed
import pytest
import time_machine
from django.conf import settings
from django.db.models import F
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from cms.kinds import kinds
from cms.models import PortalImage, TopicLink
from cms.sharing import rendition_to_share, size_of
from cms.vocabulary.models import Topic
from directory.models import Organisation, Person
from knowledge.models import EventPage, NewsPage
from tests.copies import live_copies
from tests.scratch import news, reread, write

pytestmark = pytest.mark.django_db

XML = ("rss", "atom")


def parsed(client, address: str) -> feedparser.FeedParserDict:
    """As a reader of feeds has it, who finds nothing wrong with it."""
    response = client.get(address)
    assert response.status_code == 200, response.text
    found = feedparser.parse(response.content)
    assert not found.bozo, found.bozo_exception
    return found


def titles(client, address: str) -> list[str]:
    return [entry.title for entry in parsed(client, address).entries]


def read_json(client, address: str) -> jsonfeed.Feed:
    return jsonfeed.Feed.parse_string(client.get(address).text)


# What is in them


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("form", XML)
def test_every_kind_has_a_feed_in_each_language_that_a_reader_understands(client, form, language):
    for kind in kinds().values():
        address = f"/feeds/{kind.name}.{form}?locale={language}"
        feed = parsed(client, address)
        with translation.override(language):
            assert feed.feed.title.startswith(str(kind.label))
            shown = {settings.BASE_URL + item.get_url() for item in kind.not_over(kind.public(language))}
        assert {entry.link for entry in feed.entries} == shown
        assert feed.feed.language == language
        assert settings.BASE_URL + address in {link.href for link in feed.feed.links if link.rel == "self"}
        assert feed.version == {"rss": "rss20", "atom": "atom10"}[form]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_kind_has_a_json_feed_with_the_same_things_in_it(client, language):
    for kind in kinds().values():
        address = f"/feeds/{kind.name}.json?locale={language}"
        response = client.get(address)
        assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
        feed, same = read_json(client, address), parsed(client, f"/feeds/{kind.name}.atom?locale={language}")
        assert json.loads(response.text)["version"] == feed.version
        assert feed.feed_url == settings.BASE_URL + address
        assert feed.language == language
        assert [(item.id, item.url, item.title) for item in feed.items] == [(e.id, e.link, e.title) for e in same.entries]
        assert all(item.content_text is not None for item in feed.items)


def test_what_was_made_known_last_comes_first(client, page):
    own = write("Egen lista", lists="news", model=type(page("news")))
    today = timezone.localdate()
    for days in (2, 0, 1):
        news(f"För {days} dagar sedan", today - datetime.timedelta(days=days), own)
    shown = [title for title in titles(client, "/feeds/news.rss") if title.startswith("För ")]
    assert shown == ["För 0 dagar sedan", "För 1 dagar sedan", "För 2 dagar sedan"]


def test_an_item_has_its_summary_topics_picture_and_dates(client, page):
    item = page("partner-meeting-2024")
    entry = next(e for e in parsed(client, "/feeds/news.atom").entries if e.title == item.title)
    assert unescape(entry.summary) == item.lead
    assert [tag.term for tag in entry.tags] == [topic.name for topic in item.topics]
    assert entry.published == item.first_published_at.isoformat()
    assert entry.updated == item.last_published_at.isoformat()
    NewsPage.objects.filter(pk=item.pk).update(first_published_at=timezone.now())
    dated = next(e for e in parsed(client, "/feeds/news.atom").entries if e.title == item.title)
    assert dated.published.startswith("2024-04-29T00:00:00+02:00"), "the day that it is dated, where it was not published that day"


def test_the_picture_goes_along_if_it_is_made_and_may_be_shown(client, page):
    item = page("partner-meeting-2024")
    client.get(item.url)  # makes it
    [picture] = [e.enclosures[0] for e in parsed(client, "/feeds/news.rss").entries if e.title == item.title]
    assert picture.type == "image/jpeg"
    assert int(picture.length) == size_of(rendition_to_share(item.hero_image_id)) > 0
    shown = next(each for each in read_json(client, "/feeds/news.json").items if each.title == item.title)
    assert shown.image.startswith(settings.BASE_URL)
    PortalImage.objects.filter(pk=item.hero_image_id).update(consent_status="withdrawn")
    write("Något ändras")
    assert not [e for e in parsed(client, "/feeds/news.rss").entries if e.title == item.title and e.enclosures]


def test_a_cancelled_event_says_so_and_one_that_is_over_is_gone(client, page):
    cancelled = EventPage.objects.live().get(status="cancelled", locale__language_code="sv")
    with time_machine.travel(cancelled.starts_at - datetime.timedelta(days=1)):
        assert f"Inställd: {cancelled.title}" in titles(client, "/feeds/event.rss")
    with time_machine.travel(cancelled.ends_at + datetime.timedelta(days=1)):
        assert not [title for title in titles(client, "/feeds/event.rss") if cancelled.title in title]


def test_an_item_is_the_same_one_when_its_title_and_its_date_change(client, page):
    item = news("Först så", timezone.localdate(), page("news"))
    before = next(e.id for e in parsed(client, "/feeds/news.rss").entries if e.title == "Först så")
    item.title, item.date = "Sedan så", item.date - datetime.timedelta(days=40)
    item.save_revision().publish()
    assert [e.id for e in parsed(client, "/feeds/news.rss").entries if e.title == "Sedan så"] == [before]


def test_signs_and_what_a_paste_left_behind_break_nothing(client, page):
    news("Du & jag <b>ihop</b>", timezone.localdate(), page("news"), lead="Rad\x0bett & <i>två</i>")
    for form in XML:
        entry = next(e for e in parsed(client, f"/feeds/news.{form}").entries if "Du" in e.title)
        assert unescape(entry.title) == "Du & jag <b>ihop</b>"
        assert unescape(entry.summary) == "Rad ett & <i>två</i>"
    item = next(item for item in read_json(client, "/feeds/news.json").items if "Du" in item.title)
    assert (item.title, item.content_text) == ("Du & jag <b>ihop</b>", "Rad ett & <i>två</i>")


# What may be chosen


def test_a_feed_is_narrowed_as_its_list_is(client, page):
    for kind, address in (("news", page("news").url), ("method", page("methods").url), ("event", page("calendar").url)):
        for facet in client.get(address).context["listing"].facets:
            for option in facet.options:
                choice = f"{facet.name}={option.value}"
                listed = client.get(f"{address}?{choice}").context["listing"]
                expected = {settings.BASE_URL + item.get_url() for item in listed.page.object_list}
                assert {e.link for e in parsed(client, f"/feeds/{kind}.rss?{choice}").entries} == expected, choice


def test_the_title_of_a_narrowed_feed_says_what_was_chosen_and_its_link_leads_to_that_list(client, page):
    topic = Topic.objects.get(code="accessibility")
    feed = parsed(client, "/feeds/news.rss?topic=accessibility").feed
    assert feed.title.startswith(f"Nyheter: {topic.name}")
    assert feed.link == f"{settings.BASE_URL}{page('news').url}?topic=accessibility"


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/feeds/nothing.rss", 404, "guide"),
        ("/feeds/news.xml", 404, "json"),
        ("/feeds/news.ics", 404, "atom"),
        ("/feeds/news.rss?locale=de", 400, "sv and en"),
        ("/feeds/news.rss?locale=%00", 400, ""),
        ("/feeds/news.rss?subject=x", 400, "topic"),
        ("/feeds/news.rss?type=rumour", 400, "press_release"),
        ("/feeds/method.rss?people=many", 400, "people"),
        ("/feeds/method.rss?people=-1", 400, "people"),
        ("/feeds/method.rss?minutes=7", 400, "minutes"),
        (f"/feeds/news.rss?topic={'x' * 5000}", 400, "topic"),
        ("/feeds/news.rss?topic=%ff", 400, ""),
        ("/feeds/news.rss?topic=nope", 400, "topic"),
    ],
)
def test_what_means_nothing_is_refused_and_says_what_there_is(client, address, status, said):
    response = client.get(address)
    assert response.status_code == status
    assert said in response.text


def test_a_topic_that_nothing_has_gives_an_empty_feed(client):
    Topic.objects.create(code="nobodys", name_sv="Ingens", name_en="Nobody's")
    for form in XML:
        assert titles(client, f"/feeds/news.{form}?topic=nobodys") == []
    assert read_json(client, "/feeds/news.json?topic=nobodys").items == []


def test_nobody_may_write_to_a_feed(client):
    assert client.post("/feeds/news.rss").status_code == 405
    assert client.head("/feeds/news.rss").status_code == 200


# What is asked for again


@pytest.mark.parametrize("address", ["/feeds/news.rss", "/feeds/news.atom?locale=en", "/feeds/news.json", "/feeds/event.ics"])
def test_what_has_not_changed_is_not_sent_again(client, address):
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"if-modified-since": first.headers["Last-Modified"]}).status_code == 304


def test_what_was_taken_away_is_gone_for_whoever_asks_again(client, page, alone):
    item = news("Tas tillbaka", timezone.localdate(), page("news"))
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=5)):
        first = client.get("/feeds/news.rss")
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=1)):
        reread(item).unpublish()
        for name, header in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified")):
            again = client.get("/feeds/news.rss", headers={name: first.headers[header]})
            assert again.status_code == 200
            assert "Tas tillbaka" not in again.text


def test_a_feed_tells_no_visitor_from_another(client, signed_in):
    closed = news("Stängd nyhet", timezone.localdate(), NewsPage.objects.live().first().get_parent().specific)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    for someone in (client, signed_in("admin")):
        response = someone.get("/feeds/news.rss")
        assert "Stängd nyhet" not in response.text
        assert "Cookie" not in response.headers.get("Vary", "")
        assert not response.cookies


def test_who_asked_to_be_kept_out_of_search_engines_is_in_no_feed(client):
    person = Person.objects.public().first()
    assert person.title in titles(client, "/feeds/person.rss")
    person.noindex = True
    person.save()
    assert person.title not in titles(client, "/feeds/person.rss")


def test_an_organisation_whose_time_is_over_is_in_no_feed(client):
    organisation = Organisation.objects.public().first()
    assert organisation.name in titles(client, "/feeds/organisation.atom")
    Organisation.objects.filter(pk=organisation.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    assert organisation.name not in titles(client, "/feeds/organisation.atom")


# Where one finds them, and what they cost


@pytest.mark.parametrize(("name", "language", "forms"), [("news", "sv", 3), ("calendar", "en", 4), ("methods", "en", 3)])
def test_a_list_names_its_feeds_for_programs_and_for_people_with_what_is_chosen(client, page, name, language, forms):
    listing = page(name, language)
    html = client.get(f"{listing.url}?topic=co-creation").text
    links = re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', html)
    feeds = [unescape(address) for content_type, address in links if content_type != "text/markdown"]
    assert len(feeds) == forms
    for address in feeds:
        assert address.endswith(f"?locale={language}&topic=co-creation")
        path = address.removeprefix(settings.BASE_URL)
        assert client.get(path).status_code == 200
        assert f'href="{path.replace("&", "&amp;")}"' in html.partition("<main")[2], "a link that one can see"
    assert ('href="webcal://' in html) is (name == "calendar")


def test_lists_of_rows_name_their_feeds_too(client):
    html = client.get("/en/find-contact/organisations/").text
    assert 'href="http://localhost:8000/feeds/organisation.rss?locale=en"' in html
    assert "Follow this list" in html


def test_the_front_page_names_the_feeds_of_what_it_shows(client):
    assert 'title="Nyheter (RSS)" href="http://localhost:8000/feeds/news.rss?locale=sv"' in client.get("/").text


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_feed_costs_the_same_for_3_and_30(cost, page, form):
    topics, images = list(Topic.objects.all()), list(PortalImage.objects.all())
    model = page("portal-opens")
    NewsPage.objects.exclude(pk=model.pk).update(live=False)
    costs = []
    for more in (2, 27):
        for n, copy in enumerate(live_copies(model, more)):
            NewsPage.objects.filter(pk=copy.pk).update(
                date=F("date") + datetime.timedelta(days=n), hero_image=images[n % len(images)]
            )
            TopicLink.objects.create(page=copy, topic=topics[n % len(topics)])
        costs.append(cost(f"/feeds/news.{form}"))
    assert costs[0] == costs[1] <= 10


@pytest.mark.plugin
def test_a_plugins_kind_has_feeds_without_a_line_of_its_own(client, page):
    from samverka_podcast.models import PodcastPage

    listing = write("Poddar", model=type(page("news")), lists="podcast")
    write("Första avsnittet", listing, model=PodcastPage, minutes=12)
    for form in XML:
        assert titles(client, f"/feeds/podcast.{form}?minutes=15") == ["Första avsnittet"]
    assert titles(client, "/feeds/podcast.rss?locale=en") == []
    assert client.get("/feeds/podcast.rss?minutes=2").status_code == 400
