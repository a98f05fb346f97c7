"""What an administrator decides for the whole site, and where a visitor meets it."""

import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from cms import frame
from cms.media import PortalImage
from cms.models import PortalSettings
from cms.renditions import SHARED, SIZES
from tests.forms import filled_in
from tests.scratch import write

pytestmark = pytest.mark.django_db

EDIT = reverse("wagtailsettings:edit", args=["cms", "portalsettings"])


@pytest.fixture
def portal(db) -> PortalSettings:
    return PortalSettings.objects.get()


def soup(client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def header(client, address: str) -> list[str]:
    return [link.text for link in soup(client, address).select("header nav li:not(.lang) a")]


def columns(client, address: str) -> dict[str, list[tuple[str, str]]]:
    found = soup(client, address).select("footer nav")
    return {nav.h2.text: [(link.text, link["href"]) for link in nav.select("a")] for nav in found}


def tags(client, address: str) -> dict[str, str]:
    return {tag["property"]: tag["content"] for tag in soup(client, address).select("meta[property]")}


# Header and footer


def test_the_header_shows_the_chosen_pages_in_their_order_in_each_language(client, page, portal):
    assert header(client, "/"), "without a choice, the pages of the first level"
    portal.header_menu = [("page", page("news")), ("page", page("guides", "en"))]
    portal.save()
    assert header(client, "/") == [page("news").title, page("guides").title]
    assert header(client, "/en/") == [page("news", "en").title, page("guides", "en").title]


def test_a_page_without_a_version_in_the_language_is_left_out_of_the_header(client, page, portal):
    portal.header_menu = [("page", write("Bara på svenska")), ("page", page("news"))]
    portal.save()
    assert header(client, "/") == ["Bara på svenska", page("news").title]
    assert header(client, "/en/") == [page("news", "en").title]


def test_a_closed_or_unpublished_page_leaves_header_and_footer(client, page, portal):
    hidden = write("Hemligt ställe")
    portal.header_menu = [("page", hidden), ("page", page("news"))]
    link = {"page": hidden, "url": "", "text_sv": "", "text_en": ""}
    portal.footer_columns = [("column", {"heading_sv": "Genvägar", "heading_en": "Shortcuts", "links": [link]})]
    portal.save()
    assert client.get("/nyheter/").text.count("Hemligt ställe") == 2
    restriction = PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert "Hemligt ställe" not in client.get("/nyheter/").text
    restriction.delete()
    assert "Hemligt ställe" in client.get("/nyheter/").text
    hidden.unpublish()
    assert "Hemligt ställe" not in client.get("/nyheter/").text


def test_the_footer_shows_its_columns_in_each_language(client, page, portal):
    links = [
        {"page": page("news"), "url": "", "text_sv": "", "text_en": "The latest"},
        {"page": None, "url": "https://example.org/", "text_sv": "Annan plats", "text_en": "Elsewhere"},
    ]
    portal.footer_columns = [("column", {"heading_sv": "Genvägar", "heading_en": "Shortcuts", "links": links})]
    portal.save()
    there = ("Annan plats", "https://example.org/")
    assert columns(client, "/") == {"Genvägar": [(page("news").title, page("news").url), there]}
    assert columns(client, "/en/") == {"Shortcuts": [("The latest", page("news", "en").url), ("Elsewhere", "https://example.org/")]}


@pytest.mark.parametrize(
    "link",
    [
        {"page": None, "url": ""},
        {"page": None, "url": "https://example.org/", "text_sv": "Bara svenska"},
        {"page": True, "url": "https://example.org/", "text_sv": "Två", "text_en": "Two"},
    ],
)
def test_a_link_of_the_footer_leads_to_one_place_and_has_a_name_in_both_languages(page, link):
    block = PortalSettings._meta.get_field("footer_columns").stream_block.child_blocks["column"].child_blocks["links"].child_block
    value = {"text_sv": "", "text_en": "", **link, "page": page("news") if link["page"] else None}
    with pytest.raises(ValidationError):
        block.clean(block.normalize(value))


def test_chosen_menus_cost_no_question_more(cost, page, portal):
    before = {address: cost(address) for address in ("/nyheter/", "/en/news/")}
    portal.header_menu = [("page", page(each)) for each in ("news", "guides", "methods", "about-us")]
    link = {"page": page("news"), "url": "", "text_sv": "", "text_en": ""}
    portal.footer_columns = [("column", {"heading_sv": "A", "heading_en": "B", "links": [link] * 5})] * 3
    portal.save()
    assert {address: cost(address) for address in before} == before


# Contact and responsibility


def test_the_footer_says_who_answers_and_how_soon_in_each_language(client, portal):
    portal.authority_sv, portal.authority_en, portal.org_number = "Högskolan Prov", "Trial University", "202100-2494"
    portal.contact_email, portal.contact_phone, portal.response_days = "post@example.org", "+46105550100", 1
    portal.save()
    swedish, english = (soup(client, address).footer.get_text(" ") for address in ("/", "/en/"))
    assert "Högskolan Prov, organisationsnummer 202100-2494" in swedish
    assert "inom 1 arbetsdag." in swedish
    assert "010-555 01 00" in swedish.replace("\xa0", " ")
    assert "Trial University, organisation number 202100-2494" in english
    assert "within 1 working day." in english
    assert "+46 10 555 01 00" in english.replace("\xa0", " ")


def test_what_is_not_filled_in_is_not_shown(client, portal):
    for name in ("authority_sv", "authority_en", "org_number", "contact_email", "contact_phone", "registrar_email"):
        setattr(portal, name, "")
    portal.save()
    footer = soup(client, "/").footer
    assert not footer.select("a[href^=mailto], a[href^=tel]")
    assert "arbetsdag" not in footer.text
    assert "organisationsnummer" not in footer.text


def test_a_mail_comes_from_the_sender_that_the_settings_name(client, signed_in, portal):
    portal.sender_name, portal.sender_email = "Arenan", "svara@example.org"
    portal.save()
    client.post(reverse("wagtailadmin_password_reset"), {"email": "editor@example.org"})
    assert mail.outbox[0].from_email == '"Arenan" <svara@example.org>'
    portal.sender_email = ""
    portal.save()
    client.post(reverse("wagtailadmin_password_reset"), {"email": "editor@example.org"})
    assert mail.outbox[1].from_email == settings.DEFAULT_FROM_EMAIL


# The screen


def test_an_administrator_finds_everything_on_one_screen_in_the_own_language(signed_in):
    admin = signed_in("admin")
    address = admin.get(EDIT, follow=True).redirect_chain[-1][0]
    for language, tabs in {
        "sv": ["Webbplatsen", "Sidhuvud och sidfot", "Kontakt och ansvar", "E-post"],
        "en": ["The site", "Header and footer", "Contact and responsibility", "Mail"],
    }.items():
        html = BeautifulSoup(admin.get(address, headers={"accept-language": language}).content, "html.parser")
        assert [tab.get_text(strip=True).removesuffix("()") for tab in html.select("[role=tab]")] == tabs
    assert signed_in("editor").get(address).status_code == 302


def test_what_an_administrator_saves_is_shown(client, signed_in):
    admin = signed_in("admin")
    address = admin.get(EDIT, follow=True).redirect_chain[-1][0]
    changed = {"authority_sv": "Nya högskolan", "authority_en": "The New University", "contact_phone": "010-555 02 00"}
    menus = {"header_menu-count": "0", "footer_columns-count": "0"}  # which a script of the form adds
    answer = admin.post(address, filled_in(admin, address, **changed, **menus))
    assert answer.status_code == 302
    assert "Nya högskolan" in client.get("/").text
    assert "The New University" in client.get("/en/").text
    assert "tel:+46105550200" in client.get("/").text, "stored as the standard writes it"


@pytest.mark.parametrize(("name", "value"), [("org_number", "2021002494"), ("contact_phone", "ring mig"), ("sender_email", "x")])
def test_a_mistake_in_the_settings_is_refused(portal, name, value):
    setattr(portal, name, value)
    with pytest.raises(ValidationError) as refused:
        portal.full_clean()
    assert list(refused.value.message_dict) == [name]


# Where others link to a page


def test_a_shared_link_tells_title_text_languages_and_picture(client, page):
    guide = page("strategic-partnerships", "en")
    found = tags(client, guide.url)
    picture = found["og:image"]
    assert (found["og:title"], found["og:type"]) == (guide.title, "article")
    assert found["og:description"] == guide.search_description
    assert found["og:url"] == settings.BASE_URL + guide.url
    assert (found["og:locale"], found["og:locale:alternate"]) == ("en_GB", "sv_SE")
    assert picture.startswith(settings.BASE_URL + "/media/")
    assert guide.hero_image.title in picture
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:alt"] == guide.hero_image.alt_en


def test_a_page_that_shows_no_picture_is_shared_with_that_of_the_site(client, portal):
    portal.social_image = PortalImage.objects.get(title="strata")
    portal.save()
    assert "strata" in tags(client, "/nyheter/")["og:image"]
    portal.social_image = None
    portal.save()
    assert "og:image" not in tags(client, "/nyheter/")


def test_a_picture_whose_consent_ends_at_midnight_is_not_shared_the_day_after(client, page, portal):
    guide, today = page("strategic-partnerships"), timezone.localdate()
    PortalImage.objects.filter(pk=guide.hero_image_id).update(consent_status="given", consent_until=today)
    assert guide.hero_image.title in tags(client, guide.url)["og:image"]
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        assert guide.hero_image.title not in tags(client, guide.url)["og:image"]


def test_a_picture_that_may_not_be_shown_is_not_shared(client, page, portal):
    guide = page("strategic-partnerships")
    PortalImage.objects.filter(pk__in=[guide.hero_image_id, portal.social_image_id]).update(consent_status="withdrawn")
    assert "og:image" not in tags(client, guide.url)


def test_a_closed_page_shares_nothing_of_its_own(client, page):
    guide = page("strategic-partnerships")
    PageViewRestriction.objects.create(page=guide, restriction_type="password", password="hemligt-ord-här")
    html = client.get(guide.url).text
    assert "og:title" in html
    assert guide.hero_image.title not in html
    assert guide.title not in html
    assert guide.lead not in html


def test_the_title_of_what_is_shown_is_shared_and_not_that_of_the_page_around_it(client, page):
    guide = page("strategic-partnerships")
    chapter = guide.chapters[0].value
    address = guide.url + next(iter(guide.parts_below().values()))
    assert tags(client, address)["og:title"] == f"{chapter['title']} – {guide.title}"


def test_signs_in_a_title_are_escaped_once(client):
    shown = write('Du & jag <b>"ihop"</b>')
    assert tags(client, shown.url)["og:title"] == 'Du & jag <b>"ihop"</b>'
    assert "&amp;amp;" not in client.get(shown.url).text


def test_the_shared_picture_is_made_before_a_visitor_asks():
    assert SHARED in SIZES


@pytest.mark.parametrize("name", ["strategic-partnerships", "check-in-round"])
def test_a_shared_picture_costs_no_question(cost, page, portal, name):
    shared = page(name)
    with_pictures = cost(shared.url)
    type(shared).objects.filter(pk=shared.pk).update(hero_image=None)
    PortalSettings.objects.update(social_image=None)
    assert cost(shared.url) == with_pictures


def test_each_language_has_its_own_text_for_the_picture(client, portal):
    texts = {}
    for language, address in {"sv": "/nyheter/", "en": "/en/news/"}.items():
        cache.clear()
        frame.forget()
        texts[language] = tags(client, address)["og:image:alt"]
        with translation.override(language):
            assert texts[language] == portal.social_image.alt
    assert texts["sv"] != texts["en"]
