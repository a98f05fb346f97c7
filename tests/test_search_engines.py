"""What every search engine promises, whichever it is. Nothing here knows a language or a database: words are words.

On a real Elasticsearch and a real OpenSearch these tests are run by ``pytest -m search_server``.
"""

import threading

import pytest

from search.engines.base import BARRIER, PUBLIC, STAFF, Busy, Document, Engine, Plan
from search.engines.sqlite import SqliteEngine
from tests.search_documents import asked, begun, document, names, one
from tests.servers import SERVERS, empty, publish_empty


@pytest.fixture(params=["sqlite", *SERVERS])
def index(request, tmp_path) -> Engine:
    """An engine with an empty index."""
    if request.param != "sqlite":
        return empty(request.param)
    made = SqliteEngine(tmp_path / "search")
    publish_empty(made)
    return made


# Words


def test_any_of_the_words_will_do_unless_every_word_is_asked_for(index):
    index.upsert([document("a", body="hav strand"), document("b", body="hav"), document("c", body="skog")])
    assert set(names(index, asked("hav", "strand"))) == {"a", "b"}
    assert names(index, asked("hav", "strand", every=True)) == ["a"]
    assert names(index, asked("fjord")) == []


def test_a_word_is_one_of_its_forms_or_all_the_parts_of_a_compound(index):
    whole, parts, half = document("whole", body="mötesplats"), document("parts", body="plats möt"), document("half", body="plats")
    index.upsert([whole, parts, half])
    assert set(names(index, asked(one("mötesplats", parts=("möt", "plats"))))) == {"whole", "parts"}
    assert set(names(index, asked(one("mötesplats", "plats")))) == {"whole", "parts", "half"}


def test_a_phrase_is_words_in_a_row_within_one_text(index):
    index.upsert(
        [document("row", body="röd båt"), document("turned", body="båt röd"), document("apart", body=f"röd {BARRIER} båt")]
    )
    assert names(index, asked(phrases=(("röd", "båt"),))) == ["row"]


def test_what_is_excluded_is_not_found(index):
    index.upsert([document("a", body="hav sol"), document("b", body="hav regn")])
    assert names(index, asked("hav", excluded=(one("regn"),))) == ["a"]


def test_a_word_weighs_most_in_the_title_then_as_a_keyword_then_in_a_heading(index):
    filled = " ".join(["ord"] * 8)
    for column in "bhkt":
        index.upsert([document(column, columns={"t": filled, "k": filled, "h": filled, "b": filled, column: f"hav {filled[4:]}"})])
    assert names(index, asked("hav")) == ["t", "k", "h", "b"]


def test_a_rare_word_weighs_more_than_a_common_one(index):
    index.upsert([document(str(n), body="hav") for n in range(20)] + [document("rare", body="fyr")])
    assert names(index, asked("hav", "fyr"))[0] == "rare"


def test_the_search_can_be_kept_to_some_columns(index):
    index.upsert([document("title", "hav"), document("body", body="hav")])
    assert names(index, asked("hav", columns=("t",))) == ["title"]


def test_each_language_is_an_index_of_its_own(index):
    index.upsert([document("a", body="hav"), document("a", body="sea", locale="en")])
    assert names(index, asked("hav")) == ["a"]
    assert names(index, asked("hav", locale="en")) == []
    assert names(index, asked("sea", locale="en")) == ["a"]


def test_without_words_it_is_everything_and_the_newest_first(index):
    index.upsert(
        [document("old", body="x", date="2024-01-01"), document("new", body="y", date="2026-01-01"), document("undated", body="z")]
    )
    assert names(index, Plan("sv")) == ["new", "old", "undated"]


@pytest.mark.parametrize(
    "word",
    ['"', "'", "*", "a*", "^a", "a:b", "(", ")", "NEAR(a b)", "AND", "a OR b", "", " ", "\0", "\ud800", "-", "{t} : a", "å" * 9999],
)
def test_no_word_is_an_order(index, word):
    index.upsert([document("a", "hav")])
    assert names(index, asked(word)) == names(index, asked(word, excluded=(one(word),))) == []
    assert names(index, asked(phrases=((word, word),))) == []
    assert names(index, Plan("sv", beginnings=(word,))) == names(index, Plan("sv", filters={"topic": (word,)})) == []


# Hits


def test_hits_come_page_by_page_each_once_with_how_many_there_are(index):
    index.upsert([document(str(n), body="hav") for n in range(25)])
    pages = [names(index, asked("hav", start=start, size=10)) for start in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert len({name for page in pages for name in page}) == 25
    assert index.search(asked("hav", size=1)).total == 25
    assert len(names(index, asked("hav", size=None))) == 25


def test_a_hit_says_what_it_is_and_the_best_bring_their_words(index):
    index.upsert([document("a", "Hav", "om hav", date="2026-05-01", translation_key="t-1", text="Om hav")])
    (hit,) = index.search(asked("hav")).hits
    assert (hit.key, hit.locale, hit.kind, hit.title, hit.date, hit.translation_key) == (
        "app.thing:a",
        "sv",
        "guide",
        "Hav",
        "2026-05-01",
        "t-1",
    )
    assert (hit.text, hit.columns["b"]) == ("Om hav", "om hav")
    assert hit.score > 0


# Narrowing


def shelf(index: Engine) -> None:
    for number, (topic, area) in enumerate(
        [("fish", "sea"), ("fish", "lake"), ("boat", "sea"), ("boat", "lake"), ("moss", "wood")]
    ):
        index.upsert([document(f"{topic}-{area}", body="hav", facets={"topic": (topic,), "area": (area, f"all-{number % 2}")})])


def test_values_of_one_filter_are_alternatives_and_filters_are_added(index):
    shelf(index)
    assert set(names(index, asked("hav", filters={"topic": ("fish", "moss")}))) == {"fish-sea", "fish-lake", "moss-wood"}
    found = index.search(asked("hav", filters={"topic": ("fish", "boat"), "area": ("sea",)}))
    assert {hit.pk for hit in found.hits} == {"fish-sea", "boat-sea"}
    assert found.total == 2
    assert (
        names(index, asked("hav", filters={"topic": ("nothing",)})) == names(index, asked("hav", filters={"nothing": ("x",)})) == []
    )


def test_each_value_is_counted_as_if_its_own_filter_were_not_chosen(index):
    shelf(index)
    found = index.search(asked("hav", filters={"topic": ("fish",)}, facets=("topic", "area", "kind")))
    assert found.facets["topic"] == {"fish": 2, "boat": 2, "moss": 1}
    assert found.facets["area"] == {"sea": 1, "lake": 1, "all-0": 1, "all-1": 1}
    assert found.facets["kind"] == {"guide": 2}
    for value, count in found.facets["topic"].items():
        assert index.search(asked("hav", filters={"topic": (value,)})).total == count


def test_counts_follow_what_changes(index):
    shelf(index)
    plan = asked("hav", facets=("topic",))
    assert index.search(plan).facets["topic"]["fish"] == 2
    index.upsert([document("fish-sea", body="hav", facets={"topic": ("boat",)})])
    index.delete(["app.thing:moss-wood"])
    assert index.search(plan).facets["topic"] == {"fish": 1, "boat": 3}
    index.upsert([document("new", body="hav", facets={"topic": ("moss",)})])
    assert index.search(plan).facets["topic"] == {"fish": 1, "boat": 3, "moss": 1}


# Writing


def test_writing_again_replaces_and_deleting_leaves_nothing(index):
    index.upsert([document("a", "hav", refs=frozenset({"app.topic:1"}))])
    index.upsert([document("a", "skog")])
    assert names(index, asked("hav")) == []
    assert begun(index, "ha") == []
    assert index.referring(["app.topic:1"]) == set()
    assert names(index, asked("skog")) == ["a"]
    index.delete(["app.thing:a", "app.thing:not-there"])
    assert names(index, asked("skog")) == begun(index, "sk") == list(index.stored()) == []


def test_what_is_written_together_appears_together_or_not_at_all(index):
    class Killed(Exception):
        pass

    index.upsert([document("before", "hav")])

    def killed_while_writing():
        with index.writing():
            index.upsert([document("new", "hav")])
            index.delete(["app.thing:before"])
            index.move("7")
            raise Killed

    with pytest.raises(Killed):
        killed_while_writing()
    assert names(index, asked("hav")) == ["before"]
    assert index.position == "0"
    with index.writing():
        index.upsert([document("new", "hav")])
        index.move("7")
    assert index.position == "7"


def test_what_says_something_of_a_thing_is_known(index):
    index.upsert([document("a", refs=frozenset({"app.topic:1", "app.topic:2"})), document("b", refs=frozenset({"app.topic:2"}))])
    assert index.referring(["app.topic:2"]) == {"app.thing:a", "app.thing:b"}
    assert index.referring(["app.topic:1", "app.topic:3"]) == {"app.thing:a"}


# Who may find it


def closed(name: str, *texts, **fields) -> Document:
    return document(name, *texts, access=STAFF, **fields)


def test_what_is_closed_is_found_by_staff_alone_and_through_no_other_door(index):
    index.upsert([document("open", "hav", facets={"topic": ("sea",)})])
    before = index.search(asked("hav", facets=("topic", "kind")))
    index.upsert([closed("shut", "hav hemligt", facets={"topic": ("secret",)})])
    after = index.search(asked("hav", facets=("topic", "kind")))
    assert (after.total, after.facets) == (before.total, before.facets)
    assert [hit.score for hit in after.hits] == [hit.score for hit in before.hits], "not even how common a word is"
    assert names(index, asked("hemligt")) == names(index, Plan("sv", filters={"topic": ("secret",)})) == []
    assert begun(index, "hemligt") == []
    assert names(index, asked("hemligt", access=(PUBLIC, STAFF))) == ["shut"]
    assert set(names(index, asked("hav", access=(PUBLIC, STAFF)))) == {"open", "shut"}
    assert begun(index, "hem", access=(STAFF,)) == ["shut"]


def test_what_is_closed_later_is_gone_from_every_door_and_can_come_back(index):
    for open_to in (PUBLIC, STAFF, PUBLIC):
        index.upsert([document("a", "hemligt", access=open_to, facets={"topic": ("x",)})])
        found = index.search(asked("hemligt", facets=("topic",)))
        seen = [found.total, len(begun(index, "hem")), len(found.facets["topic"])]
        assert seen == [open_to == PUBLIC] * 3
        assert index.search(asked("hemligt", access=(PUBLIC, STAFF))).total == 1


def test_names_are_found_by_how_their_words_begin_in_any_order(index):
    index.upsert([document("a", "hallands lan"), document("b", "region halland"), document("c", "kalmar lan")])
    for words, expected in {"ha": {"a", "b"}, "lan ha": {"a"}, "la": {"a", "c"}, "hallx": set(), "alland": set()}.items():
        assert set(begun(index, words)) == expected


# Generations


def test_nobody_sees_a_new_index_until_it_is_published(index):
    index.upsert([document("old", "hav")])
    generation = index.begin_generation()
    generation.upsert([document("new", "hav")])
    generation.move("9")
    assert (names(index, asked("hav")), index.position) == (["old"], "0")
    generation.publish()
    assert (names(index, asked("hav")), index.position) == (["new"], "9")


def test_a_new_index_that_is_dropped_leaves_the_old_one_alone(index):
    index.upsert([document("old", "hav")])
    for _ in range(2):
        generation = index.begin_generation()
        generation.upsert([document("new", "hav")])
        generation.drop()
    assert names(index, asked("hav")) == ["old"]
    index.upsert([document("older", "hav")])
    assert index.search(asked("hav")).total == 2


def test_only_one_new_index_is_made_at_a_time(index):
    generation = index.begin_generation()
    with pytest.raises(Busy):
        index.begin_generation()
    generation.drop()
    index.begin_generation().drop()


def test_what_was_to_be_written_to_a_replaced_index_is_not_lost_in_silence(index):
    """Whoever waits for the old one while the new one is published is told, and can write to the new one."""
    began, published = threading.Event(), threading.Event()
    outcome = []

    def write():
        began.set()
        published.wait(10)
        try:
            with index.writing():
                index.upsert([document("late", "hav")])
            outcome.append("written")
        except Busy:
            outcome.append("told")

    thread = threading.Thread(target=write)
    thread.start()
    assert began.wait(10)
    generation = index.begin_generation()
    generation.publish()
    published.set()
    thread.join(10)
    assert (outcome, names(index, asked("hav"))) in ((["written"], ["late"]), (["told"], []))


def test_it_says_how_it_is(index):
    index.upsert([document("a", "hav"), document("b", "sea", locale="en"), document("c", "sea", locale="en")])
    health = index.health()
    assert (health.problem, health.position, dict(health.documents)) == ("", "0", {"sv": 1, "en": 2})
    assert health.bytes > 0
