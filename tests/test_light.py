"""The server starts with what it needs and no more, so that it answers soon and is small."""

import os
import re
import socket
import sys
from pathlib import Path

import pytest
from django.db import connection

from .e2e.site import wait_for

MEGABYTES = 170
FIRST_ANSWER = """
import gc, sys
from wsgiref.util import setup_testing_defaults
from cms.wsgi import application
kept = gc.get_freeze_count()
environ = {"HTTP_HOST": "localhost"}
setup_testing_defaults(environ)
list(application(environ, lambda status, headers: print(status)))
print(kept, *sys.modules)
"""


def test_the_first_answer_needs_nothing_that_is_seldom_used(own_site):
    status, loaded = own_site.ask(FIRST_ANSWER).splitlines()
    kept, *modules = loaded.split()
    assert status == "200 OK"
    assert "wagtail.admin.urls" in modules, "the map of addresses is whole"
    unused = {"wagtail.api.v3", "ninja", "elastic_transport", "pillow_heif", "openpyxl", "cms.demo.loader", "cms.archive"}
    unused |= {"requests", "pygments", "charset_normalizer", "pydantic", "icalendar", "markdown_it", "PIL.ImageDraw"}
    assert not unused & set(modules)
    assert connection.vendor == "postgresql" or "psycopg" not in modules
    assert int(kept) > 100_000, "garbage is looked for in what stays for ever"


def memory(process: Path) -> int:
    """What a process and those it started hold, in kilobytes."""
    own = re.search(r"VmRSS:\s+(\d+)", (process / "status").read_text())[1]
    return int(own) + sum(map(memory, children(process)))


def children(process: Path) -> list[Path]:
    return [Path("/proc", pid) for pid in (process / "task" / process.name / "children").read_text().split()]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_server_is_small_after_its_first_answer(own_site):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    process = own_site.start("scripts/serve.py", PORT=port, BASE_URL=f"http://localhost:{port}")
    wait_for(f"http://localhost:{port}/en/", process)
    server, worker = children(Path("/proc", str(process.pid)))
    assert memory(server) < MEGABYTES * 1024
    assert os.getpriority(os.PRIO_PROCESS, int(worker.name)) > 0, "visitors come first"
