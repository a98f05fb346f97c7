"""Writers of the index that are killed in the middle: real processes of a real site. Nothing is lost, and searching goes on."""

import signal
import time
from collections.abc import Callable

import pytest

from search.engines.base import Plan, Unavailable
from search.engines.elastic import ElasticEngine
from search.engines.sqlite import SqliteEngine
from tests import servers
from tests.servers import url_of

PAST_THE_INDEX = """
from cms.events import recorded
from cms.vocabulary.models import Topic
recorded.disconnect(dispatch_uid="samverka-search")
for topic in Topic.objects.all():
    topic.name_sv += " kvastkvittra"
    topic.save()
"""
COMPARED = """
from search import engines, upkeep
for index in engines.engines():
    upkeep.catch_up(index)
    print(upkeep.compare(index).keys)
"""


def kill_when(start: Callable, has_begun: Callable[[], bool]) -> None:
    """On PostgreSQL there may be nothing to do until a transaction that others have begun before is over: then it starts anew."""
    process, ends = start(), time.monotonic() + 120
    while not has_begun():
        if process.poll() is not None:
            assert process.returncode == 0, process.stdout.read()
            assert time.monotonic() < ends
            process = start()
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_site_whose_writer_is_killed_loses_nothing(own_site):
    """Changes are made past the index, as when every writer was dead; then it is written, killed, and written again."""
    own_site.ask(PAST_THE_INDEX)
    index = SqliteEngine(own_site.folder / "search")
    before = (index.number("changed"), index.position)
    kill_when(lambda: own_site.start("manage.py", "search_sync"), lambda: index.number("changed") > before[0])
    assert index.position == before[1], "it had begun, and was not through"
    assert own_site.ask(COMPARED) == "[]"


def test_a_site_whose_index_is_killed_while_it_is_made_keeps_the_old_one(own_site):
    folder = own_site.folder / "search"
    kill_when(lambda: own_site.start("manage.py", "search_rebuild"), lambda: len(list(folder.glob("*.sqlite3"))) > 1)
    assert SqliteEngine(folder).search(Plan("sv")).total > 100
    assert own_site.ask(COMPARED) == "[]"


@pytest.mark.search_server
def test_a_site_whose_writer_to_a_server_is_killed_loses_nothing(own_site):
    """While it makes the index, and while it writes what changed."""
    environment = {"SEARCH_URL": url_of("opensearch"), "SEARCH_PREFIX": servers.prefix("site")}
    index = ElasticEngine(servers.server_of("opensearch"), environment["SEARCH_PREFIX"], own_site.folder / "lock")
    rebuild, every = ("search_rebuild", "--engine", "elastic"), f"/{environment['SEARCH_PREFIX']}-*/_alias"
    kill_when(lambda: own_site.start("manage.py", *rebuild, **environment), lambda: len(index.server.ask("GET", every)) == 5)
    with pytest.raises(Unavailable):
        index.search(Plan("sv"))
    assert own_site.manage(*rebuild, environment=environment).returncode == 0
    own_site.ask(PAST_THE_INDEX)
    before = index.about()
    kill_when(lambda: own_site.start("manage.py", "search_sync", **environment), lambda: index.about().ticket > before.ticket)
    assert index.position == before.position, "it had begun, and was not through"
    compared = own_site.manage("shell", "--no-imports", "--command", COMPARED, environment=environment)
    assert compared.stdout.split() == ["[]", "[]"]
