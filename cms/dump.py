"""The whole database to a file and back, as each engine does it best: at one moment, and all or nothing."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

COUNTED = {
    "pages": "wagtailcore_page",
    "pictures": "cms_portalimage",
    "documents": "cms_portaldocument",
    "organisations": "directory_organisation",
    "people": "directory_person",
    "users": "users_user",
}
COUNT = 'SELECT COUNT(*) FROM "{}"'


class Failed(Exception):
    """The database could not be written or read. It is as it was."""


def save(target: Path) -> dict[str, int]:
    """Writes the database as it is at this moment, and gives how much of what is in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    return save_sqlite(target) if connection.vendor == "sqlite" else save_postgresql(target)


def load(source: Path) -> None:
    """Puts another database in the place of this one, in one transaction."""
    connection.close()
    (load_sqlite if connection.vendor == "sqlite" else load_postgresql)(source)


def check(source: Path, counts: dict[str, int]) -> None:
    """Fails if the file is no sound database with what was counted when it was written."""
    if connection.vendor != "sqlite":
        return  # psql reads it in one transaction and stops at the first fault
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            found = counted(database.execute)
    except sqlite3.DatabaseError as error:
        raise Failed(f"The database in the backup cannot be read: {error}") from error
    if not sound or found != counts:
        raise Failed(f"The database in the backup is not sound: {found} instead of {counts}")


def is_empty() -> bool:
    """Whether there is no content yet that could be lost."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(COUNT.format(COUNTED["pages"]))
            return cursor.fetchone()[0] <= 2  # the root and Wagtail's greeting
    except DatabaseError:
        return True


def counted(execute) -> dict[str, int]:
    return {name: execute(COUNT.format(table)).fetchone()[0] for name, table in COUNTED.items()}


# SQLite


def save_sqlite(target: Path) -> dict[str, int]:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        return counted(copy.execute)


def load_sqlite(source: Path) -> None:
    """SQLite copies page by page in one transaction: whoever reads meanwhile sees the old one, and a kill leaves it."""
    connection.ensure_connection()
    with closing(sqlite3.connect(source)) as copy:
        copy.backup(connection.connection, progress=give_up_when_locked)
    connection.close()


def give_up_when_locked(status: int, remaining: int, total: int) -> None:
    """By itself Python would try for ever. Each try has already waited for as long as the connection does."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise Failed("Another program keeps the database locked.")


# PostgreSQL


def save_postgresql(target: Path) -> dict[str, int]:
    """The counts are of the same snapshot as the dump."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}"]
        run("pg_dump", options)
        return counted(lambda sql: cursor.execute(sql) or cursor)


def load_postgresql(source: Path) -> None:
    """Tables that the backup does not have go as well: what is there afterwards is what was there when it was made."""
    with connection.cursor() as cursor:
        tables = ", ".join(map(connection.ops.quote_name, connection.introspection.table_names(cursor)))
    connection.close()
    first = source.with_name("first.sql")
    first.write_text(f"SET lock_timeout = '20s';\n{f'DROP TABLE IF EXISTS {tables} CASCADE;' if tables else ''}\n")
    run(
        "psql",
        [
            "--quiet",
            "--no-psqlrc",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            "--output=/dev/null",
            f"--file={first}",
            f"--file={source}",
        ],
    )


def run(program: str, options: list[str]) -> None:
    """One of PostgreSQL's own programs on our database. The password goes in its environment, where nobody else sees it."""
    (_, *address), environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, options)
    environment = {**os.environ, **(environment or {}), "PGOPTIONS": ""}
    if shutil.which(program) is None:
        raise Failed(f"{program} is not installed. Debian has it in postgresql-client.")
    answer = subprocess.run([program, *address], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if answer.returncode:
        raise Failed(f"{program}: {answer.stderr.strip()}")
