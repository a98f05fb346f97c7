"""What Swedish compounds are made of."""

from pathlib import Path

import pytest

from search.analysis import analyzer
from search.analysis.swedish import Swedish

WORDS = Path(__file__).with_name("words")


def cut(word: str) -> tuple[str, ...]:
    return analyzer("sv").parts(word)


def normals(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(analyzer("sv").normal, words.split())))


@pytest.mark.parametrize(
    ("compound", "words"),
    [
        ("samverkansarena", "samverkan arena"),
        ("kunskapsutbyte", "kunskap utbyte"),
        ("mötesplatser", "möte plats"),
        ("verksamhetsområdena", "verksamhet område"),
        ("barnböckerna", "barn bok"),
        ("fallucka", "fall lucka"),
        ("nattågstrafik", "natt tåg trafik"),
        ("arbetsmarknadsutbildning", "arbete marknad utbildning"),
        ("elbilsladdning", "el bil laddning"),
        ("barnskådespelarutbildningsplan", "barn skådespelare utbildning plan"),
        ("samhällsbyggnadsnämndsammanträdesprotokoll", "samhälle byggnad nämnd sammanträde protokoll"),
    ],
)
def test_a_compound_is_cut_into_all_its_words(compound, words):
    assert cut(compound) == normals(words)


@pytest.mark.parametrize(
    "word",
    ["information", "utveckling", "samverkan", "organisation", "uppdrag", "avtal", "hållbar", "partnerskap", "kultur", "Göteborg"],
)
def test_what_is_no_compound_stays_whole(word):
    assert cut(word) == ()


def test_a_compound_keeps_one_normal_form_in_all_its_forms():
    forms = "säkerhetskopia säkerhetskopian säkerhetskopior säkerhetskopiorna säkerhetskopiornas"
    assert normals(forms) == ("säkerhetskopi",)


def judged(name: str) -> dict[str, list[str]]:
    """Of a list written by hand: words cut rightly, left whole rightly, cut wrongly, and missed."""
    found = {"cut": [], "whole": [], "wrong": [], "missed": []}
    for line in (WORDS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, _, answers = line.partition(" ")
            right = [normals(answer) if answer.strip() else () for answer in answers.split("|")]
            verdict = ("cut" if cut(word) else "whole") if cut(word) in right else "wrong" if cut(word) else "missed"
            found[verdict].append(word)
    return found


@pytest.mark.parametrize("name", ["compounds.txt", "held.txt"])
def test_hardly_a_compound_is_cut_wrongly_and_few_are_missed(name):
    found = judged(name)
    precision = len(found["cut"]) / len(found["cut"] + found["wrong"])
    recall = len(found["cut"]) / len(found["cut"] + found["missed"] + found["wrong"])
    assert sum(map(len, found.values())) >= 200
    assert precision >= 0.97, found["wrong"]
    assert recall >= 0.95, found["missed"]


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("unicodetecknen", ("unicod", "teck")),
        ("qvintelprocessen", ("qvintel", "process")),
        ("qvintelmöten", ()),
        ("misskonception", ()),
    ],
)
def test_a_word_that_no_dictionary_has_is_told_from_a_long_one_behind_it(compound, parts):
    assert cut(compound) == parts


def test_words_are_forgotten_when_there_are_too_many_and_read_anew():
    few = Swedish(kept=10)
    texts = [f"ord{number}" for number in range(100)]
    few.words(" ".join(["mötesplats", *texts, "mötesplats"]))
    assert len(few.readings) + len(few.readings.older) <= 20
    assert few.parts("mötesplatsen") == cut("mötesplatsen")
