"""The migrated and loaded database of all tests: made once for what it is made from and the day, kept, and copied from then on.

Tests that run beside each other wait for the one that makes it. With PostgreSQL it is kept as a database to copy.
"""

import fcntl
import hashlib
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases
from django.utils import timezone

from cms import renditions
from cms.media import PortalImage

from .indexes import demo_index

FOLDER = settings.BASE_DIR / "var" / "test"
MAKES_ROWS = [
    *(f"{parts}/{file}" for parts in ("*", "cms/*") for file in ("migrations/*.py", "models.py", "models/*.py")),
    *("cms/blocks/*.py", "cms/demo/**/*.py", "cms/demo/**/*.yaml"),
]


def loaded_database() -> list[tuple]:
    """Puts the loaded database in the place of the portal's own. What ``teardown_databases`` needs to know."""
    own = connection.settings_dict["NAME"]
    kept = KeptFile() if connection.vendor == "sqlite" else KeptTemplate()
    with one_at_a_time(f"database-{connection.vendor}"):
        is_new = not kept.exists()
        if not is_new:
            kept.copy()
            ContentType.objects.clear_cache()  # their keys are those of the kept database
        else:
            setup_databases(verbosity=0, interactive=False, aliases=["default"], serialized_aliases=[])
            call_command("demo", "--without-translations", stdout=io.StringIO())
            make_pictures()
            kept.keep()
        demo_index(kept.path, is_new)
    return [(connection, own, True)]


@contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def code() -> str:
    """Of everything that rows are made by and from."""
    sources = sorted({path for pattern in MAKES_ROWS for path in settings.BASE_DIR.glob(pattern)})
    surroundings = repr((settings.INSTALLED_APPS, timezone.localdate()))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources) + surroundings.encode()).hexdigest()[:16]


def make_pictures() -> None:
    """In the formats that a first visitor would make; those that only the worker makes are left to it."""
    for image in PortalImage.objects.all():
        for size in renditions.SIZES:
            renditions.shown(image, size)


def make_test_database() -> None:
    """What Django does for a test database, without looking for tables to make."""
    creation = connection.creation
    creation._create_test_db(verbosity=0, autoclobber=True)
    connection.close()
    connection.settings_dict["NAME"] = creation._get_test_db_name()
    connection.ensure_connection()


class KeptFile:
    """For SQLite, whose test database is in memory. The last few are left for who goes to and fro between branches."""

    def __init__(self):
        self.path = FOLDER / f"demo-{code()}.sqlite3"

    def exists(self) -> bool:
        return self.path.exists()

    def keep(self) -> None:
        for old in sorted(FOLDER.glob("demo-*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-5]:
            old.unlink(missing_ok=True)
        new = Path(f"{self.path}.new")
        with closing(sqlite3.connect(new)) as database:
            connection.connection.backup(database)
        new.replace(self.path)

    def copy(self) -> None:
        make_test_database()
        with closing(sqlite3.connect(self.path)) as database:
            database.backup(connection.connection)


class KeptTemplate:
    """For PostgreSQL: a database beside those of the tests. Only the last one is left."""

    prefix = "samverka_kept_"

    def __init__(self):
        self.name = self.prefix + code()
        self.path = FOLDER / f"demo-{code()}-postgresql"  # where its index lies

    def all(self) -> list[str]:
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{self.prefix}%"])
            return [name for (name,) in cursor]

    def exists(self) -> bool:
        return self.name in self.all()

    def keep(self) -> None:
        connection.close()  # one can only copy what nobody is connected to
        with connection.creation._nodb_cursor() as cursor:
            for old in self.all():
                cursor.execute(f"DROP DATABASE {old}")
            cursor.execute(f"CREATE DATABASE {self.name} TEMPLATE {connection.settings_dict['NAME']}")

    def copy(self) -> None:
        connection.settings_dict["TEST"]["TEMPLATE"] = self.name
        make_test_database()
