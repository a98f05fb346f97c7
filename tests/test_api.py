"""The read API for other programs: Wagtail's own, the same for everybody, with nothing private in it and no error of ours."""

import datetime
import io
import json

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.kinds import kinds
from cms.models import PortalDocument, PortalImage
from cms.public import public_pages
from directory.models import Organisation
from knowledge.models import NewsOrganisation
from tests.scratch import news, news_list, write

pytestmark = pytest.mark.django_db

PAGES, IMAGES, DOCUMENTS = "/api/v2/pages/", "/api/v2/images/", "/api/v2/documents/"


def read(client, address: str, **params) -> dict:
    response = client.get(address, params)
    assert response.status_code == 200, (address, params, response.content)
    assert response.headers["Content-Type"] == "application/json"
    return response.json()


def ids(client, address: str = PAGES, **params) -> list[int]:
    return [item["id"] for item in read(client, address, **{"limit": 100, **params})["items"]]


@pytest.fixture
def private_collection(db) -> Collection:
    collection = Collection.get_first_root_node().add_child(name="Internt")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


@pytest.fixture
def document(db) -> PortalDocument:
    return PortalDocument.objects.create(title="Mall", file=ContentFile(b"mall", "mall.txt"))


# What it gives


def test_every_public_page_is_listed_once_and_nothing_else(client):
    found = []
    for offset in range(0, 300, 50):
        found += ids(client, offset=offset, limit=50)
    assert sorted(found) == sorted(public_pages().values_list("pk", flat=True))


@pytest.mark.parametrize("name", [name for name, kind in kinds().items() if kind.is_page])
def test_each_kind_of_page_is_reached_by_its_type_with_everything_it_shows(client, name):
    kind = kinds()[name]
    answer = read(client, PAGES, type=kind.model, locale="en", fields="*")
    assert answer["meta"]["total_count"] == kind.public("en").count()
    for item in answer["items"]:
        assert item["meta"]["kind"] == name
        assert item["title"]


def test_addresses_in_the_answer_are_those_that_a_visitor_meets(client, page):
    story = page("portal-opens", "en")
    for params in ({"type": "knowledge.NewsPage"}, {}):
        items = read(client, PAGES, slug=story.slug, **params)["items"]
        assert [item["meta"]["html_url"] for item in items] == [story.full_url]


def test_a_page_is_found_by_its_path_in_either_language(client, page):
    for language in ("sv", "en"):
        story = page("portal-opens", language)
        for path in (story.url, story.url.strip("/")):
            response = client.get(PAGES + "find/", {"html_path": path})
            assert response.status_code == 302
            assert f"/api/v2/pages/{story.pk}/" in response.headers["Location"]
    nothing = client.get(PAGES + "find/", {"html_path": "/en/no/such/"})
    assert nothing.status_code == 404
    assert nothing.json() == client.get(f"{PAGES}999999/").json() == client.get("/api/nope/").json()


def test_translations_of_a_page_are_found(client, page):
    swedish, english = page("portal-opens", "sv"), page("portal-opens", "en")
    assert ids(client, translation_of=swedish.pk) == [english.pk]


def test_topics_and_organisations_are_named_in_both_languages(client, page):
    method = page("one-question-one-hour")
    named = [row["topic"] for row in read(client, f"{PAGES}{method.pk}/")["topic_links"]]
    topics = [row.topic for row in method.topic_links.all()]
    assert sorted((topic["code"], topic["name_sv"], topic["name_en"]) for topic in named) == sorted(
        (topic.code, topic.name_sv, topic.name_en) for topic in topics
    )
    assert len(topics) > 1
    news = read(client, f"{PAGES}{page('partner-meeting-2024').pk}/")
    assert "GKN Aerospace" in [row["organisation"]["name_sv"] for row in news["organisations"]]


def test_days_and_times_are_written_as_iso_8601_has_them(client, page):
    item = read(client, f"{PAGES}{page('portal-opens').pk}/")
    assert datetime.date.fromisoformat(item["date"]) == page("portal-opens").date
    assert datetime.datetime.fromisoformat(item["meta"]["first_published_at"]).tzinfo


def test_bodies_have_the_shape_that_wagtail_gives_them(client, page):
    for page_id in ("strategic-partnerships", "one-question-one-hour", "portal-opens", "about-us"):
        item = page(page_id)
        shown = read(client, f"{PAGES}{item.pk}/")
        for name in ("body", "chapters", "steps"):
            if hasattr(item, name):
                value = getattr(item, name)
                assert shown[name] == json.loads(json.dumps(value.stream_block.get_api_representation(value), default=str))


def test_rich_text_comes_stored_or_ready_to_show(client, page):
    guide = page("strategic-partnerships")
    write("En länk", body=[("paragraph", f'<p>Se <a linktype="page" id="{guide.pk}">guiden</a>.</p>')])
    own = Page.objects.get(title="En länk")
    stored = read(client, f"{PAGES}{own.pk}/")["body"][0]["value"]
    shown = read(client, f"{PAGES}{own.pk}/", rich_text_format="html")["body"][0]["value"]
    assert stored == f'<p>Se <a linktype="page" id="{guide.pk}">guiden</a>.</p>'
    assert f'href="{guide.url}"' in shown
    assert guide.url in read(client, f"{PAGES}{own.pk}/", rich_text_format="markdown")["body"][0]["value"]


def test_a_picture_leads_to_a_file_that_is_served(client):
    file = io.BytesIO()
    Image.new("RGB", (40, 30)).save(file, "PNG")
    image = PortalImage.objects.create(title="Ny", file=ContentFile(file.getvalue(), "ny.png"), alt_sv="En svart bild", credit="Vi")
    item = read(client, IMAGES, title="Ny", fields="*")["items"][0]
    assert item["alt_sv"] == "En svart bild"
    address = item["meta"]["download_url"].removeprefix(settings.BASE_URL)
    assert client.get(address).headers["Location"].startswith("/media/")
    image.renditions.all().delete()
    image.file.delete(save=False)
    assert client.get(address).status_code == 404


def test_a_document_is_listed_with_the_address_that_asks_for_permission(client, document):
    item = read(client, DOCUMENTS, title="Mall")["items"][0]
    assert item["meta"]["download_url"].endswith(document.url)


# What it never gives


def test_signed_in_or_not_the_answers_are_the_same(client, signed_in, page):
    closed = write("Stängd")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    staff = signed_in("admin")
    for address in (
        PAGES,
        f"{PAGES}?limit=100&fields=*",
        f"{PAGES}{closed.pk}/",
        f"{PAGES}{page('about-us').pk}/",
        IMAGES,
        DOCUMENTS,
    ):
        mine, theirs = staff.get(address), client.get(address)
        assert (mine.status_code, mine.content) == (theirs.status_code, theirs.content)
        assert "Cookie" not in theirs.headers.get("Vary", "")


def test_a_private_parent_is_not_named(client):
    parent = write("Hemlig avdelning", live=False)
    child = write("Öppen sida", parent)
    assert read(client, f"{PAGES}{child.pk}/")["meta"]["parent"] is None
    Page.objects.filter(pk=parent.pk).update(live=True)
    assert read(client, f"{PAGES}{child.pk}/")["meta"]["parent"]["title"] == "Hemlig avdelning"


def test_a_private_original_of_an_alias_is_not_named(client):
    original = write("Hemligt original", live=False)
    alias = write("Öppet alias", alias_of=original)
    assert read(client, f"{PAGES}{alias.pk}/")["meta"]["alias_of"] is None
    assert client.get(PAGES, {"alias_of": original.pk}).status_code == 400


def test_links_and_choices_of_private_pages_are_taken_out_of_bodies(client):
    closed, public = write("Stängd"), write("Öppen")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    text = f'<p>Se <a linktype="page" id="{closed.pk}">det där</a> och <a id="{public.pk}" linktype="page">det här</a>.</p>'
    cards = {"heading": "", "pages": [closed, public]}
    item = write(
        "Med länkar", body=[("paragraph", text), ("cards", cards), ("accordion", {"items": [{"heading": "F", "text": text}]})]
    )
    masked = f'<p>Se det där och <a id="{public.pk}" linktype="page">det här</a>.</p>'
    for rich_text_format, expected in (
        ("db_html", masked),
        ("html", masked.replace(f'id="{public.pk}" linktype="page"', f'href="{public.url}"')),
    ):
        body = read(client, f"{PAGES}{item.pk}/", rich_text_format=rich_text_format)["body"]
        assert body[0]["value"] == expected
        assert body[1]["value"]["pages"] == [None, public.pk]
        assert body[2]["value"]["items"][0]["text"] == expected


def test_media_of_a_private_collection_are_named_nowhere(client, private_collection, document):
    image = PortalImage.objects.first()
    text = f'<p><a linktype="document" id="{document.pk}">mallen</a></p>'
    item = write(
        "Med media",
        hero_image=image,
        body=[("paragraph", text), ("image", {"image": image, "size": "normal", "caption": "", "alt": ""})],
    )
    before = read(client, f"{PAGES}{item.pk}/")
    assert before["hero_image"]["id"] == before["body"][1]["value"]["image"] == image.pk
    assert before["body"][0]["value"] == text
    for media in (image, document):
        media.collection = private_collection
        media.save()
    after = read(client, f"{PAGES}{item.pk}/")
    assert after["hero_image"] is after["body"][1]["value"]["image"] is None
    assert after["body"][0]["value"] == "<p>mallen</p>"
    assert read(client, PAGES, type="home.StandardPage", fields="_,id,hero_image(_,title)", title="Med media")["items"] == [
        {"id": item.pk, "hero_image": None}
    ]
    assert image.pk not in ids(client, IMAGES)
    assert document.pk not in ids(client, DOCUMENTS)
    for address in (
        f"{IMAGES}{image.pk}/",
        f"{IMAGES}{image.pk}/file/",
        f"{DOCUMENTS}{document.pk}/",
        f"{IMAGES}find/?id={image.pk}",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "change", [{"consent_status": "withdrawn"}, {"consent_status": "missing"}, {"consent_until": datetime.date(2020, 1, 1)}]
)
def test_a_picture_whose_people_have_not_agreed_is_not_listed(client, change):
    image = PortalImage.objects.first()
    assert image.pk in ids(client, IMAGES)
    PortalImage.objects.filter(pk=image.pk).update(**change)
    assert image.pk not in ids(client, IMAGES)
    assert client.get(f"{IMAGES}{image.pk}/").status_code == 404


# Search


def test_what_is_searched_for_is_found_in_the_order_of_the_admin(client, sv, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        found = read(client, PAGES, search="partnerskapen", locale="sv", limit=100)
    assert 5 < found["meta"]["total_count"] < read(client, PAGES, locale="sv")["meta"]["total_count"]
    best = public_pages().filter(locale=sv).search("partnerskapen")[:100]
    assert [item["id"] for item in found["items"]] == [page.pk for page in best]
    by_title = ids(client, search="partnerskapen", locale="sv", order="title")
    assert sorted(by_title) == sorted(item["id"] for item in found["items"])
    assert ids(client, search="partnerskapen", locale="sv", offset=1, limit=2) == [item["id"] for item in found["items"][1:3]]


def test_nothing_private_is_found(client, indexing):
    closed, draft, public = write("Stängd zebrasten"), write("Utkast till zebrasten", live=False), write("Om zebrasten")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    assert ids(client, search="zebrasten") == [public.pk]
    assert draft.pk


@pytest.mark.parametrize("text", ["", '"', "a '", "-", "*", "((((", "ord " * 2000, "😀"])
def test_whatever_is_searched_for_is_no_error(client, text):
    assert client.get(PAGES, {"search": text}).status_code == 200


# Bad input

BAD = [
    "search=x&search_operator=nope",
    "search=%00",
    "nope=1",
    "limit=101",
    "limit=-1",
    "limit=abc",
    "limit=1e3",
    "offset=10001",
    "offset=1e20",
    "offset=99999999999999999999999999",
    "offset=-1",
    "order=nope",
    "order=--title",
    "order=area_links",
    "order=random&offset=1",
    "type=nope.Nope",
    "type=nope",
    "type=auth.User",
    "type=vocabulary.Topic",
    "locale=xx",
    "child_of=nope",
    "child_of=-1",
    "child_of=99999999999999999999999999",
    "descendant_of=nope",
    "ancestor_of=nope",
    "translation_of=nope",
    "first_published_at=yesterday",
    "show_in_menus=perhaps",
    "fields=nope",
    "fields=(",
    "fields=*,title",
    "fields=title(x)",
    "fields=" + "a(" * 3_000,
    "fields=" + "parent(" * 6,
    "rich_text_format=nope",
    "type=knowledge.MethodPage&difficulty=eesy",
    "type=knowledge.MethodPage&minutes_min=x",
    "type=knowledge.MethodPage&minutes_min=1e3",
    "type=knowledge.MethodPage&body=x",
    "type=knowledge.MethodPage&area_links=x",
    "type=knowledge.MethodPage&phase=x",
    "type=knowledge.NewsPage&date=2026-13-45",
    "type=knowledge.NewsPage&order=topic_links",
]


@pytest.mark.parametrize("query", BAD)
def test_what_cannot_be_meant_is_400_and_says_why(client, query):
    response = client.get(f"{PAGES}?{query}")
    assert response.status_code == 400
    assert response.json()["message"]


def test_events_are_found_by_where_they_take_place(client):
    events = {"type": "knowledge.EventPage", "locale": "sv", "fields": "format"}
    everywhere = [item["format"] for item in read(client, PAGES, **events)["items"]]
    assert len(set(everywhere)) == 3
    for where in set(everywhere):
        found = read(client, PAGES, **events, format=where)["items"]
        assert [item["format"] for item in found] == [where] * everywhere.count(where)
    assert len(read(client, PAGES, **events, format="json")["items"]) == len(everywhere), "JSON may be asked for by name"
    assert client.get(PAGES, {**events, "format": "xml"}).status_code == 400
    assert client.get(PAGES, {"type": "knowledge.NewsPage", "format": "hybrid"}).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "order=tags",
        "tags=a&order=-tags",
        "collection=1",
        "search=x&search_operator=nope",
        "title=a&titel=b",
        "limit=1000",
        "file=x",
    ],
)
def test_so_it_is_with_pictures_and_documents(client, query):
    for address in (IMAGES, DOCUMENTS):
        assert client.get(f"{address}?{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["nope=1", "limit=1", "fields=nope", "rich_text_format=x", "search=x", "fields=" + "hero_image(" * 900]
)
def test_so_it_is_with_a_single_item(client, page, query):
    assert client.get(f"{PAGES}{page('about-us').pk}/?{query}").status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "find/?id=x",
        "find/?id=99999999999999999999999",
        "find/?html_path=" + "a/" * 3000,
        "find/",
        "99999999999999999999999999/",
        "0/",
        "?format=xml",
        "?format=api",
    ],
)
def test_what_is_not_there_is_answered_in_json(client, address):
    response = client.get(PAGES + address)
    assert response.status_code in (400, 404)
    assert "message" in response.json()


@pytest.mark.parametrize(
    "address",
    [
        "/api",
        "/api/",
        "/api/nope",
        "/api/nope/",
        "/api/v2",
        "/api/v2/",
        "/api/v2/pages",
        "/api/v2/pages/x",
        "/api/v1/pages/",
        "/api/v2/pages/3",
    ],
)
def test_any_other_address_below_api_is_a_404_in_json_with_no_detour(client, address):
    for method in ("get", "head", "post", "options", "delete"):
        response = getattr(client, method)(address)
        assert response.status_code == 404
        assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_is_only_read(client, method):
    for address in (PAGES, IMAGES, f"{PAGES}3/"):
        assert getattr(client, method)(address, content_type="application/json").status_code == 405


def test_a_bad_sign_in_changes_nothing(client):
    for header in ("Basic !!!", "Basic dXNlcjpwYXNz", "Bearer x"):
        assert client.get(PAGES, headers={"Authorization": header}).status_code == 200


# What it costs


def spent(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("", 10),
        ("?fields=*", 10),
        ("?type=knowledge.NewsPage&fields=lead,hero_image,topic_links(topic)", 10),
        ("?type=knowledge.NewsPage&fields=*", 14),
        ("?type=knowledge.NewsPage&fields=*&rich_text_format=html", 16),
    ],
)
def test_a_list_costs_the_same_for_one_and_for_many(client, query, most):
    listing = news_list("Mer nytt")
    image = PortalImage.objects.first()
    for number in range(30):
        other = write(f"Annan {number}")
        body = [
            ("paragraph", f'<p><a linktype="page" id="{other.pk}">x</a></p>'),
            ("cards", {"heading": "", "pages": [other]}),
            ("image", {"image": image}),
        ]
        item = news(f"Nytt {number}", datetime.date(2026, 1, 1 + number), listing, hero_image=image, body=body)
        NewsOrganisation.objects.create(news=item, organisation=Organisation.objects.first())
    client.get(PAGES)
    costs = [spent(client, f"{PAGES}{query}{'&' if query else '?'}limit={limit}&order=-id") for limit in (1, 20, 100)]
    assert costs[0] <= costs[1] == costs[2] <= most


def test_lists_of_pictures_cost_the_same_with_their_tags(client):
    for image in PortalImage.objects.all():
        image.tags.add("a", "b")
    client.get(IMAGES)
    costs = [spent(client, f"{IMAGES}?fields=*&limit={limit}") for limit in (1, 5, 100)]
    assert len(set(costs)) == 1
    assert costs[0] <= 10
