"""Staff choose what comes first for a question, and nobody sees by that what is not public."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from directory.models import Organisation, Person
from search.models import Promotion
from tests.scratch import write

pytestmark = pytest.mark.django_db

WORD, OTHER = "kvittrinbalm", "snorvalla"  # stand nowhere but here
DAY = datetime.timedelta(days=1)


def promote(*results: tuple, words: str = WORD, **more) -> Promotion:
    row = Promotion(words=words, results=[{"type": kind, "value": value} for kind, value in results], **more)
    row.full_clean()
    row.save()
    return row


@pytest.fixture
def asked(client, indexing):
    """What comes first, and what else is found, on the page; the API says the same."""

    def ask(q: str, language: str = "sv", **params) -> tuple[list[str], list[str]]:
        with translation.override(language):
            address = reverse("search")
        results = client.get(address, {"q": q, **params}).context["results"]
        told = client.get(reverse("search-api"), {"q": q, "locale": language, **params}).json()
        found = [[result.item.title for result in some] for some in (results.promoted, results.shown)]
        assert [[each["title"] for each in told[name]] for name in ("promoted", "hits")] == found
        return found[0], found[1]

    return ask


def test_what_staff_have_chosen_comes_first_once_and_marked_whatever_the_form_and_order_of_words(asked, client):
    found, chosen = write("Hittad", lead=f"{WORD} och {OTHER}."), write("Vald", lead="Om annat.")
    organisation, person = Organisation.objects.public().first(), Person.objects.public().first()
    elsewhere = {"title": "Någon annanstans", "url": "https://example.org/kvast", "text": "Om kvastar."}
    rows = [
        ("page", chosen.pk),
        ("page", found.pk),
        ("organisation", organisation.pk),
        ("person", person.pk),
        ("address", elsewhere),
    ]
    promote(*rows, words=f"grenverk, {WORD} {OTHER}")
    first = ["Vald", "Hittad", organisation.title, person.title, "Någon annanstans"]
    assert asked(f"{OTHER}er {WORD}en") == (first, [])
    shown = client.get(reverse("search"), {"q": f"{OTHER} {WORD}"}).content.decode()
    assert shown.count("Rekommenderas") == 5
    assert 'href="https://example.org/kvast"' in shown
    assert asked(WORD) == ([], ["Hittad"]), "only for the whole of what was asked for"
    assert asked(f"{OTHER} {WORD}", kind="guide")[0] == [], "who narrows the results has seen it"


def test_what_is_not_public_is_not_shown_and_is_again_when_it_is(asked):
    page, section = write("Vald"), write("Avdelning")
    below = write("Under", section)
    promote(("page", page.pk), ("page", below.pk))
    assert asked(WORD)[0] == ["Vald", "Under"]
    page.unpublish()
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert asked(WORD) == ([], [])
    page.save_revision().publish()
    assert asked(WORD)[0] == ["Vald"]
    page.delete()
    assert asked(WORD)[0] == []


def test_a_promotion_is_shown_from_its_first_day_to_its_last_and_in_its_language(asked):
    page, today = write("Vald"), timezone.localdate()
    row = promote(("page", page.pk), starts=today, ends=today)
    assert asked(WORD)[0] == ["Vald"]
    assert asked(WORD, "en")[0] == []
    for starts, ends in ((today + DAY, None), (None, today - DAY)):
        row.starts, row.ends = starts, ends
        row.save()
        assert asked(WORD)[0] == []


def test_promotions_cost_what_they_cost_for_few_questions_or_many(cost):
    chosen = [write(f"Vald {number}") for number in range(5)]
    promote(("page", chosen[0].pk), words="metod")
    client_path = "/sok/?q=metod"
    one = cost(client_path)
    promote(*(("page", page.pk) for page in chosen), words="metoder")
    for number in range(30):
        promote(("page", chosen[0].pk), words=f"{WORD}{number}")
    assert cost(client_path) == one <= 12


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "och"}, "words"),
        ({"starts": datetime.date(2026, 2, 2), "ends": datetime.date(2026, 2, 1)}, "ends"),
        ({"language": "en"}, "results"),
    ],
)
def test_what_cannot_be_shown_is_refused_and_the_reason_said(page, changes, field):
    with pytest.raises(ValidationError) as refused:
        promote(("page", page("guides").pk), **changes)
    assert [*refused.value.message_dict] == [field]


@pytest.mark.parametrize(("language", "told", "status"), [("sv", "egen webbplats", "visas"), ("en", "our own site", "shown")])
def test_a_reviewer_chooses_in_either_language(signed_in, settings, page, language, told, status):
    client = signed_in("reviewer")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    address = "/admin/snippets/search/promotion/"
    assert client.get(f"{address}add/").status_code == 200
    form = {"language": "sv", "words": WORD, "starts": "", "ends": "", "results-count": "1", "results-0-deleted": ""}
    elsewhere = {"results-0-type": "address", "results-0-order": "0", "results-0-value-title": "A", "results-0-value-text": ""}
    own = form | elsewhere | {"results-0-value-url": f"{settings.BASE_URL}/guider/"}
    assert told in client.post(f"{address}add/", own).content.decode()
    client.post(f"{address}add/", own | {"results-0-value-url": "https://example.org/"})
    listed = client.get(address).content.decode()
    assert WORD in listed
    assert status in listed
