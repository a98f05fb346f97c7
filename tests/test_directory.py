"""The directory: who is in it, what is shown of them, and at which addresses."""

import datetime
import itertools
import re

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.models import PortalImage
from cms.vocabulary.models import Sector, Topic
from directory.models import Affiliation, DirectoryPage, Organisation, OrganisationTopic, Person, PersonTopic
from directory.models.identifiers import PhoneField, check_orcid, check_ror, short_id
from directory.models.shown import filed_under
from home.models import StandardPage

from .scratch import write

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
SECRETS = {
    "title": "Vaktmästare i hemlighet",
    "can_help_with": "laga trasiga broar",
    "email": "hemlig@example.org",
    "phone": "+46313900699",
    "orcid": "0000-0002-1825-0097",
}


@pytest.fixture
def home(page) -> DirectoryPage:
    return page("find-contact")


@pytest.fixture
def en_home(page) -> DirectoryPage:
    return page("find-contact", "en")


@pytest.fixture
def person(db) -> Person:
    """Somebody who may be seen, with every field filled in and every field hidden."""
    texts = {"title_sv": SECRETS["title"], "can_help_with_sv": SECRETS["can_help_with"]}
    plain = {name: SECRETS[name] for name in ("email", "phone", "orcid")}
    found = Person(
        given_name="Qvintus", family_name="Zetterqvist", legal_basis="public_task", purpose="Ett prov.", **texts, **plain
    )
    found.links = [Person.links.rel.related_model(label="Hemsida", url="https://example.org/hemlig")]
    found.topic_links = [PersonTopic(topic=Topic.objects.get(code="method"))]
    found.affiliations = [Affiliation(organisation=Organisation.objects.get(code="vattenfall"), role_sv="Provrullare")]
    found.save()
    return found


def change(row, **fields) -> None:
    type(row).objects.filter(pk=row.pk).update(**fields)


def get(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def places_of(person: Person, home: DirectoryPage) -> list[str]:
    """Everywhere a person in this file's fixture can be met."""
    below = ["personer/?topic=method", "organisationer/vattenfall/", "amnen/method/", f"personer/{person.slug}/"]
    return [home.url + path for path in below]


# What is typed


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("031-390 06 10", "+46313900610"),
        ("010–555 01 00", "+46105550100"),
        ("08/598 191 90", "+46859819190"),
        ("+46 (0)31 390 06 10", "+46313900610"),
        ("+46 031 390 06 10", "+46313900610"),
        ("0046 31 390 06 10", "+46313900610"),
        ("+47 22 12 34 56", "+4722123456"),
    ],
)
def test_a_telephone_number_is_taken_as_people_type_it(typed, stored):
    assert PhoneField().clean(typed, None) == stored


@pytest.mark.parametrize("typed", ["ring växeln", "031", "031-390 06 10 ankn. 2", "+0 31 390 06 10", "0" * 20])
def test_what_is_no_telephone_number_is_refused(typed):
    with pytest.raises(ValidationError):
        PhoneField().clean(typed, None)


def test_a_mistyped_orcid_or_ror_is_refused():
    check_orcid("0000-0002-1825-0097")
    check_orcid("0000-0002-1694-233X")
    check_ror("https://ror.org/0257kt353")
    for check, wrong in [
        (check_orcid, "0000-0002-1825-0079"),
        (check_orcid, "0000000218250097"),
        (check_ror, "https://ror.org/ilou12345"),
    ]:
        with pytest.raises(ValidationError):
            check(wrong)


@pytest.mark.parametrize(
    ("given", "family", "filed"),
    [
        ("Carl", "von Alm", "Alm, Carl von"),
        ("Åke", "Åström", "Åström, Åke"),
        ("Ana", "de la Cruz", "Cruz, Ana de la"),
        ("Bo", "von", "von, Bo"),
        ("", "Ek", "Ek"),
    ],
)
def test_a_name_is_filed_under_its_first_real_word(given, family, filed):
    assert filed_under(given, family) == filed


def test_an_address_part_says_nothing_and_has_no_look_alikes():
    ids = [short_id() for _ in range(200)]
    assert all(re.fullmatch(r"[2-9b-df-hj-kmnp-tv-xz]{5}", each) for each in ids)
    assert len(set(ids)) > 190


def test_an_organisation_keeps_its_address_when_its_name_changes(db):
    made = Organisation.objects.create(name_sv="Ängsö kommun", name_en="Ängsö Municipality", sector=Sector.objects.first())
    assert (made.slug_sv, made.slug_en, made.code) == ("angso-kommun", "angso-municipality", "angso-municipality")
    made.name_sv = "Ängsö stad"
    made.save()
    assert made.slug_sv == "angso-kommun"


# What is shown of a person


@pytest.mark.parametrize("field", SECRETS)
def test_each_detail_is_hidden_until_it_is_marked_public(client, home, person, field):
    url, secret = f"{home.url}personer/{person.slug}/", SECRETS[field]
    for hidden in ("hidden", "mediators"):
        change(person, **{f"{field}_visibility": hidden})
        assert secret not in get(client, url)
        assert secret not in Person.objects.get(pk=person.pk).searched_text()
    change(person, **{f"{field}_visibility": "public"})
    html = get(client, url)
    assert secret in html
    assert [other for name, other in SECRETS.items() if name != field and other in html] == []


def test_links_are_hidden_until_they_are_marked_public(client, home, person):
    url = f"{home.url}personer/{person.slug}/"
    assert "https://example.org/hemlig" not in get(client, url)
    change(person, links_visibility="public")
    assert "https://example.org/hemlig" in get(client, url)


@pytest.mark.parametrize(
    "reason",
    [
        {"restricted": True},
        {"objection_at": TODAY},
        {"consent_withdrawn_at": TODAY},
        {"legal_basis": ""},
        {"purpose": ""},
        {"visible_from": TODAY + DAY},
        {"visible_until": TODAY - DAY},
    ],
    ids=lambda reason: next(iter(reason)),
)
def test_who_may_not_be_shown_is_nowhere_and_who_may_is_everywhere(client, home, en_home, person, reason):
    everywhere = [*places_of(person, home), f"{en_home.url}people/?topic=method", f"{en_home.url}topics/method/"]
    for url in everywhere:
        assert "Zetterqvist" in get(client, url), url
    entrance = get(client, home.url)
    counts = get(client, f"{home.url}personer/")

    change(person, **reason)
    again = Person.objects.get(pk=person.pk)
    assert (again.is_public, again.title, again.shown.text.strip(), again.get_url()) == (False, "", "", "")
    for url in everywhere:
        response = client.get(url)
        assert response.status_code == (404 if person.slug in url else 200)
        assert "Zetterqvist" not in response.content.decode()
        assert person.slug not in response.content.decode().replace(url, "")
    assert "Vattenfall" in counts
    assert "Vattenfall" not in get(client, f"{home.url}personer/"), "a facet names the only employer of somebody hidden"
    assert get(client, home.url) != entrance, "the entrance still counts somebody hidden"


def test_a_person_is_shown_on_the_first_and_on_the_last_day(client, home, person):
    change(person, visible_from=TODAY, visible_until=TODAY)
    assert client.get(f"{home.url}personer/{person.slug}/").status_code == 200


def test_a_photo_whose_time_is_over_is_hidden_and_nothing_else(client, home, person):
    url, photo = f"{home.url}personer/{person.slug}/", PortalImage.objects.first()
    change(
        person, photo=photo, photo_visibility="public", photo_basis="consent", photo_consent_until=TODAY, email_visibility="public"
    )
    shown = BeautifulSoup(get(client, url), "html.parser")
    assert shown.select_one(".disc img") is not None
    for gone in ({"photo_consent_until": TODAY - DAY}, {"photo_basis": ""}, {"photo_visibility": "hidden"}):
        change(person, photo_consent_until=TODAY, photo_basis="consent", photo_visibility="public")
        change(person, **gone)
        hidden = BeautifulSoup(get(client, url), "html.parser")
        assert hidden.select_one(".disc img") is None
        assert hidden.select_one(".disc").text == "QZ"
        assert hidden.find("a", href=f"mailto:{SECRETS['email']}") is not None
    change(person, photo_consent_until=TODAY, photo_basis="consent", photo_visibility="public")
    change(photo, consent_status="withdrawn")
    assert BeautifulSoup(get(client, url), "html.parser").select_one(".disc img") is None


def test_a_role_that_is_over_joins_nobody_to_an_organisation(client, home, person):
    organisation, list_url = f"{home.url}organisationer/vattenfall/", f"{home.url}personer/?organisation=vattenfall"
    assert "Zetterqvist" in get(client, organisation)
    assert "Zetterqvist" in get(client, list_url)
    for over in ({"ends_on": TODAY - DAY}, {"starts_on": TODAY + DAY, "ends_on": None}):
        person.affiliations.update(**over)
        assert "Zetterqvist" not in get(client, organisation)
        assert "Zetterqvist" not in get(client, list_url)
        assert "Provrullare" not in get(client, f"{home.url}personer/{person.slug}/")


@pytest.mark.parametrize("reason", [{"live": False}, {"expire_at": timezone.now() - DAY}], ids=["draft", "expired"])
def test_an_organisation_that_is_not_published_is_nowhere(client, home, person, reason):
    organisation = Organisation.objects.get(code="vattenfall")
    places = [
        "organisationer/",
        "personer/",
        f"personer/{person.slug}/",
        "amnen/strategic-partnership/",
        "organisationer/vattenfall/",
    ]
    for path in places:
        assert "Vattenfall" in get(client, home.url + path)
    change(organisation, **reason)
    for path in places:
        response = client.get(home.url + path)
        assert response.status_code == (404 if path.endswith("vattenfall/") else 200)
        assert "Vattenfall" not in response.content.decode()


def test_somebody_without_a_public_address_is_asked_by_way_of_the_desk(client, home, person):
    url = f"{home.url}personer/{person.slug}/"
    assert f"mailto:{home.steward.mailbox}" in get(client, url)
    change(person, email_visibility="public")
    assert f"mailto:{home.steward.mailbox}" not in get(client, url)


def test_example_people_wear_a_badge_and_real_ones_do_not(client, home, person):
    url = f"{home.url}personer/{person.slug}/"
    assert "Exempelperson" not in get(client, url)
    change(person, is_fictive=True)
    assert "Exempelperson" in get(client, url)


def test_a_profile_is_described_in_one_line(client, home, person):
    change(person, can_help_with_visibility="public")
    html = client.get(f"{home.url}personer/{person.slug}/").content.decode()
    described = re.search(r'<meta name="description" content="([^"]*)"', html)[1]
    assert SECRETS["can_help_with"] in described
    assert described == " ".join(described.split())
    assert described.endswith(".")


def test_a_profile_can_be_kept_out_of_search_engines(client, home, person, settings):
    settings.HTTPS = True
    url = f"{home.url}personer/{person.slug}/"
    assert not client.get(url).has_header("X-Robots-Tag")
    change(person, noindex=True)
    assert client.get(url)["X-Robots-Tag"] == "noindex"


def test_the_search_finds_what_is_shown_of_a_person_and_nothing_else(indexing, person):
    def found(words: str) -> bool:
        return person in get_search_backend().search(words, Person.objects.public(), operator="and")

    assert found("Zetterqvist")
    assert found("Provrullare Vattenfall")
    assert not any(found(secret) for secret in SECRETS.values())
    person.title_visibility = "public"
    person.save()
    assert found(SECRETS["title"])
    person.restricted = True
    person.save()
    assert not found("Zetterqvist")
    assert person not in get_search_backend().search("Zetterqvist", Person), "the index still holds the name"


# Relations show on both ends


def test_an_organisation_shows_its_news_and_the_news_shows_it(client, page, home, en_home):
    for language, url in [
        ("sv", f"{home.url}organisationer/hogskolan-vast/"),
        ("en", f"{en_home.url}organisations/university-west/"),
    ]:
        item = page("partner-meeting-2024", language)
        html = get(client, url)
        assert f'href="{item.url}"' in html
        assert page("partner-meeting-2024", "en" if language == "sv" else "sv").title not in html
        item.unpublish()
        assert f'href="{item.url}"' not in get(client, url)


def test_a_person_shows_the_methods_of_the_role_they_have(client, page, home, person):
    method = page("one-question-one-hour")
    url = f"{home.url}personer/{person.slug}/"
    assert f'href="{method.url}"' not in get(client, url)
    change(method.contact, person=person)
    assert f'href="{method.url}"' in get(client, url)


def test_a_person_shows_the_networks_that_they_convene(client, page, home, person):
    network = page("coordinators-in-the-west")
    change(network.convenor, person=person)
    shown = BeautifulSoup(get(client, f"{home.url}personer/{person.slug}/"), "html.parser")
    assert shown.find("a", href=network.url).find_next(class_="why").text.split() == ["Nätverk,", "sammankallande"]
    network.unpublish()
    assert network.url not in get(client, f"{home.url}personer/{person.slug}/")


def test_an_organisation_and_its_parts_show_each_other(client, home, en_home):
    whole, part = Organisation.objects.get(code="university-west"), Organisation.objects.get(code="support-group-network")
    change(part, parent=whole)
    for front, section in ((home, "organisationer"), (en_home, "organisations")):
        with translation.override(front.locale.language_code):
            assert f'href="{part.get_url()}"' in get(client, whole.get_url())
            assert f'href="{whole.get_url()}"' in get(client, part.get_url())
            assert section in part.get_url()
    change(part, live=False)
    assert part.name_sv not in get(client, whole.get_url())


def test_an_organisation_lies_in_the_county_of_its_municipality(client, home):
    west = Organisation.objects.get(code="university-west")
    assert (west.municipality_code, west.region) == ("1488", "14")
    assert "Västra Götaland" in get(client, west.get_url())
    listed = names_in(get(client, f"{home.url}organisationer/?region=07"))
    assert listed == ["Linnéuniversitetet"]
    west.region = "07"
    with pytest.raises(ValidationError) as caught:
        west.full_clean()
    assert list(caught.value.message_dict) == ["region"]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("municipality_code", "148"), ("municipality_code", "9988"), ("municipality_code", "14a8"), ("wikidata", "42")],
)
def test_a_mistyped_code_of_a_municipality_or_of_wikidata_is_refused(db, name, wrong):
    west = Organisation.objects.get(code="university-west")
    west.region = ""
    setattr(west, name, wrong)
    with pytest.raises(ValidationError) as caught:
        west.full_clean()
    assert list(caught.value.message_dict) == [name]


def test_a_topic_gathers_organisations_people_and_pages(client, page, home, person):
    html = get(client, f"{home.url}amnen/method/")
    pages = Page.objects.live().filter(locale=home.locale, topic_links__topic__code="method").specific()
    listed = [each for each in pages if getattr(each, "kind", None)]
    assert listed
    assert "Zetterqvist" in html
    assert all(f'href="{each.url}"' in html for each in listed)


def test_what_a_page_is_about_leads_to_everything_about_it(client, page):
    guide = page("writing-for-everyone")
    only_pages = {"plain-language", "accessibility"} & {topic.code for topic in guide.topics}
    assert only_pages
    links = [link["href"] for link in BeautifulSoup(get(client, guide.url), "html.parser").select("main dl a")]
    for code in only_pages:
        address = f"/hitta-kontakt/amnen/{code}/"
        assert address in links
        assert guide.title in get(client, address)
        assert f"{address}</loc>" in get(client, "/sitemap-parts-1.xml")
    assert {area.pages.get(locale=guide.locale).url for area in guide.areas} <= {*links}


def test_topics_are_words_where_there_is_no_directory(client, page, home):
    guide = page("writing-for-everyone")
    home.unpublish()
    html = get(client, guide.url)
    assert guide.topics[0].name in html
    assert "amnen/" not in html


# Order and letters


def names_in(html: str) -> list[str]:
    return [link.text for link in BeautifulSoup(html, "html.parser").select(".letter h3 a")]


def letters_in(html: str) -> list[str]:
    return [link.text for link in BeautifulSoup(html, "html.parser").select(".az a")]


def test_people_stand_in_the_order_of_each_language(client, home, en_home):
    swedish, english = get(client, f"{home.url}personer/"), get(client, f"{en_home.url}people/")
    assert names_in(swedish) == [
        "von Alm, Carl",
        "Ek, Émile",
        "Vik, Vera",
        "Wik, Wilma",
        "Åström, Åke",
        "Ängsjö, Ängla",
        "Öberg, Örjan",
    ]
    assert names_in(english) == [
        "von Alm, Carl",
        "Ängsjö, Ängla",
        "Åström, Åke",
        "Ek, Émile",
        "Öberg, Örjan",
        "Vik, Vera",
        "Wik, Wilma",
    ]
    assert letters_in(swedish) == ["A", "E", "V", "W", "Å", "Ä", "Ö"]
    assert letters_in(english) == ["A", "E", "O", "V", "W"]


def test_organisations_stand_under_the_name_that_is_shown(client, home, en_home):
    assert names_in(get(client, f"{home.url}organisationer/"))[:2] == ["GKN Aerospace", "Högskolan Väst"]
    assert names_in(get(client, f"{en_home.url}organisations/"))[:2] == ["City of Trollhättan", "GKN Aerospace"]


def test_a_letter_leads_to_the_page_where_its_names_begin(client, home):
    people(60)
    html = get(client, f"{home.url}personer/")
    letters = BeautifulSoup(html, "html.parser").select(".az a")
    assert len(letters) > 5
    for link in letters:
        there = BeautifulSoup(get(client, link["href"]), "html.parser")
        heading = there.find(id=link["href"].partition("#")[2])
        assert heading.h2.text == link.text
    assert len({link["href"].partition("#")[0] for link in letters}) == 3


# Addresses in two languages


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("organisations/university-west/?a=1", "organisationer/hogskolan-vast/?a=1"),
        ("organisationer/university-west/", "organisationer/hogskolan-vast/"),
        ("organisations/", "organisationer/"),
        ("people/?topic=method", "personer/?topic=method"),
        ("topics/method/", "amnen/method/"),
    ],
)
def test_a_word_of_the_other_language_leads_to_the_right_one(client, home, asked, right):
    response = client.get(home.url + asked)
    assert (response.status_code, response["Location"]) == (301, home.url + right)


def test_the_language_link_leads_to_the_same_list_profile_or_topic(client, home, en_home, person):
    pairs = [
        ("", ""),
        ("personer/", "people/"),
        (f"personer/{person.slug}/", f"people/{person.slug}/"),
        ("organisationer/hogskolan-vast/", "organisations/university-west/"),
        ("amnen/method/", "topics/method/"),
    ]
    for (here, own), (there, other) in itertools.chain(
        *(([(home, sv), (en_home, en)], [(en_home, en), (home, sv)]) for sv, en in pairs)
    ):
        found = BeautifulSoup(get(client, here.url + own), "html.parser")
        assert found.select_one("li.lang a")["href"] == there.url + other
        assert found.find("link", rel="canonical")["href"].endswith(here.url + own)


def test_text_that_is_only_there_in_swedish_is_marked_as_swedish(client, en_home):
    change(Organisation.objects.get(code="vattenfall"), description_en="")
    html = BeautifulSoup(get(client, f"{en_home.url}organisations/vattenfall/"), "html.parser")
    assert "Energiföretag" in html.find("div", class_="prose", lang="sv").text
    west = BeautifulSoup(get(client, f"{en_home.url}organisations/university-west/"), "html.parser")
    assert west.main.find(lang="sv") is None


def test_no_page_below_the_directory_takes_a_word_of_its_addresses(home):
    with pytest.raises(ValidationError):
        write("Personer", home, StandardPage, slug="personer")
    assert write("Personal", home, StandardPage, slug="personal").pk


@pytest.mark.parametrize("section", ["organisationer/", "personer/"])
@pytest.mark.parametrize(
    "query", ["page=-1", "page=1e9", "topic=%00", "topic=" + "x" * 10_000, "language=xx&order=zz", "organisation=' OR 1=1"]
)
def test_what_no_list_understands_does_no_harm(client, home, section, query):
    assert client.get(f"{home.url}{section}?{query}").status_code in (200, 400, 404, 414)


@pytest.mark.parametrize(
    "path", ["personer/zzzzz/", "organisationer/finns-inte/", "amnen/finns-inte/", "personer/%00/", "grupper/"]
)
def test_what_is_not_there_is_not_found(client, home, path):
    assert client.get(home.url + path).status_code in (400, 404)


# Costs


def topics(count: int) -> list[Topic]:
    return Topic.objects.bulk_create([Topic(code=f"prov-{n}", name_sv=f"Prov {n}", name_en=f"Trial {n}") for n in range(count)])


def people(count: int) -> None:
    """So many people, each with a topic and a role of their own, from A to Z."""
    letters = [chr(ord("A") + n * 26 // count) for n in range(count)]
    rows = [
        Person(
            given_name="Test",
            family_name=f"{letter}prov {n:03}",
            sort_name=f"{letter}prov {n:03}",
            legal_basis="contract",
            purpose="Prov.",
        )
        for n, letter in enumerate(letters)
    ]
    made = Person.objects.bulk_create(rows)
    employers = organisations(count)
    PersonTopic.objects.bulk_create(
        [
            PersonTopic(person=row, topic=topic)
            for row, topic in zip(made, Topic.objects.filter(code__startswith="prov-"), strict=True)
        ]
    )
    Affiliation.objects.bulk_create(
        [Affiliation(person=row, organisation=employer) for row, employer in zip(made, employers, strict=True)]
    )


def organisations(count: int) -> list[Organisation]:
    sector = Sector.objects.first()
    made = Organisation.objects.bulk_create(
        [
            Organisation(name_sv=f"Prov {n}", slug_sv=f"prov-{n}", slug_en=f"trial-{n}", code=f"prov-{n}", sector=sector)
            for n in range(count)
        ]
    )
    OrganisationTopic.objects.bulk_create(
        [OrganisationTopic(organisation=row, topic=topic) for row, topic in zip(made, topics(count), strict=True)]
    )
    return made


@pytest.mark.parametrize("count", [3, 30, 300])
def test_the_directory_costs_the_same_with_3_and_with_300(cost, home, count):
    people(count)
    first = Person.objects.get(sort_name__endswith="prov 000")
    hub = Organisation.objects.get(code="prov-0")
    Affiliation.objects.bulk_create([Affiliation(person=row, organisation=hub) for row in Person.objects.exclude(pk=first.pk)])
    assert cost(f"{home.url}organisationer/") <= 10
    assert cost(f"{home.url}personer/") <= 10
    assert cost(f"{home.url}organisationer/prov-0/") <= 12
    assert cost(f"{home.url}personer/{first.slug}/") <= 12
    assert cost(f"{home.url}amnen/strategic-partnership/") <= 12
    assert cost(home.url) <= 12


def test_the_address_of_a_row_is_in_the_language_of_its_reader(home, en_home):
    row = Organisation.objects.get(code="university-west")
    assert row.get_url() == f"{home.url}organisationer/hogskolan-vast/"
    with translation.override("en"):
        assert row.get_url() == f"{en_home.url}organisations/university-west/"
