"""What is there in one language is found by whoever asks in the other."""

import datetime

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from search import learning
from search.across import as_one
from search.analysis import analyzer
from search.engines import engine
from search.engines.base import Hit
from search.learning import learn, pairs_of_the_site
from search.planning import Question
from search.ranking import Looked
from search.translations import path_of, translations
from tests.scratch import news, news_list, write
from tests.search_documents import document

pytestmark = pytest.mark.django_db

PAIRS = [
    (f"En {swedish} är {number}", f"A {english} is {number}")
    for number in "abcde"
    for swedish, english in [
        ("kvittra", "glimmer"),
        ("zwirp", "snork"),
        ("fnurra", "plonk"),
        ("kvittra zwirp", "glimmer snork"),
    ]
]


def all_of(steps) -> None:
    for _ in steps:
        pass


@pytest.fixture
def learned(indexing):
    """What words are called, from sentences that say it again and again."""
    all_of(learn(PAIRS))


def ask(client, q: str, language: str = "sv", **params):
    with translation.override(language):
        address = reverse("search")
    return client.get(address, {"q": q, **params})


def titles(client, q: str, language: str = "sv", **params) -> list[str]:
    found = [result.item.title for result in ask(client, q, language, **params).context["results"].shown]
    told = client.get(reverse("search-api"), {"q": q, "locale": language, **params}).json()
    assert [hit["title"] for hit in told["hits"]] == found, "the API finds the same"
    return found


def test_what_stands_side_by_side_again_and_again_is_learned_in_both_directions(learned):
    called = {
        language: {word: translations(language).of_normal(word) for word in words}
        for language, words in (("sv", ("kvittr", "zwirp", "fnurr")), ("en", ("glimmer", "snork", "plonk")))
    }
    assert called == {
        "sv": {"kvittr": ["glimmer"], "zwirp": ["snork"], "fnurr": ["plonk"]},
        "en": {"glimmer": ["kvittr"], "snork": ["zwirp"], "plonk": ["fnurr"]},
    }


def test_a_compound_is_learned_as_one_word_if_it_is_called_by_one_and_else_by_its_parts(indexing):
    pairs = [("lösenord", "password"), ("lösenordet är", "password is"), ("häst", "horse"), ("häst och kraft", "horse power")]
    pairs += [("hästkraft", "horse power"), ("en kraft", "a power"), ("ord", "word"), ("lösa ord", "loose word")]
    all_of(learn(pairs * 3))
    password, power = (next(analyzer("sv").tokens(word)) for word in ("lösenord", "hästkraft"))
    assert translations("sv").of(password) == [("password",)]
    assert translations("sv").of(power) == [("hors", "power")]


def test_a_page_in_the_other_language_alone_is_found_and_says_which_it_is_in(client, learned):
    write("About snorks", language="en", lead="A snork for all, and a plonk.")
    assert titles(client, "zwirpar") == ["About snorks"]
    shown = ask(client, "zwirp").content.decode()
    assert 'hreflang="en" lang="en"' in " ".join(shown.split())
    assert "på engelska" in shown
    assert "<mark>snorks</mark>" in shown
    assert not ask(client, "zwirp fnurra").context["results"].has_some_words_only, "this page has all of them"
    assert client.get(reverse("search-api"), {"q": "zwirp"}).json()["hits"][0]["locale"] == "en"


def test_words_of_the_other_language_find_pages_in_the_readers_own(client, learned):
    write("Om zwirpar", lead="En zwirp för alla.")
    assert titles(client, "snorks") == ["Om zwirpar"]
    assert "på engelska" not in ask(client, "snork").content.decode()


def test_a_page_found_in_the_other_language_is_shown_as_its_translation_if_there_is_one(client, learned, en):
    page = write("Fnurror", lead="Allt om fnurran.")
    version = page.copy_for_translation(en)
    version.title, version.lead = "Quite another thing", "Nothing of the kind."
    version.save_revision().publish()
    assert titles(client, "fnurra", "en") == ["Quite another thing"]
    shown = ask(client, "fnurra", "en")
    assert version.url in shown.content.decode()
    assert "Allt om" not in shown.content.decode(), "nothing is quoted from the other language"


def test_who_writes_in_the_other_language_finds_as_if_it_were_the_readers(client, learned, en):
    page = write("Så gör du", lead="Fråga en zwirp om fnurran, så hjälper den dig.")
    version = page.copy_for_translation(en)
    version.title, version.lead = "What to do", "All that you need."
    version.save_revision().publish()
    write("Something else", language="en", lead="A zwirp, says the Swede.")
    assert titles(client, "fråga zwirparna om fnurrorna", "en")[0] == "What to do"
    assert titles(client, "fråga zwirparna om fnurrrrorna", "en")[0] == "What to do", "words are mended as in that language"


def test_of_what_is_found_what_is_there_in_one_language_alone_stands_no_worse(learned):
    question = Question("zwirp", "sv")

    def looked(name: str, locale: str) -> Looked:
        return Looked(Hit(f"app.thing:{name}-{locale}", 1.0, locale, translation_key=name), score=1, whole=1, is_named_so=False)

    there = [(name, code) for name in ("both", "missed") for code in ("sv", "en")] + [("alone", "sv")]
    engine().upsert([document(f"{name}-{code}", locale=code, translation_key=name) for name, code in there])
    own = [looked("alone", "sv"), looked("missed", "sv"), looked("both", "sv")]
    order = [hit.translation_key for hit in as_one(question, own, [looked("both", "en")])]
    assert order == ["alone", "both", "missed"], "what answers in both languages answers better"


def test_what_is_found_in_the_other_language_is_narrowed_too(client, learned):
    write("About snorks", language="en")
    news("A snork is seen", datetime.date(2026, 3, 1), news_list("News of snorks", language="en"))
    assert set(titles(client, "zwirp")) == {"About snorks", "A snork is seen", "News of snorks"}
    assert titles(client, "zwirp", kind="news") == ["A snork is seen"]
    assert titles(client, "zwirp", kind="guide") == []


def test_nothing_private_is_found_across_nor_learned_and_its_owner_finds_it(client, learned):
    section = write("Closed", language="en")
    write("Secret snorks", section, language="en")
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert titles(client, "zwirp") == []
    assert ask(client, "zwirp").context["results"].total == 0
    section.view_restrictions.all().delete()
    assert titles(client, "zwirp") == ["Secret snorks"]


def test_a_translated_word_of_a_closed_page_is_not_learned(indexing, en):
    page = write("Kvasten", lead="Kvasten kvasten.")
    version = page.copy_for_translation(en)
    version.title = "Broomstick"
    version.save_revision().publish()
    assert ("Kvasten", "Broomstick") in [*pairs_of_the_site()]
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert ("Kvasten", "Broomstick") not in [*pairs_of_the_site()]


def test_what_is_typed_literally_or_in_quotation_marks_is_not_translated(client, learned):
    write("About snorks", language="en")
    assert titles(client, '"zwirp"') == []
    assert titles(client, "zwirp", literal="1") == []


def test_the_other_language_costs_no_more_queries_for_many_pages_than_for_few(client, learned, cost):
    for number in range(3):
        write(f"About snork {number}", language="en")
    few = cost("/sok/?q=zwirp")
    for number in range(10):
        write(f"More about snork {number}", language="en")
    assert cost("/sok/?q=zwirp") == few <= 12


def test_the_worker_learns_once_a_day_and_not_just_when_it_begins(learned, monkeypatch):
    learner = learning.Learner()
    path_of("sv").unlink()
    monkeypatch.setattr(learning, "pairs_of_the_site", lambda: iter(PAIRS))
    assert not learner.go_on()
    assert not path_of("sv").exists()
    while learner.go_on():
        pass
    assert translations("sv").of_normal("zwirp") == ["snork"]
    before = path_of("sv").stat()
    assert not learner.go_on()
    assert path_of("sv").stat() == before


def test_without_anything_learned_the_search_finds_what_it_did(client, indexing):
    for language in ("sv", "en"):
        path_of(language).unlink(missing_ok=True)
    assert titles(client, "zwirp") == []
