"""What search does with words."""

import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from django.core.management import call_command

from search.analysis import Rule, Token, analyzer, fold
from search.analysis.swedish import Swedish
from search.analysis.text import LONGEST

ROOT = Path(__file__).parents[1]


def test_a_text_falls_into_words_that_say_where_they_stand():
    text = "Våra API:er, och mötet."
    tokens = list(analyzer("sv").tokens(text))
    assert tokens[1] == Token("api:er", "api", (), 5, 11)
    assert [text[token.start : token.end] for token in tokens] == ["Våra", "API:er", "och", "mötet"]


def test_places_are_right_where_letters_and_their_accents_stand_apart():
    text = "i sa\u0308\u00adkerheten nu"
    token = list(analyzer("sv").tokens(text))[1]
    assert (token.word, text[token.end :]) == ("säkerheten", " nu")


def test_a_whole_text_is_read_as_its_words_are_one_by_one():
    text = "Vårt möte om API:er; det hölls i maj – på Malmö högskola."
    assert [tuple(word) for word in analyzer("sv").words(text)] == [token[:3] for token in analyzer("sv").tokens(text)]


@pytest.mark.parametrize(
    ("language", "written", "normal", "parts"),
    [
        ("sv", "e-post", "epost", ("e", "post")),
        ("sv", "API:er", "api", ()),
        ("sv", "EU:s", "eu", ()),
        ("sv", "3:e", "3", ()),
        ("sv", "GDPR-frågor", "gdprfråg", ("gdpr", "fråg")),
        ("sv", "samverkans-", "samverk", ()),
        ("sv", "verksamhets- och", "verksam", ()),
        ("en", "organisation’s", "organis", ()),
        ("en", "O’Brien", "obrien", ("o", "brien")),
        ("en", "e\u2011mails", "email", ("e", "mail")),
        ("en", "state-of-the-art", "stateoftheart", ("state", "art")),
    ],
)
def test_signs_inside_words_are_understood(language, written, normal, parts):
    token = next(analyzer(language).tokens(written))
    assert (token.normal, token.parts) == (normal, parts)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("sv", "möte mötet möten mötena mötets"),
        ("sv", "bok boken böcker böckernas"),
        ("sv", "man män männen"),
        ("sv", "stad städer städernas"),
        ("sv", "riskverkstad riskverkstaden riskverkstäder"),
        ("sv", "kalender kalendrar kalendern"),
        ("sv", "medlem medlemmar medlemmen"),
        ("sv", "museum museet museer"),
        ("sv", "ansökan ansökningar ansökningarna"),
        ("sv", "barn barnen barns"),
        ("sv", "skriva skriver skrivit skriven skrivna"),
        ("sv", "gå går gick gått"),
        ("sv", "bedöma bedömer bedömt bedömda"),
        ("sv", "hållbar hållbart hållbarhet hållbarheten"),
        ("sv", "tillgänglig tillgängliga tillgänglighet"),
        ("sv", "ledare ledaren ledarna"),
        ("sv", "workshop workshopen workshops"),
        ("sv", "metodhandbok metodhandböcker metodhandböckerna"),
        ("en", "child children"),
        ("en", "mouse mice"),
        ("en", "go goes went gone"),
        ("en", "criterion criteria"),
        ("en", "organise organised organizing organization organisation"),
        ("en", "centre center centers centred"),
        ("en", "colour colors colored"),
        ("en", "travelling traveled"),
        ("en", "evaluate evaluating evaluation"),
    ],
)
def test_all_forms_of_a_word_are_one(language, forms):
    normals = {form: analyzer(language).normal(form) for form in forms.split()}
    assert len(set(normals.values())) == 1, normals


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "hem hemlig"),
        ("sv", "vikt viktig"),
        ("sv", "led ledare ledig"),
        ("sv", "lära lärare"),
        ("sv", "data datum"),
        ("sv", "äldre gammal"),
        ("sv", "lakan lakning"),
        ("en", "size seize prize"),
        ("en", "opera opus"),
    ],
)
def test_different_words_stay_apart(language, words):
    normals = {word: analyzer(language).normal(word) for word in words.split()}
    assert len(set(normals.values())) == len(normals), normals


@pytest.mark.parametrize(
    ("noun", "verb"),
    [
        ("utvärdering", "utvärdera"),
        ("bedömningar", "bedömer"),
        ("ansökan", "ansöka"),
        ("integration", "integrera"),
        ("berättelsen", "berättar"),
        ("undersökning", "undersöka"),
    ],
)
def test_a_noun_and_its_verb_know_each_other(noun, verb):
    read = analyzer("sv")
    assert read.normal(verb) in read.related(read.normal(noun)), read.related(read.normal(noun))
    assert read.normal(noun) in read.related(read.normal(verb)) or noun == "berättelsen"


def test_most_words_have_no_relations():
    assert [word for word in ("möte", "barn", "tid", "x", "") if analyzer("sv").related(analyzer("sv").normal(word))] == []
    assert analyzer("en").related("evalu") == ()


def test_words_that_say_nothing_are_known():
    assert analyzer("sv").is_stop("Och")
    assert analyzer("en").is_stop("Don’t")
    assert not analyzer("sv").is_stop("samverkan")


def test_a_word_is_folded_as_people_type_without_a_swedish_keyboard():
    assert fold("Säkerhet på Ærø") == "sakerhet pa aro"


def test_staff_say_how_a_word_is_cut_in_all_its_forms():
    own = Swedish(rules=[Rule("split", "Kraftsamla", "kraft + samla"), Rule("split", "hjärtebarnet", "hjärta + barn")])
    assert own.parts("kraftsamlade") == (own.normal("kraft"), own.normal("samla"))
    assert len({own.normal(form) for form in ("kraftsamla", "kraftsamlar", "kraftsamlade")}) == 1
    assert own.parts("hjärtebarnet") == (own.normal("hjärta"), own.normal("barn"))


def test_staff_say_that_a_word_is_whole_or_the_same_as_another():
    own = Swedish(rules=[Rule("whole", "mötesplats"), Rule("same", "träffpunkt", "mötesplats")])
    assert analyzer("sv").parts("mötesplatsen")
    assert own.parts("mötesplatsen") == ()
    assert own.normal("träffpunkter") == analyzer("sv").normal("mötesplats")


def test_rules_that_make_no_sense_harm_nothing():
    rules = [Rule("split", "", "+"), Rule("split", "a", " + "), Rule("same", "b", ""), Rule("whole", ""), Rule("odd", "c", "d")]
    assert Swedish(rules=rules).normal("möten") == analyzer("sv").normal("möten")


@pytest.mark.django_db
def test_a_command_shows_what_search_does_with_words(capsys):
    call_command("search_explain", "Mötesplatser och bedömning")
    told = capsys.readouterr().out
    assert "mötesplatser  mötesplat = möt + plat" in told
    assert "och           och (says nothing)" in told
    assert "bedömning     bedömning (related: bedöm)" in told
    call_command("search_explain", "Children", language="en")
    assert "children  child" in capsys.readouterr().out


ODD = [
    *(
        "\0",
        "\ud800",
        "\udfff",
        "\u0301",
        "\u200d",
        "\u202e",
        "\ufeff",
        "\u00ad",
        "\U0010ffff",
        "\u05d0",
        "\u0627",
        "\u093f",
        "\u0663",
    ),
    *("\u0130", "\u1e9e", "\u01c5", "\ufb01", "\ud55c", "\u8a9e", "\U0001f642", "e\u0301", "½", "²", "é", "ö", "ß"),
    *(
        "'",
        "-",
        ":",
        "’",
        "_",
        "*",
        '"',
        "(",
        ")",
        "\\",
        "\n",
        "\t",
        "+",
        "&",
        "|",
        " ",
        "a",
        "Z",
        "s",
        ":s",
        "API:er",
        "och",
        "möte",
    ),
]


def hostile_strings() -> Iterator[str]:
    """Ten thousand: every odd thing there is in words, alone, mixed, and longer than any word."""
    chance = random.Random(6)  # noqa: S311  no secrets
    yield from (odd * times for odd in ODD for times in (1, 100_000))
    yield from ("".join(chance.choices(ODD, k=chance.randrange(2, 30))) for _ in range(10_000))


def test_no_text_whatever_is_too_much():
    read = analyzer("sv"), analyzer("en")
    texts = list(hostile_strings())
    for number, text in enumerate(texts):
        each = read[number % 2]
        for token in islice(each.tokens(text), 1000):
            assert 0 <= token.start < token.end <= len(text)
            assert 0 < len(token.word) <= 2 * LONGEST
            assert len(token.normal) <= 2 * LONGEST
            token.normal.encode()
        assert isinstance(each.normal(text), str)
        assert isinstance(each.parts(text), tuple)
        assert each.is_stop(text) in (True, False)
        assert isinstance(fold(text[:1000]), str)
    assert len(texts) >= 10_000


def test_a_long_word_is_looked_up_no_oftener_than_a_short_one(monkeypatch):
    asked = []
    read = Swedish()
    beginnings = read.lexicon.beginnings
    monkeypatch.setattr(read.lexicon, "beginnings", lambda text: asked.append(text) or beginnings(text))
    for word in ("möte" * 25_000, "arbetsmarknads" * 1000, "-".join(["möte"] * 10_000)):
        asked.clear()
        read.normal(word)
        assert len(asked) <= 100


def test_nothing_is_read_from_disk_before_a_word_is_looked_up_and_then_little_is_kept():
    """In a process of its own, both languages, with as many words as are ever remembered."""
    program = """
import re, struct, mmap, typing, unicodedata, pathlib, functools, collections
def kept():
    return int(re.search(r"Private_Dirty: *(\\d+)", open("/proc/self/smaps_rollup").read())[1])
before = kept()
from search.analysis import analyzer
read = analyzer("sv"), analyzer("en")
assert "trie" not in vars(read[0].lexicon)
for number in range(20_000):
    for each in read:
        each.normal(f"möte{chr(97 + number % 26)}{number}plats")
print(kept() - before)
"""
    kept = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert int(kept.stdout) < 10_000
