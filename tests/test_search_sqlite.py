"""What the engine that is always there promises besides: suggestions, words for spelling, and a file that bears every accident."""

import multiprocessing
import os
import signal
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from search.engines.base import PUBLIC, STAFF, Busy, Unavailable
from search.engines.sqlite import SqliteEngine
from tests.search_documents import asked, document, names
from tests.servers import publish_empty

fork = multiprocessing.get_context("fork")


@pytest.fixture
def index(tmp_path) -> SqliteEngine:
    made = SqliteEngine(tmp_path / "search")
    publish_empty(made)
    return made


# Names and words


def test_names_are_suggested_from_two_letters_in_any_order_of_words(index):
    index.upsert([document("a", "hallands lan"), document("b", "region halland"), document("c", "kalmar lan")])
    suggested = {prefix: {hit.pk for hit in index.suggest(prefix, "sv")} for prefix in ("ha", "lan ha", "la", "hallx", "alland")}
    assert suggested == {"ha": {"a", "b"}, "lan ha": {"a"}, "la": {"a", "c"}, "hallx": set(), "alland": set()}
    index.upsert([document("p", "hanna", kind="person")])
    assert [hit.pk for hit in index.suggest("ha", "sv", kinds=("person",))] == ["p"]
    assert len(index.suggest("ha", "sv", size=2)) == 2


def test_the_vocabulary_knows_words_as_written_and_finds_those_that_are_alike(index):
    index.upsert([document("a", body="säkerhet säkra"), document("b", body="säkerhet sakerhet")])
    vocabulary = index.vocabulary("sv")
    assert [vocabulary.df(word) for word in ("säkerhet", "sakerhet", "osäkerhet")] == [2, 1, 0]
    assert set(vocabulary.by_fold("sakerhet")) == {"säkerhet", "sakerhet"}
    assert set(vocabulary.near("säkerjet")[:2]) == {"säkerhet", "sakerhet"}
    assert index.vocabulary("en").df("säkerhet") == 0


def test_the_vocabulary_knows_in_how_many_open_documents_any_form_of_a_word_stands(index):
    index.upsert([document("a", "hav", body="hav båt"), document("b", body="hav"), document("c", "hav", access=STAFF)])
    vocabulary = index.vocabulary("sv")
    assert [vocabulary.of_normal(word) for word in ("hav", "båt", "häst", "\0", "\ud800")] == [2, 1, 0, 0, 0]


def test_it_is_known_what_everybody_may_see_in_both_languages(index):
    index.upsert(
        [
            *(document(f"page-{locale}", locale=locale, translation_key="page") for locale in ("sv", "en")),
            *(document("row", locale=locale) for locale in ("sv", "en")),
            *(
                document(f"closed-{locale}", locale=locale, translation_key="closed", access=access)
                for locale, access in (("sv", PUBLIC), ("en", STAFF))
            ),
            document("alone", translation_key="alone"),
        ]
    )
    assert index.in_both(["page", "app.thing:row", "closed", "alone", "none"]) == {"page", "app.thing:row"}


@pytest.mark.parametrize("word", ['"', "*", "a*", "(", "NEAR(a b)", "", " ", "\0", "\ud800", "å" * 9999])
def test_no_word_is_an_order_for_suggestions_and_spelling(index, word):
    index.upsert([document("a", "hav")])
    index.suggest(word, "sv")
    vocabulary = index.vocabulary("sv")
    assert vocabulary.df(word) == 0
    assert vocabulary.by_fold(word) == []
    vocabulary.near(word)


def test_what_is_closed_is_no_word_and_no_suggestion(index):
    for open_to in (PUBLIC, STAFF, PUBLIC):
        index.upsert([document("a", "hemligt", access=open_to)])
        vocabulary, is_open = index.vocabulary("sv"), open_to == PUBLIC
        seen = [index.suggest("hem", "sv"), vocabulary.df("hemligt"), vocabulary.by_fold("hemligt"), vocabulary.near("hemlikt")]
        assert [bool(each) for each in seen] == [is_open] * 4
        assert [hit.pk for hit in index.suggest("hem", "sv", access=(open_to,))] == ["a"]
    index.delete(["app.thing:a"])
    assert index.suggest("hem", "sv") == []
    assert index.vocabulary("sv").df("hemligt") == 0


# Writing


def test_a_document_that_is_the_same_is_not_written_again(index):
    index.upsert([document("a", "hav", digest="1")])
    index.upsert([document("a", "would be seen if it were written", digest="1")])
    assert names(index, asked("hav")) == ["a"]


def test_who_cannot_write_soon_is_told(index):
    writing, done = threading.Event(), threading.Event()

    def write():
        with index.writing():
            writing.set()
            done.wait(10)

    thread = threading.Thread(target=write)
    thread.start()
    assert writing.wait(10)
    began = time.monotonic()
    with pytest.raises(Busy), index.writing(wait=0.1):
        pass
    assert time.monotonic() - began < 5
    assert names(index, asked("hav")) == [], "reading does not wait"
    done.set()
    thread.join(10)
    index.upsert([document("a", "hav")])
    assert names(index, asked("hav")) == ["a"]


# Processes


def write_many(folder: Path, name: str, count: int) -> None:
    index = SqliteEngine(folder)
    for number in range(count):
        with index.writing(wait=30):
            index.upsert([document(f"{name}-{number}", "hav", f"nummer{number}", facets={"writer": (name,)})])
            index.move(f"{number + 1}")
    os._exit(0)


def read_many(folder: Path, count: int) -> None:
    index = SqliteEngine(folder)
    for _ in range(count):
        found = index.search(asked("hav", facets=("writer",), size=5))
        assert sum(found.facets["writer"].values()) == found.total
        index.suggest("ha", "sv")
    os._exit(0)


def test_three_write_and_three_read_at_once(tmp_path):
    index = SqliteEngine(tmp_path)
    index.begin_generation().publish()
    index.upsert([document("first", "hav", facets={"writer": ("z",)})])
    processes = [fork.Process(target=write_many, args=(tmp_path, name, 40)) for name in "abc"]
    processes += [fork.Process(target=read_many, args=(tmp_path, 40)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 6
    assert index.search(asked("hav", facets=("writer",))).facets["writer"] == {"a": 40, "b": 40, "c": 40, "z": 1}


def test_who_is_killed_while_writing_leaves_an_index_that_is_whole(tmp_path):
    index = SqliteEngine(tmp_path)
    index.begin_generation().publish()
    for _ in range(3):
        process = fork.Process(target=write_many, args=(tmp_path, "x", 100_000))
        process.start()
        before = index.position
        while index.position in (before, ""):
            time.sleep(0.01)
        time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
        process.join(10)
        written = index.search(asked("hav")).total
        assert written >= int(index.position) > 0, "how far it came and what is there agree"
        assert index.connection().execute("PRAGMA integrity_check").fetchone() == ("ok",)
        index.upsert([document("after", "skog")])
        assert names(index, asked("skog")) == ["after"]


def test_who_is_killed_while_making_a_new_index_holds_up_nobody(tmp_path):
    def fill(folder: Path) -> None:
        generation = SqliteEngine(folder).begin_generation()
        for number in range(100_000):
            generation.upsert([document(str(number), "hav")])

    index = SqliteEngine(tmp_path)
    index.begin_generation().publish()
    index.upsert([document("old", "hav")])
    process = fork.Process(target=fill, args=(tmp_path,))
    process.start()
    while len(list(tmp_path.glob("*.sqlite3"))) < 2:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.join(10)
    assert names(index, asked("hav")) == ["old"]
    generation = index.begin_generation()
    generation.upsert([document("new", "hav")])
    generation.publish()
    assert names(index, asked("hav")) == ["new"]
    assert len(list(tmp_path.glob("*.sqlite3"))) == 1, "what was left half made is gone"


# Files that are not as they should be


def test_an_index_that_is_not_there_says_so(tmp_path):
    index = SqliteEngine(tmp_path / "nothing")
    for ask in (
        lambda: index.search(asked("hav")),
        lambda: index.suggest("ha", "sv"),
        lambda: index.position,
        index.writing().__enter__,
    ):
        with pytest.raises(Unavailable):
            ask()
    assert index.health().problem


@pytest.mark.parametrize("damage", ["emptied", "overwritten", "removed", "folder removed"])
def test_a_damaged_file_is_let_go_of(tmp_path, damage):
    folder = tmp_path / "search"
    made = SqliteEngine(folder)
    made.begin_generation().publish()
    made.upsert([document(str(n), "hav", "ord " * 500) for n in range(20)])
    (file,) = folder.glob("*.sqlite3")
    made.connection().close()
    if damage == "emptied":
        file.write_bytes(b"")
    elif damage == "overwritten":
        file.write_bytes(os.urandom(file.stat().st_size))
    else:
        for path in folder.iterdir():
            path.unlink()
        if damage == "folder removed":
            folder.rmdir()
    index = SqliteEngine(folder)
    with pytest.raises(Unavailable):
        index.search(asked("hav"))
    assert index.health().problem
    generation = index.begin_generation()
    generation.upsert([document("new", "hav")])
    generation.publish()
    assert names(index, asked("hav")) == ["new"]


def test_no_more_than_a_few_search_at_once_and_none_for_long(index, monkeypatch):
    monkeypatch.setattr("search.engines.sqlite.WAIT_SECONDS", 0.05)
    inside, done = threading.Barrier(index.places._value + 1), threading.Event()

    def stay():
        with index.searching():
            inside.wait(10)
            done.wait(10)

    threads = [threading.Thread(target=stay) for _ in range(index.places._value)]
    for thread in threads:
        thread.start()
    inside.wait(10)
    with pytest.raises(Busy):
        index.search(asked("hav"))
    done.set()
    for thread in threads:
        thread.join(10)
    index.search(asked("hav"))
    monkeypatch.setattr("search.engines.sqlite.LONGEST_SECONDS", -1)
    monkeypatch.setattr("search.engines.sqlite.STEPS", 10)
    index.upsert([document(str(n), "hav") for n in range(50)])
    with pytest.raises(Busy):
        index.search(asked("hav"))


def test_this_machine_has_the_full_text_search_that_the_index_needs():
    assert sqlite3.sqlite_version_info >= (3, 35)
    sqlite3.connect(":memory:").execute(
        "CREATE VIRTUAL TABLE t USING fts5(a, prefix='1 2 3', tokenize=\"unicode61 remove_diacritics 0\")"
    )
