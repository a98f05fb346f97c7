"""Staff say which words mean the same, and the next search goes by it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from search.models import Synonym
from tests.scratch import write

pytestmark = pytest.mark.django_db

ONE, OTHER, THIRD = "kvittrinbalm", "snorvalla", "glimbrusta"  # stand nowhere but here


@pytest.fixture
def found(client, indexing):
    def ask(q: str, language: str = "sv", **params) -> set[str]:
        with translation.override(language):
            address = reverse("search")
        shown = client.get(address, {"q": q, **params}).context["results"].shown
        told = client.get(reverse("search-api"), {"q": q, "locale": language, **params}).json()["hits"]
        assert [hit["title"] for hit in told] == [result.item.title for result in shown], "the API finds the same"
        return {result.item.title for result in shown}

    return ask


def test_synonyms_find_each_other_in_all_their_forms_from_the_next_search(found):
    write("Ett", lead=f"Om {ONE}er."), write("Två", lead=f"Om {OTHER}n.")
    assert found(f"{ONE}en") == {"Ett"}
    row = Synonym.objects.create(words=ONE, others=OTHER)
    assert found(f"{ONE}en") == found(f"{OTHER}er") == {"Ett", "Två"}
    row.both_ways = False
    row.save()
    assert found(ONE) == {"Ett", "Två"}
    assert found(OTHER) == {"Två"}
    row.delete()
    assert found(ONE) == {"Ett"}


def test_words_in_a_row_have_synonyms_too_and_one_alone_of_them_has_not(found):
    write("Kort", lead=f"Om {THIRD}."), write("Långt", lead=f"Om en {ONE} och en {OTHER}.")
    Synonym.objects.create(words=THIRD, others=f"{ONE} av {OTHER}")
    assert found(THIRD) == found(f"{ONE} {OTHER}") == {"Kort", "Långt"}
    assert found(ONE) == {"Långt"}


def test_a_word_of_one_language_finds_what_it_is_called_in_the_other(found):
    write("Svenska", lead=f"Om {ONE}."), write("English", language="en", lead=f"About {OTHER}s.")
    Synonym.objects.create(words=ONE, other_language="en", others=OTHER)
    assert "English" in found(ONE, "en")
    assert "Svenska" in found(f"{OTHER}s", "sv")


def test_what_is_found_beside_what_was_typed_is_said_and_whoever_wants_it_literally_gets_it(found, client):
    write("Ett", lead=f"Om {ONE}."), write("Två", lead=f"Om {OTHER}.")
    Synonym.objects.create(words=ONE, others=OTHER)
    assert f"<strong>{OTHER}</strong>" in client.get(reverse("search"), {"q": ONE}).content.decode()
    assert client.get(reverse("search-api"), {"q": ONE}).json()["also"] == [OTHER]
    assert found(ONE, literal="1") == {"Ett"}


def test_synonyms_cost_no_query_as_long_as_nothing_changes(client, cost):
    Synonym.objects.create(words=ONE, others=OTHER)
    client.get("/sok/?q=metod")
    one = cost("/sok/?q=metod")
    for number in range(30):
        Synonym.objects.create(words=f"{ONE}{number}", others=OTHER)
    assert cost("/sok/?q=metod") == one


def test_a_synonym_is_kept_as_it_is_compared():
    row = Synonym(words=" Lärosäte;HÖGSKOLA,lärosäte ", others="Universitet\nfri bildning")
    row.full_clean()
    assert (row.words, row.others) == ("lärosäte, högskola", "universitet, fri bildning")


@pytest.mark.parametrize(
    ("words", "others", "fields"),
    [
        ("", "ord", ["words"]),
        ("%%%", "ord", ["words"]),
        ("och", "samt", ["others", "words"]),
        ("ord", "ett två tre fyra fem sex", ["others"]),
        ("ord", ", ".join(map(str, range(20))), ["others"]),
        ("ord, glosa", "Glosa", ["others"]),
        ("ord", ", ".join(f"{20 * 'İ'}{number}" for number in range(11)), ["others"]),
    ],
)
def test_what_cannot_be_compared_is_refused_and_the_reason_said(words, others, fields):
    with pytest.raises(ValidationError) as refused:
        Synonym(words=words, others=others).full_clean()
    assert sorted(refused.value.message_dict) == fields


@pytest.mark.parametrize(
    ("language", "told", "listed"),
    [("sv", "står på båda sidorna", "lla betyder samma"), ("en", "stands on both sides", "ll mean the same")],
)
def test_a_reviewer_keeps_the_synonyms_in_either_language(signed_in, language, told, listed):
    client = signed_in("reviewer")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    address = "/admin/snippets/search/synonym/"
    assert listed in client.get(f"{address}add/").content.decode()
    form = {"language": "sv", "words": ONE, "other_language": "sv", "others": ONE, "both_ways": "on"}
    assert told in client.post(f"{address}add/", form).content.decode()
    client.post(f"{address}add/", form | {"others": OTHER})
    assert OTHER in client.get(address).content.decode()
