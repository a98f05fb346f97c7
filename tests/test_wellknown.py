"""What programs look for at addresses that everybody knows."""

import datetime

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.kinds import kinds
from cms.models import PortalSettings
from knowledge.models import GuidePage
from tests.copies import live_copies
from tests.scratch import reread
from tests.test_markdown import headings, links

pytestmark = pytest.mark.django_db

SECURITY = "/.well-known/security.txt"


def fields(client) -> dict[str, str]:
    response = client.get(SECURITY)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in response.text.splitlines())


def test_whoever_finds_a_hole_is_told_whom_to_write_to(client):
    PortalSettings.objects.update(security_email="hal@example.org")
    found = fields(client)
    assert found["Contact"] == "mailto:hal@example.org"
    assert found["Preferred-Languages"] == "sv, en"
    assert found["Canonical"] == settings.BASE_URL + SECURITY


def test_the_sites_own_mailbox_stands_in_and_without_one_nobody_is_named(client):
    PortalSettings.objects.update(security_email="", contact_email="alla@example.org")
    assert fields(client)["Contact"] == "mailto:alla@example.org"
    settings_of_site = PortalSettings.objects.get()
    settings_of_site.contact_email = ""
    settings_of_site.save()
    assert client.get(SECURITY).status_code == 404


@pytest.mark.parametrize("days", [0, 200, 4000])
def test_it_is_never_out_of_date_and_never_good_for_more_than_a_year(client, days):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=days)):
        expires = datetime.datetime.fromisoformat(fields(client)["Expires"])
        assert datetime.timedelta(days=30) < expires - timezone.now() < datetime.timedelta(days=365)


def test_assistants_are_told_what_there_is_to_read_in_both_languages(client, page):
    text = client.get("/llms.txt").text
    lines = text.splitlines()
    assert headings(text)[0][0] == 1
    assert lines[2].startswith("> Svenska: ")
    found = links(text)
    for name in ("guide", "method", "checklist", "project"):
        for language in ("sv", "en"):
            for item in kinds()[name].public(language):
                assert settings.BASE_URL + item.get_url().rstrip("/") + ".md" in found
    assert {"Guider", "Guides", "Metodkort", "Method cards", "Optional"} <= {title for _, title in headings(text)}
    for address in [link.removeprefix(settings.BASE_URL) for link in found][::5]:
        assert client.get(address).status_code == 200, address


def test_assistants_are_told_of_nothing_that_not_everybody_may_read(client, page):
    guide, method = page("strategic-partnerships"), page("check-in-round")
    assert guide.title in client.get("/llms.txt").text
    PageViewRestriction.objects.create(page=guide, restriction_type="login")
    reread(method).unpublish()
    text = client.get("/llms.txt").text
    assert guide.slug not in text
    assert f"/{method.slug}.md" not in text


def test_the_list_costs_the_same_for_3_and_30(cost, page):
    before = cost("/llms.txt")
    live_copies(page("strategic-partnerships"), 27)
    assert GuidePage.objects.live().count() > 27
    assert cost("/llms.txt") == before <= 12
