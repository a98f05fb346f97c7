"""The demo as a site of its own in a folder that is kept: making it takes a while, copying it does not."""

import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tests.kept import one_at_a_time
from tests.own_site import ROOT, OwnSite

ROOMS = ("cms", "home", "knowledge", "directory", "search")
SOURCES = {".py", ".yaml", ".css", ".js", ".svg"}
PASSWORD = "öppna-sesam"
SECONDS_TO_START = 90

# What the demo has none of: pages in one language only, and pages that ask for a password.
MORE = f"""
from wagtail.models import PageViewRestriction
from tests.scratch import write
write("Bara på svenska"), write("Only in English", language="en")
for closed in (write("Stängd sida"), write("Closed page", language="en")):
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="{PASSWORD}")
"""


def kept_site() -> Path:
    """The folder of a loaded site of exactly this code and content, with its pictures made."""
    sources = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.*") if path.suffix in SOURCES)
    code = hashlib.sha256(b"".join(path.read_bytes() for path in [*sources, Path(__file__)]))
    code.update(os.environ.get("WITHOUT_PLUGINS", "").encode())
    kept = ROOT / "var" / "test" / f"site-{code.hexdigest()[:16]}"
    with one_at_a_time("site"):
        if not kept.exists():
            for old in sorted(kept.parent.glob("site-*"), key=lambda path: path.stat().st_mtime)[:-2]:
                shutil.rmtree(old, ignore_errors=True)
            new = kept.with_suffix(".new")
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(parents=True)
            make(OwnSite(new))
            new.rename(kept)
    return kept


def make(site: OwnSite) -> None:
    for command in (["migrate", "--verbosity=0"], ["collectstatic", "--noinput", "--verbosity=0"], ["demo"]):
        done = site.manage(*command)
        assert done.returncode == 0, done.stderr
    site.ask(MORE)
    site.manage("worker", "--once")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a copy of the kept site, served with its worker as ``make demo`` does."""
    shutil.copytree(kept_site(), folder, symlinks=True, dirs_exist_ok=True)
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database, database:
        database.execute("UPDATE wagtailcore_site SET port = ?", [port])
    address = f"http://localhost:{port}"
    environment = OwnSite(folder).environment(PORT=str(port), BASE_URL=address)
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "scripts/serve.py"], cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        wait_for(f"{address}/readyz", server)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, server: subprocess.Popen) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(address, timeout=5):  # noqa: S310 our own server
            return
        time.sleep(0.2)
    raise AssertionError(f"{address} does not answer; see server.log in the folder of the site")
