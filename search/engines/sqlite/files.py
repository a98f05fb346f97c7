"""Generations of the index: files in one folder, of which one is asked. Which one, a link says, and it is changed in one step."""

import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engines.base import Unavailable
from search.engines.locks import only_one
from search.engines.sqlite.schema import VERSION, statements

CURRENT, LOCK, SUFFIX = "current", "filling", ".sqlite3"


class Folder:
    """Connections are one for each thread, and let go of when another generation is published."""

    def __init__(self, path: Path):
        self.path = path
        self.local = threading.local()
        self.inherited: list[sqlite3.Connection] = []

    def current(self) -> Path:
        try:
            path = self.path / os.readlink(self.path / CURRENT)
        except OSError as error:
            raise Unavailable("The index is not made yet.") from error
        if not path.exists():
            raise Unavailable("The index is gone.")
        return path

    def connection(self, path: Path) -> sqlite3.Connection:
        held = getattr(self.local, "held", None)
        if held and held[:2] == (path, os.getpid()):
            return held[2]
        if held:
            self.let_go(*held)
        connection = connect(path)
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            connection.close()
            raise Unavailable("The index was made by another version.")
        self.local.held = (path, os.getpid(), connection)
        return connection

    def let_go(self, path: Path, process: int, connection: sqlite3.Connection) -> None:
        """What another process opened before it became two must not be closed by this one, nor collected."""
        self.local.held = None
        if process == os.getpid():
            connection.close()
        else:
            self.inherited.append(connection)

    def forget(self, path: Path) -> None:
        """Ask a damaged generation no more; the worker sees that there is none and makes it."""
        try:
            if self.current() == path:
                (self.path / CURRENT).unlink()
        except (Unavailable, FileNotFoundError):
            pass

    def publish(self, path: Path) -> None:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        link = self.path / f".{CURRENT}.{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(path.name)
        os.replace(link, self.path / CURRENT)
        self.remove_others(path.name)

    def remove_others(self, kept: str) -> None:
        """Whoever still reads an old file reads on; its name is gone."""
        for file in self.path.glob(f"*{SUFFIX}*"):
            if not file.name.startswith(kept):
                file.unlink(missing_ok=True)

    @contextmanager
    def filling(self) -> Iterator[Path]:
        """The name of a new generation, for one process at a time; whoever is killed lets go of it."""
        with only_one(self.path / LOCK):
            try:
                self.remove_others(self.current().name)
            except Unavailable:
                self.remove_others("-")
            yield self.path / f"{secrets.token_hex(6)}{SUFFIX}"


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=5)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA mmap_size = 134217728")
    return connection


def create(path: Path) -> sqlite3.Connection:
    """A file that nobody else knows: one transaction from its beginning to its end, without a journal."""
    connection = connect(path, "rwc")
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536", f"user_version = {VERSION}"):
        connection.execute(f"PRAGMA {setting}")
    connection.executescript(statements())
    connection.execute("BEGIN")
    return connection


def finish(connection: sqlite3.Connection) -> None:
    """From now on several may read it, and one may write to it."""
    connection.commit()
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
