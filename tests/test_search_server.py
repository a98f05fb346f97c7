"""The search on a real server: it answers while it is well, and when it is not nobody notices, and nothing is lost.

Both servers keep the contract of test_search_engines.py. Here it is about the portal: who answers, and what the worker writes.
"""

import io
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import PageViewRestriction

from search import answering, sync, troubles, upkeep
from search.analysis import analyzer
from search.documents import key_of
from search.edition import Position
from search.engines import engine, server
from search.engines.base import Concept, Plan, Unavailable, Unreachable
from search.engines.elastic import ElasticEngine
from search.engines.elastic.server import Server
from tests import servers
from tests.indexes import copy_index
from tests.scratch import reread, write
from tests.search_documents import asked, document, names
from tests.servers import Between, certificate_of, empty, url_of

pytestmark = [
    pytest.mark.search_server,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor == "postgresql", reason="a reader is given what is committed, and a test never commits"),
]

WORD, SEARCH = "kvastkvittra", "/sok/"


@pytest.fixture(params=servers.NAMES)
def name(request) -> str:
    return request.param


def only(name: str) -> pytest.MarkDecorator:
    """One server is enough for what is not about what it understands."""
    return pytest.mark.parametrize("name", [name])


@pytest.fixture
def between(name) -> Iterator[Between]:
    made = Between(url_of(name))
    yield made
    made.end()


@pytest.fixture
def index(name, between, db, settings, tmp_path) -> ElasticEngine:
    """The portal has a server, which has the demo; to reach it takes no longer than a test may wait."""
    settings.SEARCH_ROOT = copy_index(tmp_path / "search")
    settings.SEARCH_PREFIX = servers.prefix("demo")
    settings.SEARCH_URL, settings.SEARCH_CA = between.url, certificate_of(name)
    made = server()
    made.fresh, made.patience = True, 30
    as_embedded(made)
    return made


def as_embedded(index: ElasticEngine) -> None:
    """What other tests have left is mended: to make it anew would take long."""
    try:
        there = {(each.key, each.locale): each.digest for each in index.stored()}
    except Unavailable:
        upkeep.ensure(index)
        return
    here = {(each.key, each.locale): each.digest for each in engine().stored()}
    sync.write(index, sorted({key for key, _locale in dict(there.items() ^ here.items())}))
    index.move(engine().position)


def key(item) -> str:
    return key_of(type(item), item.pk)


def found(index, word: str) -> set[str]:
    plan = Plan("sv", concepts=(Concept((analyzer("sv").normal(word),)),), size=None)
    return {hit.key for hit in index.search(plan).hits}


def catch_up() -> None:
    """The worker's turn, for both engines."""
    for keeper in (upkeep.Keeper(), upkeep.Keeper(server)):
        while keeper.keep():
            pass


def who_answers(client, q: str = "samverkan") -> str:
    response = client.get(SEARCH, {"q": q})
    assert response.status_code == 200
    assert response.context["results"].total
    return response.headers["X-Search-Engine"]


# Who answers


def test_the_server_answers_page_and_programs_and_finds_what_the_embedded_engine_finds(index, client, settings):
    there, api = client.get(SEARCH, {"q": "samverkan", "kind": "guide"}), client.get("/api/portal/v1/search", {"q": "samverkan"})
    assert there.headers["X-Search-Engine"] == api.headers["X-Search-Engine"] == "elastic"
    settings.SEARCH_URL = ""
    here = client.get(SEARCH, {"q": "samverkan", "kind": "guide"})
    assert here.headers["X-Search-Engine"] == "sqlite"
    assert client.get("/api/portal/v1/search", {"q": "samverkan"}).json()["total"] == api.json()["total"]
    for each in (there, here):
        results = each.context["results"]
        each.told = (
            results.total,
            [(facet.name, facet.options) for facet in results.all_facets],
            {hit.key for hit in results.answer.hits},
        )
    assert there.told == here.told


@only("opensearch")
def test_who_is_asked_for_by_name_comes_first(index, client, settings):
    person = next(hit for hit in engine().search(Plan("sv", filters={"kind": ("person",)})).hits)
    results = client.get(SEARCH, {"q": person.title}).context["results"]
    assert (results.answer.engine, results.shown[0].hit.key) == ("elastic", person.key)


@only("elasticsearch")
def test_a_server_that_refuses_is_left_alone_after_two_failures_and_asked_again_later(index, client, between, name):
    assert who_answers(client) == "elastic"
    between.end()
    assert [who_answers(client) for _ in range(3)] == ["sqlite"] * 3
    standing = answering.standing_of(index)
    assert standing.failures == answering.FAILURES
    index.server = servers.server_of(name)
    assert who_answers(client) == "sqlite", "it is left alone"
    standing.not_before = 0
    assert who_answers(client) == "elastic"
    assert standing.failures == 0


@only("opensearch")
def test_a_server_that_hangs_costs_two_visitors_less_than_a_second_each_and_the_others_nothing(index, client, between):
    who_answers(client)
    index.patience = 0.8
    between.hang()
    began = time.monotonic()
    assert [who_answers(client) for _ in range(2)] == ["sqlite"] * 2
    waited, connections = time.monotonic() - began, between.connections
    assert waited > 0.8
    assert who_answers(client) == "sqlite"
    assert between.connections == connections, "it is not asked"


@only("opensearch")
def test_an_index_that_lacks_too_much_or_is_of_other_rules_does_not_answer(index, client):
    here = Position.read(engine().position)
    for there in (replace(here, event=here.event - 1, at="2020-01-01T00:00:00+00:00"), replace(here, edition="x-y")):
        index.move(str(there))
        answering.standing_of(index).looked = 0
        assert who_answers(client) == "sqlite"
    index.move(str(here))
    answering.standing_of(index).looked = 0
    assert who_answers(client) == "elastic"


# What is written


def test_who_writes_late_what_was_read_early_does_no_harm(name):
    index, other = empty(name), servers.another(name)
    with index.writing():
        index.upsert([document("a", "gammalt")])
        index.delete(["app.thing:b"])
        other.upsert([document("a", "nytt"), document("b", "nytt")])
    assert names(index, asked("nytt")) == ["a", "b"]
    assert names(index, asked("gammalt")) == []


def test_a_document_that_the_server_refuses_holds_up_no_other(name, caplog):
    index = empty(name)
    refused = document("a", "hav", facets={"topic": ("x" * 40_000,)})
    index.upsert([refused, document("b", "hav")])
    assert names(index, asked("hav")) == ["b"]
    assert "app.thing:a is refused" in caplog.text


@only("elasticsearch")
def test_wrong_credentials_and_certificates_are_told_in_words_and_never_with_a_password(name):
    url = url_of(name).replace("samverka:samverka", "samverka:hemligt-lösen")
    for server_, told in ((Server(url, certificate=certificate_of(name)), "401"), (Server(url), "CERTIFICATE_VERIFY_FAILED")):
        with pytest.raises(Unreachable, match=told) as error:
            server_.ask("GET", "/samverka-x/_search")
        assert "hemligt" not in str(error.value)
    with pytest.raises(Unreachable, match="401"):
        Server(url_of(name).replace("samverka:samverka@", ""), "a2V5", certificate_of(name)).ask("GET", "/samverka-x/_search")


# What the worker writes


def test_what_changes_is_found_after_the_workers_turn_and_what_is_closed_no_more(index, client):
    page = write(f"Om {WORD}")
    assert found(index, WORD) == set(), "whoever saves does not wait for the server"
    catch_up()
    assert found(index, WORD) == {key(page)}
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    catch_up()
    results = client.get(SEARCH, {"q": WORD}).context["results"]
    assert (found(index, WORD), results.total, results.all_facets) == (set(), 0, [])
    restriction.delete()
    catch_up()
    assert found(index, WORD) == {key(page)}
    reread(page).delete()
    catch_up()
    assert found(index, WORD) == set()
    assert not upkeep.compare(index)


@only("opensearch")
def test_what_changes_while_the_server_is_away_is_written_when_it_is_back(index, between, name):
    page, keeper = write(f"Om {WORD}"), upkeep.Keeper(server)
    between.end()
    index.patience = 0.8
    assert keeper.keep() is False
    assert (keeper.pause, troubles.last("elastic").told[:11]) == (1, "Unreachable")
    assert keeper.keep() is False, "not tried while it waits"
    index.server = servers.server_of(name)
    keeper.not_before = 0
    while keeper.keep():
        pass
    assert keeper.pause == 0
    assert found(index, WORD) == {key(page)}


@pytest.mark.parametrize("arrives", [True, False])
def test_a_bulk_that_is_cut_off_in_the_middle_loses_nothing(index, between, monkeypatch, arrives):
    """The answer does not come back, or the request does not arrive whole; either way it is written again."""
    page, gone = write(f"Om {WORD}"), write("Borta")
    catch_up()
    page.title = page.lead = "Annat"
    page.save()
    gone.delete()
    other, position = write(f"Mer om {WORD}"), index.position

    def cut_off(path, lines):
        if arrives:
            bulk(path, lines[:1])
        raise Unreachable("ConnectionError: cut off")

    bulk = index.server.bulk
    with monkeypatch.context() as patch:
        patch.setattr(index.server, "bulk", cut_off)
        assert upkeep.Keeper(server).keep() is False
    assert index.position == position
    catch_up()
    assert found(index, WORD) == {key(other)}
    assert not upkeep.compare(index)


@only("elasticsearch")
def test_the_index_is_made_anew_behind_its_name_while_editors_save_and_visitors_search(index, client):
    stays, goes = write(f"Om {WORD}"), write(f"Mer om {WORD}")
    catch_up()
    making = upkeep.rebuild(index)
    while next(making) < 200:
        assert who_answers(client) == "elastic"
    reread(goes).delete()
    comes = write(f"Nytt om {WORD}")
    upkeep.Keeper(server).keep()
    assert found(index, WORD) == {key(stays), key(comes)}
    for _ in making:
        pass
    assert found(index, WORD) == {key(stays), key(comes)}
    there = index.server.ask("GET", f"/{index.names.prefix}-*/_alias")
    assert len(there) == 5, "what was there before is gone"
    assert not upkeep.compare(index)


@only("elasticsearch")
def test_the_commands_look_after_both_engines(index, between):
    lost = write("Förlorad")
    out = io.StringIO()
    call_command("search_sync", stdout=out)
    index.delete([key(lost)])
    with pytest.raises(CommandError, match="elastic: To mend this"):
        call_command("search_doctor", stdout=out)
    assert f"1 missing: {key(lost)}" in out.getvalue()
    call_command("search_doctor", "--repair", stdout=out)
    assert not upkeep.compare(index)
    between.end()
    index.patience = 0.8
    for command in (["search_sync"], ["search_rebuild", "--engine", "elastic"], ["search_doctor"]):
        with pytest.raises(CommandError, match="elastic: "):
            call_command(*command, stdout=out)
