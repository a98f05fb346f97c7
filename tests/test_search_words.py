"""Staff say how words are read."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from search import rules, upkeep
from search.edition import reader
from search.engines import engine
from search.engines.base import Concept, Plan
from search.models import Word
from tests.scratch import write

pytestmark = pytest.mark.django_db

COMPOUND, FIRST, LAST = "kvittrinbalm", "kvittrin", "balm"  # stand nowhere but here


def found(word: str) -> set[str]:
    read = reader("sv")
    concept = Concept((read.normal(word),), (read.parts(word),) if read.parts(word) else ())
    return {hit.title for hit in engine().search(Plan("sv", concepts=(concept,), size=None)).hits}


@pytest.fixture
def own_rules():
    yield
    Word.objects.all().delete()
    rules.take_up()


def test_a_word_counts_in_all_its_forms_from_the_next_time_the_index_is_made(indexing, own_rules):
    write(f"Allt om {COMPOUND}er")
    Word.objects.create(word=COMPOUND, kind="split", value=f"{FIRST} + {LAST}")
    assert found(LAST) == set()
    assert not upkeep.is_usable(engine())
    write(f"Mer om {COMPOUND}er")  # what is saved meanwhile does not make the old index a new one
    assert not upkeep.is_usable(engine())
    upkeep.ensure(engine())
    assert upkeep.is_usable(engine())
    assert found(LAST) == found(FIRST) == {f"Allt om {COMPOUND}er", f"Mer om {COMPOUND}er"}
    Word.objects.all().delete()
    upkeep.ensure(engine())
    assert found(LAST) == set()


def test_the_worker_makes_the_index_anew_when_a_word_has_changed_and_the_report_says_so_until_it_is_done(
    indexing, own_rules, signed_in
):
    def told() -> str:
        return signed_in("admin").get(reverse("search_indexes"), headers={"Accept-Language": "en"}).content.decode()

    assert "being made anew" not in told()
    form = signed_in("admin").get("/admin/snippets/search/word/add/", headers={"Accept-Language": "en"}).content.decode()
    assert "begins by itself within seconds" in form
    Word.objects.create(word=COMPOUND, kind="split", value=f"{FIRST} + {LAST}")
    assert "Answers as before; is being made anew in the background" in told()
    keeper = upkeep.Keeper()
    while keeper.keep():
        pass
    assert "being made anew" not in told()


def test_asking_costs_no_query_about_words(indexing, own_rules, django_assert_num_queries):
    found(LAST)
    with django_assert_num_queries(0):
        found(LAST)


@pytest.mark.parametrize(
    ("kind", "word", "value", "kept"),
    [
        ("split", "Samverkansarena ", "samverkan+Arena", ("samverkansarena", "samverkan + arena")),
        ("same", "e-postlåda", "brevlåda", ("e-postlåda", "brevlåda")),
        ("whole", "mötesplats", "", ("mötesplats", "")),
    ],
)
def test_a_word_is_kept_as_it_is_compared(kind, word, value, kept):
    row = Word(kind=kind, word=word, value=value)
    row.full_clean()
    assert (row.word, row.value) == kept


@pytest.mark.parametrize(
    ("kind", "word", "value", "field"),
    [
        ("split", "två ord", "två + ord", "word"),
        ("split", "", "två + ord", "word"),
        ("split", "mötesplats", "möte", "value"),
        ("split", "mötesplats", "möte +", "value"),
        ("same", "mötesplats", "", "value"),
        ("same", "mötesplats", "möte + plats", "value"),
        ("whole", "mötesplats", "möte", "value"),
    ],
)
def test_what_makes_no_sense_is_refused(kind, word, value, field):
    with pytest.raises(ValidationError) as refused:
        Word(kind=kind, word=word, value=value).full_clean()
    assert [*refused.value.message_dict] == [field]


@pytest.mark.parametrize(
    ("language", "told", "listed"), [("sv", "ett plustecken", "består av"), ("en", "a plus sign", "is made of")]
)
def test_an_administrator_keeps_the_words_in_either_language(signed_in, language, told, listed):
    client = signed_in("admin")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    form = {"language": "sv", "word": "Samverkansarena", "kind": "split", "value": "samverkan"}
    assert told in client.post("/admin/snippets/search/word/add/", form).content.decode()
    client.post("/admin/snippets/search/word/add/", form | {"value": "samverkan+arena"})
    page = client.get("/admin/snippets/search/word/").content.decode()
    assert "samverkan + arena" in page
    assert listed in page


def test_no_role_but_the_administrator_changes_how_words_are_read(signed_in):
    for name in ("editor", "reviewer", "translator", "steward"):
        assert signed_in(name).get("/admin/snippets/search/word/").status_code == 302
