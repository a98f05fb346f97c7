"""News: dated for ever, quick to write, honest about their age."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.models import PortalImage, TopicLink
from cms.vocabulary.models import Topic
from directory.models import Organisation
from knowledge.models import NewsOrganisation, NewsPage
from tests import scratch
from tests.copies import live_copies
from tests.test_guides import cost_beside, get


def news(title: str, below, **fields) -> NewsPage:
    return scratch.write(title, below, NewsPage, **{"lead": "Det hände.", "date": datetime.date(2025, 3, 14), **fields})


def test_a_news_item_lies_under_its_date(client, page):
    item = page("partner-meeting-2024")
    assert item.url == "/nyheter/2024/04/29/strategisk-partnertraff-i-dromfabriken/"
    html = get(client, item.url)
    assert '<time datetime="2024-04-29">29\u00a0april 2024</time>' in html
    assert f'<link rel="canonical" href="http://localhost:8000{item.url}">' in html
    assert "/en/news/2024/04/29/" in html


@pytest.mark.parametrize("date", ["2024/04/28", "2023/04/29", "0001/01/01", "9999/99/99"])
def test_a_wrong_date_leads_to_the_right_one(client, page, date):
    item = page("partner-meeting-2024")
    response = client.get(f"/nyheter/{date}/{item.slug}/")
    assert (response.status_code, response["Location"]) == (301, item.url)


@pytest.mark.parametrize(
    "path",
    [
        "2024/13/",
        "2024/00/",
        "0000/",
        "20240/",
        "2024/04/29/",
        "2024/04/29/finns-inte/",
        "2024/04/29/x%00/",
        "99999999999999999999/",
    ],
)
def test_an_address_that_means_nothing_is_refused(client, page, path):
    assert client.get(page("news").url + path).status_code in (400, 404)


def test_archives_lead_on_from_the_item(client, page):
    item = page("partner-meeting-2024")
    html = get(client, item.url)
    assert 'href="/nyheter/2024/"' in html
    assert 'href="/nyheter/2024/04/"' in html
    assert client.get("/nyheter/2024/04/").status_code == 200


def test_what_it_is_about_is_nothing_of_the_footer(client, page):
    html = client.get(page("partner-meeting-2024").url).content.decode()
    assert html.count("<h2>Om webbplatsen</h2>") == client.get("/").content.decode().count("<h2>Om webbplatsen</h2>")


def test_the_month_before_is_the_nearest_that_has_news(client, page):
    below = page("news")
    news("Äldre", below, date=datetime.date(2019, 12, 31))
    item = news("Yngre", below, date=datetime.date(2020, 5, 1))
    html = get(client, item.url)
    assert 'href="/nyheter/2019/12/"' in html
    assert "December 2019" in html


def test_old_news_says_so_after_twelve_months(client, page):
    item = news("Möte", page("news"), date=datetime.date(2025, 3, 14))
    notice = "Nyheten är äldre än tolv månader"
    with time_machine.travel(datetime.datetime(2026, 3, 14, 12, tzinfo=datetime.UTC)):
        assert notice not in get(client, item.url)
    with time_machine.travel(datetime.datetime(2026, 3, 15, 12, tzinfo=datetime.UTC)):
        assert notice in get(client, item.url)


def test_organisations_are_named_with_their_part_and_only_if_they_are_public(client, page):
    shown, hidden = Organisation.objects.filter(live=True)[:2]
    Organisation.objects.filter(pk=hidden.pk).update(live=False)
    item = news(
        "Träff",
        page("news"),
        organisations=[NewsOrganisation(organisation=shown, role="participated"), NewsOrganisation(organisation=hidden)],
    )
    html = get(client, item.url)
    assert shown.name in html
    assert "deltog" in html
    assert hidden.name not in html


def test_a_picture_whose_people_no_longer_agree_is_gone(client, page):
    item = page("partner-meeting-2024")
    assert '<figure class="wide-pic">' in get(client, item.url)
    PortalImage.objects.filter(pk=item.hero_image_id).update(consent_status="withdrawn")
    assert '<figure class="wide-pic">' not in get(client, item.url)


def test_a_news_item_needs_five_fields_and_no_more(signed_in, page):
    fields = {
        "title": "Vi öppnar på måndag",
        "slug": "vi-oppnar-pa-mandag",  # the editor's page makes it from the title
        "lead": "Portalen öppnar.",
        "date": "2026-11-23",
        "hero_image": PortalImage.objects.first().pk,
        "body": streamfield([("paragraph", rich_text("<p>Välkomna.</p>"))]),
        "news_type": "news",
        "review_interval": "12",
        "public_reviewer": "role",
        "language_policy": "both",
        **{
            name: inline_formset([])
            for name in ("area_links", "topic_links", "audience_links", "goal_links", "related_links", "organisations", "comments")
        },
    }
    address = reverse("wagtailadmin_pages:add", args=["knowledge", "newspage", page("news").pk])
    signed_in("admin").post(address, nested_form_data(fields) | {"action-publish": "1"})
    item = NewsPage.objects.get(title="Vi öppnar på måndag")
    assert item.live
    assert item.url == "/nyheter/2026/11/23/vi-oppnar-pa-mandag/"


def test_a_preview_shows_the_draft_and_leads_nowhere_else(page):
    item = page("partner-meeting-2024")
    item.title, item.date = "Nytt namn", datetime.date(2030, 1, 1)
    response = item.make_preview_request()
    assert response.status_code == 200
    assert "Nytt namn" in response.render().content.decode()


def test_a_list_of_news_costs_the_same_for_3_30_and_300(cost, page):
    below, item, topics, images = (
        page("news"),
        page("partner-meeting-2024"),
        list(Topic.objects.all()),
        list(PortalImage.objects.all()),
    )
    organisations, costs = list(Organisation.objects.all()), []
    NewsPage.objects.exclude(pk=item.pk).update(live=False)
    for more in (2, 27, 270):
        copies = list(enumerate(live_copies(item, more)))
        for n, copy in copies:
            copy.hero_image, copy.date = images[n % len(images)], item.date + datetime.timedelta(days=n)
        NewsPage.objects.bulk_update([copy for _, copy in copies], ["hero_image", "date"])
        NewsOrganisation.objects.bulk_create(
            [NewsOrganisation(news=copy, organisation=organisations[n % len(organisations)]) for n, copy in copies]
        )
        TopicLink.objects.bulk_create([TopicLink(page=copy, topic=topics[n % len(topics)]) for n, copy in copies])
        costs.append(cost(below.url))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 10


def test_a_news_item_costs_at_most_twelve_queries(client, cost, page):
    assert cost_beside(client, cost, page("partner-meeting-2024").url, page("portal-opens").url) <= 12
