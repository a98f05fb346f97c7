"""What not everybody may see is found by nobody else, whichever door of the search is tried; its owner finds it by the same word.

The doors: results, how many there are, what they can be narrowed by, suggestions, the words that spelling knows, and the texts
that snippets are made of. Each is known to be open first.
"""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.search.backends import get_search_backend

from cms.models import PortalDocument, TopicLink
from cms.vocabulary.models import Topic
from directory.models import Organisation, Person
from knowledge.models import CaseOrganisation, CasePage, NewsPage
from search.analysis import analyzer
from search.documents import key_of
from search.engines import engine
from search.engines.base import PUBLIC, STAFF, Concept, Plan
from search.files.keeping import findable
from tests.scratch import reread, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexing")]

WORD, INSIDE = "kvastkvittra", "vinglibongo"  # in the title; in the text
NAMED = ("topic", "organisation", "year", "kind", "area")


@pytest.fixture
def page(page) -> Page:
    """A page with a subject that no other page has."""
    topic = Topic.objects.create(code=f"about-{WORD}", name_sv="Ämnet", name_en="Subject")
    body = [("heading", {"text": f"Rubrik {INSIDE}", "level": "h2"}), ("paragraph", f"<p>Här står {INSIDE}.</p>")]
    made = write(f"Nyhet {WORD}", page("news"), model=NewsPage, date=datetime.date(1999, 5, 1), body=body)
    made.topic_links.add(TopicLink(topic=topic))
    made.save()
    return made


def asked(word: str, **fields) -> Plan:
    return Plan("sv", concepts=(Concept((analyzer("sv").normal(word),)),), **fields)


def doors(*words: str) -> dict[str, object]:
    """Everything that anybody is told about some words; empty where there is nothing to tell."""
    index, vocabulary = engine(), engine().vocabulary("sv")
    found = [index.search(asked(word, facets=NAMED)) for word in words]
    everything = index.search(Plan("sv", facets=NAMED, size=None))
    told = {
        "results": {hit.key for each in found for hit in each.hits},
        "totals": sum(each.total for each in found),
        "counts of a search": [each.facets[name] for each in found for name in NAMED if each.facets[name]],
        "counts of everything": [value for name in NAMED for value in everything.facets[name] if WORD in value or value == "1999"],
        "narrowed": index.search(Plan("sv", filters={"topic": (f"about-{WORD}",)})).total,
        "suggestions": [hit.title for word in words for hit in index.suggest(word[:6], "sv")],
        "spelling": [
            word for word in words if vocabulary.df(word) or vocabulary.by_fold(word) or word in vocabulary.near(f"{word}x")
        ],
        "snippets": [hit.title for hit in everything.hits if any(word in f"{hit.title} {hit.text}" for word in words)],
    }
    return {door: what for door, what in told.items() if what}


def found_by_staff(word: str) -> set[str]:
    return {hit.key for hit in engine().search(asked(word, access=(PUBLIC, STAFF), size=None)).hits}


def expire(page: Page) -> None:
    page.expire_at = timezone.now() - datetime.timedelta(minutes=1)
    page.save_revision().publish()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1), live=True)
    call_command("publish_scheduled")


def restrict(page: Page, kind: str, **fields) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, **fields)
    if kind == "groups":
        restriction.groups.add(Group.objects.first())


def move_below_closed(page: Page) -> None:
    closed = write("Stängd avdelning")
    restrict(closed, "login")
    page.move(closed, pos="last-child")


HIDDEN: dict[str, Callable[[Page], object]] = {
    "a draft": lambda page: page.unpublish(),
    "for those signed in": lambda page: restrict(page, "login"),
    "for those with a password": lambda page: restrict(page, "password", password="ett långt lösenord"),
    "for a group": lambda page: restrict(page, "groups"),
    "below a closed page": move_below_closed,
    "its section is closed": lambda page: restrict(page.get_parent(), "login"),
    "its time is over": expire,
}


@pytest.mark.parametrize("way", HIDDEN)
def test_what_is_hidden_is_behind_no_door_and_its_owner_finds_it_by_the_same_word(page, signed_in, way):
    assert set(doors(WORD, INSIDE)) == {
        "results", "totals", "counts of a search", "counts of everything", "narrowed", "suggestions", "spelling", "snippets"
    }  # fmt: skip
    HIDDEN[way](reread(page))
    assert doors(WORD, INSIDE) == {}
    assert len(found_by_staff(WORD)) == len(found_by_staff(INSIDE)) == 1
    assert f"Nyhet {WORD}" in signed_in("admin").get("/admin/pages/search/", {"q": WORD}).content.decode()
    assert get_search_backend().search(INSIDE, Page.objects.all()).count() == 1


def test_whoever_may_not_open_a_page_in_the_admin_does_not_find_it_there(page, signed_in):
    """What is found is a matter of the index, and who may see it of the queryset."""
    reread(page).unpublish()
    assert WORD not in signed_in("steward").get("/admin/pages/search/", {"q": WORD}).content.decode().replace(f'value="{WORD}"', "")


FIELDS = {"title_sv": "title", "can_help_with_sv": "can_help_with", "email": "email", "phone": "phone", "orcid": "orcid"}


@pytest.mark.parametrize("field", ["title_sv", "can_help_with_sv"])
def test_a_field_that_a_person_hides_is_behind_no_door(field):
    person = Person.objects.public().first()
    setattr(person, field, f"med {WORD}")
    for visibility, open_to_all in (("public", True), ("mediators", False), ("hidden", False), ("public", True)):
        setattr(person, f"{FIELDS[field]}_visibility", visibility)
        person.save()
        assert bool(doors(WORD)) == open_to_all
        assert bool(found_by_staff(WORD)) == open_to_all, "not even staff find what a person hides by searching for it"


def test_no_address_or_number_of_a_person_is_a_word_of_the_index():
    person = Person.objects.public().first()
    person.email, person.phone = f"{WORD}@example.org", "+46701234567"
    person.email_visibility = person.phone_visibility = "hidden"
    person.save()
    assert doors(WORD) == {}
    assert found_by_staff("46701234567") == found_by_staff(WORD) == set()


@pytest.mark.parametrize("change", [{"restricted": True}, {"visible_until": datetime.date(2000, 1, 1)}, {"purpose": ""}])
def test_a_person_who_is_not_shown_is_behind_no_door(change):
    person = Person.objects.public().first()
    person.family_name = WORD.title()
    person.save()
    assert {"results", "totals", "suggestions", "spelling"} <= set(doors(WORD))
    for name, value in change.items():
        setattr(person, name, value)
    person.save()
    assert doors(WORD) == {}
    assert not [each for each in engine().stored(("person",)) if each.key == key_of(Person, person.pk) and each.access == PUBLIC]


def test_an_organisation_that_is_a_draft_is_named_by_no_page_and_no_person(page):
    organisation = Organisation(code=f"org-{WORD}", name_sv=f"Föreningen {WORD}", sector=Organisation.objects.first().sector)
    organisation.save()
    case = CasePage.objects.filter(locale__language_code="sv", live=True).first()
    case.organisations.add(CaseOrganisation(organisation=organisation))
    case.save()
    everything = Plan("sv", facets=("organisation",), size=0)
    assert organisation.code in engine().search(everything).facets["organisation"]
    organisation.unpublish()
    assert organisation.code not in engine().search(everything).facets["organisation"]
    assert not [hit for hit in engine().search(asked(WORD)).hits if hit.key != key_of(Page, page.pk)]


def test_pictures_and_words_are_found_by_staff_alone_and_documents_by_others_where_an_open_page_leads_to_them():
    """They are shown with pages; only a file is a result of its own."""
    files = {key_of(PortalDocument, pk) for pk in findable().values_list("pk", flat=True)}
    for stored in engine().stored():
        open_to_all = stored.key in files or stored.key.startswith(("wagtailcore.page:", "directory.", "knowledge.glossaryterm:"))
        assert stored.access == STAFF or open_to_all
