"""What somebody may have meant."""

import pytest

from search.analysis import analyzer
from search.spelling import Typed, distance, together
from tests.known_words import MemoryVocabulary

SITE = {
    "säkerhet": 9,
    "säkerhetskopior": 4,
    "hälsofrågor": 3,
    "mötesplats": 20,
    "samverkan": 60,
    "samverkansarena": 12,
    "hållbarhet": 30,
    "rådhus": 12,
    "radhus": 2,
    "mål": 40,
    "mal": 1,
    "kurs": 50,
    "kurser": 30,
    "qvib": 5,
    "möte": 30,
    "arena": 12,
    "kunskapsutbyte": 8,
    "adress": 7,
    "rektor": 3,
    "sektor": 40,
    "workshop": 9,
    "organisation": 30,
    "och": 90,
}
VOCABULARY = MemoryVocabulary(SITE)


def typed(word: str) -> Typed:
    return Typed(word, VOCABULARY, analyzer("sv"))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("sakerhet", ["säkerhet"]),
        ("SAKERHET", ["säkerhet"]),
        ("hallbarhet", ["hållbarhet"]),
        ("säkerhetskopiorna", []),
        ("sakerhetskopiorna", ["säkerhetskopior"]),
        ("halsofragan", ["hälsofrågor"]),
        ("mal", ["mål"]),
        ("radhus", ["rådhus"]),
        ("rådhus", []),
        ("läpp", []),
    ],
)
def test_dots_and_rings_come_back(word, meant):
    assert typed(word).restored == meant


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("samvekran", "samverkan"),
        ("hållbahet", "hållbarhet"),
        ("hallbarhett", "hållbarhet"),
        ("addres", "adress"),
        ("organisasjon", "organisation"),
        ("workshåp", "workshop"),
        ("mötesplast", "mötesplats"),
        ("kunskapsutbitet", "kunskapsutbyte"),
    ],
)
def test_a_slip_is_mended(word, meant):
    guesses = typed(word).restored or typed(word).corrected
    assert analyzer("sv").normal(guesses[0]) == analyzer("sv").normal(meant)


@pytest.mark.parametrize("word", ["kurserna", "samverkans", "lektor", "vektor", "mötesplatserna", "kurs", "abcdefgh", "möt", "42"])
def test_what_is_right_is_left_alone_however_rare_it_is(word):
    assert typed(word).corrected == []


def test_a_word_in_another_form_is_known():
    assert typed("mötesplatsernas").is_known
    assert not typed("mötesplast").is_known


def test_two_words_of_the_site_are_found_in_one_that_no_dictionary_has():
    assert typed("qvibmöte").apart == ("qvib", "möte")
    assert typed("mötesplats").apart == ()
    assert typed("xyzmöte").apart == ()


def test_what_is_written_as_one_is_found_though_it_is_typed_as_two():
    words = ["samverkan", "arena", "kunskaps", "utbyte"]
    assert together(words, VOCABULARY) == {("samverkan", "arena"): "samverkansarena", ("kunskaps", "utbyte"): "kunskapsutbyte"}


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("kurs", "kurs", 0),
        ("kurs", "krus", 0.8),
        ("kurs", "kors", 0.6),
        ("kurs", "kurvs", 1),
        ("adress", "addres", 1),
        ("adress", "adres", 0.5),
        ("kurs", "", float("inf")),
        ("ab", "cd", 2),
    ],
)
def test_slips_are_counted(one, other, slips):
    assert distance(one, other, 2) == pytest.approx(slips)


def test_a_long_word_costs_no_more_than_a_short_one():
    asked = []
    vocabulary = MemoryVocabulary(SITE)
    vocabulary.df = lambda word: asked.append(word) or 0
    vocabulary.near = lambda word, limit: asked.append(word) or []
    for word in ("a" * 100_000, "å" * 100_000, "-".join("ab" for _ in range(1000))):
        doubt = Typed(word, vocabulary, analyzer("sv"))
        assert (doubt.restored, doubt.corrected, doubt.apart) == ([], [], ())
    assert len(asked) < 20
