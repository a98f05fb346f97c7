"""What not everybody may see appears nowhere, and appears everywhere when its time comes.

Three pages share a word that stands nowhere else: a plain page in the menu, a guide and a news item. They are shown on every
surface first, so that each of them is known to be able to show them.
"""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.models import AreaLink, PortalDocument, RelatedLink, TopicLink
from cms.vocabulary.models import Licence, Topic
from directory.models import Organisation
from home.models import FocusAreaPage
from knowledge.models import GuidePage, NewsOrganisation, NewsPage
from tests.scratch import home, reread, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexing")]

WORD, INSIDE = "kvastkvittra", "vinglibongo"  # in titles and addresses; only in what is written below them


class World:
    """The three pages, and everything that a visitor or a program meets them on."""

    def __init__(self, page):
        self.topic, self.organisation = Topic.objects.first(), Organisation.objects.public().first()
        self.area = FocusAreaPage.objects.filter(locale__language_code="sv").first()
        self.news_list, self.guides, self.directory = page("news"), page("guides"), page("find-contact")
        text = [("paragraph", f"<p>Här står {INSIDE}.</p>")]
        chapter = {"title": f"Kapitel {WORD}", "summary": "", "content": [{"type": "paragraph", "value": f"<p>{INSIDE}</p>"}]}
        today = timezone.localdate()
        self.plain = write(f"Sida {WORD}", home(), body=text, show_in_menus=True)
        self.guide = write(
            f"Guide {WORD}",
            self.guides,
            model=GuidePage,
            licence=Licence.objects.first(),
            body=text,
            chapters=[("chapter", chapter)],
        )
        self.news = write(f"Nyhet {WORD}", self.news_list, model=NewsPage, body=text, date=today, first_published_at=timezone.now())
        self.news.organisations.add(NewsOrganisation(organisation=self.organisation))
        self.pages: list[Page] = [self.plain, self.guide, self.news]
        for each in self.pages:
            each.topic_links.add(TopicLink(topic=self.topic))
            each.area_links.add(AreaLink(area=self.area.area))
            each.save()
        self.english = write("Something in English", of=self.plain, language="en")
        chosen = [
            ("cards", {"heading": "", "pages": self.pages}),
            ("call_to_action", {"text": "Läs", "page": self.plain, "url": ""}),
        ]
        linked = [("paragraph", f'<p><a linktype="page" id="{self.plain.pk}">länken</a></p>')]
        self.pointing = write("Pekar dit", body=[*chosen, *linked])
        self.pointing.related_links.add(RelatedLink(target=self.plain))
        self.pointing.save()

    def surfaces(self) -> dict[str, str]:
        month = f"{self.news.date:%Y/%m}/"
        return {
            "front page": "/",
            "menu of a page that is not there": "/finns/inte/",
            "list of guides": f"{self.guides.url}?topic={self.topic.code}",
            "list of news": self.news_list.url,
            "archive": self.news_list.url + month,
            "area": self.area.url,
            "topic": f"{self.directory.url}amnen/{self.topic.code}/",
            "organisation": self.organisation.get_url(),
            "search": f"{reverse('search')}?q={INSIDE}",
            "what points to them": self.pointing.url,
            "the other language": self.english.url,
            "sitemap of pages": "/sitemap-pages-1.xml",
            "sitemap of parts": "/sitemap-parts-1.xml",
            "feed": "/feeds/news.rss",
            "feed of a topic": f"/feeds/guide.atom?topic={self.topic.code}",
            "feed for programs": "/feeds/news.json",
            "list as Markdown": f"{self.news_list.url.rstrip('/')}.md",
            "what points to them as Markdown": f"{self.pointing.url.rstrip('/')}.md",
            "what there is for assistants": "/llms.txt",
            "API": "/api/v2/pages/?limit=100&order=-id&locale=sv&fields=*",
            "API of a kind": "/api/v2/pages/?limit=100&type=knowledge.NewsPage&order=-id&fields=*",
            "API, a chosen page": f"/api/v2/pages/{self.pointing.pk}/?rich_text_format=html",
            "API, translations": f"/api/v2/pages/?translation_of={self.english.pk}",
        }


@pytest.fixture
def world(page) -> World:
    return World(page)


def naming(client, world: World) -> set[str]:
    """The surfaces that show any of the pages."""
    return {name for name, address in world.surfaces().items() if WORD in client.get(address).content.decode()}


def counted(client, world: World) -> list:
    """Every number that a visitor or a program is told."""
    listings = [client.get(f"{each.url}?topic={world.topic.code}").context["listing"] for each in (world.guides, world.news_list)]
    facets = [
        (facet.name, option.value, option.count) for listing in listings for facet in listing.facets for option in facet.options
    ]
    api = [client.get("/api/v2/pages/", {"type": kind}).json()["meta"] for kind in ("knowledge.GuidePage", "wagtailcore.Page")]
    return [
        [listing.total for listing in listings],
        facets,
        api,
        client.get(reverse("search"), {"q": INSIDE}).context["results"].answer.total,
    ]


def take_back(world: World) -> None:
    for each in world.pages:
        reread(each).unpublish()


def restrict(world: World, restriction_type: str) -> None:
    for each in world.pages:
        restriction = PageViewRestriction(page=each, restriction_type=restriction_type)
        if restriction_type == "password":
            restriction.password = "ett långt lösenord"
        restriction.save()
        if restriction_type == "groups":
            restriction.groups.add(Group.objects.first())


def move_below_closed(world: World) -> None:
    closed = write("Stängd avdelning")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    for each in world.pages:
        reread(each).move(closed, pos="last-child")


HIDDEN: dict[str, Callable[[World], None]] = {
    "a draft": take_back,
    "for those signed in": lambda world: restrict(world, "login"),
    "for those with a password": lambda world: restrict(world, "password"),
    "for a group": lambda world: restrict(world, "groups"),
    "below a closed page": move_below_closed,
}


def test_every_surface_shows_a_public_page(client, world):
    assert naming(client, world) == set(world.surfaces())


@pytest.mark.parametrize("way", HIDDEN)
def test_what_is_hidden_appears_nowhere_and_is_counted_nowhere(client, signed_in, world, way):
    with_them = counted(client, world)
    HIDDEN[way](world)
    assert naming(client, world) == set()
    hidden = counted(client, world)
    for each in world.pages:
        reread(each).delete()
    assert hidden == counted(client, world) != with_them


@pytest.mark.parametrize("way", HIDDEN)
def test_its_owner_finds_it_in_the_admin_by_the_same_word(signed_in, world, way):
    HIDDEN[way](world)
    found = signed_in("admin").get("/admin/pages/search/", {"q": WORD}).content.decode()
    assert all(each.title in found for each in world.pages)


@pytest.mark.parametrize("way", HIDDEN)
def test_its_own_addresses_do_not_show_it(client, world, way):
    addresses = [each.url for each in world.pages]
    addresses += [world.guide.url + below for below in world.guide.parts_below().values()] + [f"{world.guide.url}?view=all"]
    addresses += [f"{address.rstrip('/')}.md" for address in addresses if "?" not in address]
    addresses += [f"/en{address}" for address in addresses] + [f"/api/v2/pages/{each.pk}/" for each in world.pages]
    assert all(WORD in client.get(address).content.decode() for address in addresses[:3])
    HIDDEN[way](world)
    for address in addresses:
        response = client.get(address)
        assert INSIDE not in response.content.decode()
        assert response.status_code in (200, 301, 302, 404)
        assert response.status_code != 200 or "password" in response.content.decode()


def test_a_page_comes_at_its_time_and_goes_at_its_time(client, world):
    take_back(world)
    now = timezone.now()
    comes, goes = now + datetime.timedelta(hours=1), now + datetime.timedelta(hours=3)
    for each in world.pages:
        scheduled = reread(each)
        scheduled.go_live_at, scheduled.expire_at = comes, goes
        scheduled.save_revision().publish()
    call_command("publish_scheduled")
    assert naming(client, world) == set()
    with time_machine.travel(comes + datetime.timedelta(minutes=1)):
        assert naming(client, world) == set()
        call_command("publish_scheduled")
        assert naming(client, world) == set(world.surfaces())
    with time_machine.travel(goes + datetime.timedelta(minutes=1)):
        call_command("publish_scheduled")
        assert naming(client, world) == set()


def test_an_unpublished_change_of_a_public_page_appears_nowhere(client, world):
    changed = reread(world.plain)
    changed.title, changed.lead = "Utkastets klurifax", "klurifax"
    changed.body = [("paragraph", "<p>klurifax</p>")]
    changed.save_revision()
    addresses = [*world.surfaces().values(), world.plain.url, f"/api/v2/pages/{world.plain.pk}/"]
    assert not [address for address in addresses if "klurifax" in client.get(address).content.decode()]
    assert client.get(reverse("search"), {"q": "klurifax"}).context["results"].answer.hits == []


def test_a_page_above_that_is_not_public_is_not_named_by_the_pages_below(client, world):
    below = write("Under", world.plain)
    assert WORD in client.get(below.url).content.decode()
    Page.objects.filter(pk=world.plain.pk).update(live=False, title="Klurifax")
    world.plain.refresh_from_db()
    world.plain.save()
    for address in (below.url, f"/api/v2/pages/{below.pk}/"):
        assert "Klurifax" not in client.get(address).content.decode()


def test_a_document_of_a_private_collection_is_for_those_signed_in(client, signed_in):
    collection = Collection.get_first_root_node().add_child(name="Internt")
    document = PortalDocument.objects.create(title="Mall", file=ContentFile(b"hemligt", "mall.txt"), collection=collection)
    assert b"hemligt" in b"".join(client.get(document.url).streaming_content)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    response = client.get(document.url)
    assert response.status_code == 302
    assert "login" in response.headers["Location"]
    assert client.get(f"/media/{document.file.name}").status_code == 404
    assert b"hemligt" in b"".join(signed_in("admin").get(document.url).streaming_content)
