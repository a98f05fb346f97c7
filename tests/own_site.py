"""A portal of its own on this machine, with its own folder and database, run by real commands in real processes."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection

from cms.media import PortalDocument, PortalImage, PortalRendition

ROOT = Path(__file__).resolve().parents[1]
CLONE = "own"
INHERITED = ("PATH", "HOME", "LANG", "COVERAGE_PROCESS_START", "WITHOUT_PLUGINS")


@dataclass
class OwnSite:
    """``database_url`` is empty for SQLite in the folder."""

    folder: Path
    database_url: str = ""
    processes: list[subprocess.Popen] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return {**kept, "DATA_DIR": str(self.folder), "DATABASE_URL": self.database_url, **more}

    def manage(self, *arguments: str, **options) -> subprocess.CompletedProcess:
        """Runs a command to its end. What it says is in ``stdout`` and ``stderr``."""
        command = [sys.executable, "manage.py", *arguments]
        environment = self.environment(**options.pop("environment", {}))
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, **options)

    def ask(self, code: str) -> str:
        """What a piece of Python prints in the portal."""
        answer = self.manage("shell", "--no-imports", "--command", code)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout.strip()

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen:
        command, environment = [sys.executable, *arguments], self.environment(**environment)
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=-1, stderr=subprocess.STDOUT, text=True)
        self.processes.append(process)
        return process

    def end(self) -> None:
        for process in self.processes:
            process.terminate()  # scripts/serve.py ends what it started
            process.communicate()


@contextmanager
def with_demo(folder: Path) -> Iterator[OwnSite]:
    """A site with a copy of the tests' database, its pictures and documents."""
    site = OwnSite(folder)
    places = {PortalImage: "originals", PortalDocument: "originals", PortalRendition: "media"}
    files = [(place, name) for model, place in places.items() for name in model.objects.values_list("file", flat=True)]
    if connection.vendor == "sqlite":
        copy_sqlite(folder / "db.sqlite3")
    else:
        connection.creation.clone_test_db(CLONE, verbosity=0, autoclobber=True)
        site.database_url = url_of_clone()
    shutil.copytree(settings.SEARCH_ROOT, folder / "search", symlinks=True)
    for place, name in files:
        (folder / place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(settings.MEDIA_ROOT if place == "media" else settings.ORIGINALS_ROOT) / name, folder / place / name)
    try:
        yield site
    finally:
        site.end()
        if site.database_url:
            connection.creation.destroy_test_db(suffix=CLONE, verbosity=0, keepdb=False)


def copy_sqlite(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
    connection.close()


def url_of_clone() -> str:
    clone = connection.creation.get_test_db_clone_settings(CLONE)
    return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**clone)
