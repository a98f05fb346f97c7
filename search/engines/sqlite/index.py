"""Writing to a generation of the index."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import batched

from search.engines.base import PUBLIC, Busy, Document, Unavailable
from search.engines.sqlite.schema import sql
from search.engines.sqlite.vocabulary import learn

GONE_WRONG = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
LATER = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_INTERRUPT}
FIELDS = "key, locale, kind, access, translation_key, date, digest, changed, facets, title, text"
INSERT = f"INSERT INTO documents ({FIELDS}) VALUES ({', '.join('?' * 11)})"  # noqa: S608 names of columns
UPDATE = f"UPDATE documents SET ({FIELDS}) = ({', '.join('?' * 11)}) WHERE id = ?"  # noqa: S608 names of columns


class SqliteIndex:
    """What an engine and a generation being filled have in common. ``connection`` gives this thread's own."""

    known: dict[str, set[str]] = {}  # the words of each language, for whoever writes all of them

    def connection(self) -> sqlite3.Connection:
        raise NotImplementedError

    def damaged(self) -> None:
        """What to do about a file that cannot be read."""

    @contextmanager
    def plainly(self) -> Iterator[None]:
        """SQLite's errors, as whoever searches understands them."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
            if code in LATER:
                raise Busy(str(error)) from error
            if code in GONE_WRONG:
                self.damaged()
                raise Unavailable(str(error)) from error
            raise

    @contextmanager
    def writing(self, wait: float = 5) -> Iterator[None]:
        with self.plainly():
            connection = self.connection()
            if connection.in_transaction:
                yield
                return
            connection.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                self.move_number("changed", self.number("changed") + 1)
                yield
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def upsert(self, documents: Iterable[Document]) -> None:
        with self.writing():
            for document in documents:
                self.put(document)

    def put(self, document: Document) -> None:
        """A document that is there already, word for word, is left alone."""
        connection = self.connection()
        known = connection.execute(
            "SELECT id, access, digest FROM documents WHERE key = ? AND locale = ?", (document.key, document.locale)
        ).fetchone()
        if known and document.digest and known[2] == document.digest:
            return
        values = (
            *(document.key, document.locale, document.kind, document.access, document.translation_key, document.date),
            *(document.digest, self.number("changed"), json.dumps(document.facets, ensure_ascii=False)),
            *(document.title, document.text),
        )
        if known:
            number = known[0]
            self.unlink(number, document.locale, known[1])
            connection.execute(UPDATE, (*values, number))
        else:
            number = connection.execute(INSERT, values).lastrowid
        self.link(number, document)

    def link(self, number: int, document: Document) -> None:
        connection, locale, access = self.connection(), document.locale, document.access
        columns = [document.columns.get(name, "") for name in "tkhb"]
        connection.execute(sql("INSERT INTO $words (rowid, t, k, h, b) VALUES (?, ?, ?, ?, ?)", locale, access), (number, *columns))
        if document.starts:
            connection.execute(sql("INSERT INTO $starts (rowid, a) VALUES (?, ?)", locale, access), (number, document.starts))
        connection.executemany("INSERT INTO refs VALUES (?, ?)", ((ref, number) for ref in document.refs))
        if access == PUBLIC:
            learn(connection, locale, number, document.words, self.known.get(locale))

    def unlink(self, number: int, locale: str, access: str) -> None:
        connection = self.connection()
        for statement in ("DELETE FROM $words WHERE rowid = ?", "DELETE FROM $starts WHERE rowid = ?"):
            connection.execute(sql(statement, locale, access), (number,))
        if access == PUBLIC:
            connection.execute(sql("DELETE FROM $written WHERE rowid = ?", locale), (number,))
        connection.execute("DELETE FROM refs WHERE id = ?", (number,))

    def delete(self, keys: Iterable[str]) -> None:
        with self.writing():
            connection = self.connection()
            for key in keys:
                rows = connection.execute("SELECT id, locale, access FROM documents WHERE key = ?", (key,)).fetchall()
                for number, locale, access in rows:
                    self.unlink(number, locale, access)
                    connection.execute("DELETE FROM documents WHERE id = ?", (number,))
                    connection.execute("INSERT OR REPLACE INTO gone VALUES (?, ?)", (number, self.number("changed")))

    def referring(self, refs: Iterable[str]) -> set[str]:
        found: set[str] = set()
        with self.plainly():
            for some in batched(refs, 500):
                marks = ", ".join("?" * len(some))
                question = "SELECT DISTINCT key FROM refs JOIN documents USING (id) WHERE ref IN ($refs)".replace("$refs", marks)
                found |= {key for (key,) in self.connection().execute(question, some)}
        return found

    # What is known about the index itself

    @property
    def position(self) -> str:
        with self.plainly():
            return self.about("position")

    def move(self, position: str) -> None:
        with self.writing():
            self.put_about("position", position)

    def about(self, name: str) -> str:
        row = self.connection().execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def put_about(self, name: str, value: str) -> None:
        self.connection().execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))

    def number(self, name: str) -> int:
        return int(self.about(name) or 0)

    def move_number(self, name: str, value: int) -> None:
        self.put_about(name, str(value))
