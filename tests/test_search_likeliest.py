"""Where very much answers, only what a visitor most likely means is weighed; and one question is one search, whatever it asks."""

import pytest

from search.engines.base import PUBLIC, Busy, Concept, Document, Plan
from search.engines.sqlite import AT_ONCE, MANY, SqliteEngine

COMMON, RARE = Concept(("hav",)), Concept(("fyr",))


@pytest.fixture
def index(tmp_path) -> SqliteEngine:
    made = SqliteEngine(tmp_path)
    generation = made.begin_generation()
    generation.upsert(document(str(number), "öppet", "hav " * 9, year=str(number % 2)) for number in range(2 * MANY + 100))
    generation.upsert([document("named", "hav", "ord " * 200), document("both", "strand", "hav fyr " + "ord " * 200)])
    generation.publish()
    return made


def document(name: str, title: str, body: str, year: str = "0") -> Document:
    return Document(f"app.thing:{name}", "sv", "guide", PUBLIC, title, columns={"t": title, "b": body}, facets={"year": (year,)})


def names(index: SqliteEngine, **fields) -> list[str]:
    return [hit.pk for hit in index.search(Plan("sv", **fields)).hits]


def test_where_very_much_answers_what_is_named_so_or_has_all_the_words_comes_first(index):
    assert names(index, concepts=(COMMON,))[0] == "named"
    assert names(index, concepts=(COMMON, RARE))[:2] == ["both", "named"]
    assert names(index, concepts=(COMMON, RARE), filters={"year": ("0",)})[:2] == ["both", "named"]


@pytest.mark.parametrize("filters", [{}, {"year": ("1",)}])
def test_one_leafs_through_very_much_and_meets_each_once(index, filters):
    plan = {"concepts": (COMMON, RARE), "filters": filters}
    pages = [names(index, **plan, start=start, size=60) for start in range(0, 2 * MANY + 102, 60)]
    met = [name for page in pages for name in page]
    assert (
        len(met) == len(set(met)) == index.search(Plan("sv", **plan)).total == len(index.search(Plan("sv", **plan, size=None)).hits)
    )


def test_a_question_takes_one_place_and_sees_one_state(index):
    with index.searching():
        for _ in range(2 * AT_ONCE):
            assert index.vocabulary("sv").df("hav") == 0
        writer = SqliteEngine(index.folder.path)
        writer.upsert([document("late", "fyr", "fyr")])
        assert "late" not in names(index, concepts=(RARE,))
    assert "late" in names(index, concepts=(RARE,))


def test_a_place_is_free_again_after_an_error(index):
    for _ in range(AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError), index.searching():
            raise ZeroDivisionError
    assert names(index, concepts=(RARE,)) == ["both"]


def test_what_takes_too_long_is_over_for_the_whole_question(index, monkeypatch):
    monkeypatch.setattr("search.engines.sqlite.LONGEST_SECONDS", -1)
    monkeypatch.setattr("search.engines.sqlite.STEPS", 10)
    with pytest.raises(Busy), index.searching():
        index.search(Plan("sv", (COMMON,)))
    monkeypatch.undo()
    assert names(index, concepts=(RARE,)) == ["both"]
