"""The engine that needs no server: SQLite's full text search, in a file of its own beside any database."""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore, local

from cms.languages import CODES
from search.analysis import fold
from search.engines.base import COLUMNS, DETAILED, PUBLIC, Busy, Found, Health, Hit, Plan, Stored, Unavailable
from search.engines.sqlite.asking import WEIGHTS, beginnings, expression, narrower
from search.engines.sqlite.files import Folder, create, finish
from search.engines.sqlite.index import SqliteIndex
from search.engines.sqlite.masks import Masks, mask_of, numbers_in
from search.engines.sqlite.schema import sql
from search.engines.sqlite.vocabulary import SqliteVocabulary

AT_ONCE, WAIT_SECONDS = 4, 1.0
LONGEST_SECONDS = 2.0  # of work; waiting for the processor does not count
STEPS = 20_000  # of SQLite's machine between two looks at the clock
MANY = 300  # documents that are all weighed

AMONG = "IN (SELECT value FROM json_each(?))"
BY_WORDS = f"SELECT rowid, -bm25($words, {WEIGHTS}) AS score FROM $words WHERE $words MATCH ? ORDER BY score DESC, rowid"  # noqa: S608
BEST = BY_WORDS.replace("ORDER", f"AND +rowid {AMONG} ORDER") + " LIMIT ? OFFSET ?"
BEST_BUT = BEST.replace(" IN ", " NOT IN ", 1)
WHICH = "SELECT json_group_array(rowid) FROM $words WHERE $words MATCH ?"  # as one text: ten times faster than as so many rows
BY_BEGINNINGS = "SELECT rowid, -bm25($starts) AS score FROM $starts WHERE $starts MATCH ? ORDER BY score DESC, rowid"
SUGGESTED = """SELECT id, key, locale, kind, title, translation_key, date FROM $starts JOIN documents ON id = $starts.rowid
    WHERE $starts MATCH ? AND kind IN (?) LIMIT 100"""
NEWEST = "SELECT id, 0.0 FROM documents WHERE locale = ? AND access = ? ORDER BY date DESC, id"
IN_BOTH = f"""SELECT iif(translation_key = '', key, translation_key) AS same FROM documents
    WHERE access = '{PUBLIC}' AND (translation_key {AMONG} OR key {AMONG}) GROUP BY same HAVING count(*) > 1"""  # noqa: S608
Rows = list[tuple[int, float]]  # numbers of documents, each with its score
Counts = dict[str, dict[str, int]]
SHORT = f"SELECT id, key, locale, kind, title, translation_key, date FROM documents WHERE id {AMONG}"  # noqa: S608
DETAILS = SHORT.replace(" FROM documents", ", text, t, k, h, b FROM documents JOIN $words ON $words.rowid = id", 1)


class SqliteEngine(SqliteIndex):
    name = "sqlite"

    def __init__(self, folder: Path):
        self.folder = Folder(folder)
        self.places = BoundedSemaphore(AT_ONCE)
        self.kept_masks: tuple[Path, Masks] | None = None
        self.here = local()

    def connection(self) -> sqlite3.Connection:
        return getattr(self.here, "searching", None) or self.folder.connection(self.folder.current())

    def damaged(self) -> None:
        held = getattr(self.folder.local, "held", None)
        if held:
            self.folder.forget(held[0])

    @contextmanager
    def writing(self, wait: float = 5) -> Iterator[None]:
        """What would go into a generation that has just been replaced goes into the new one."""
        before = self.folder.current()
        with super().writing(wait):
            if self.folder.current() != before:
                raise Busy("A new index was published just now.")
            yield

    # Searching

    @contextmanager
    def searching(self) -> Iterator[sqlite3.Connection]:
        """So many at once and no more; none longer than two seconds; all of one search sees one state of the index."""
        if inside := getattr(self.here, "searching", None):
            yield inside
            return
        if not self.places.acquire(timeout=WAIT_SECONDS):
            raise Busy("Many are searching just now.")
        try:
            with self.plainly(), self.unchanging(self.connection()) as connection:
                self.here.searching = connection
                yield connection
        finally:
            self.here.searching = None
            self.places.release()

    @contextmanager
    def unchanging(self, connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
        ends = time.thread_time() + LONGEST_SECONDS
        connection.set_progress_handler(lambda: time.thread_time() > ends, STEPS)
        inside = connection.in_transaction
        try:
            if not inside:
                connection.execute("BEGIN")
            yield connection
        finally:
            if not inside and connection.in_transaction:
                connection.rollback()
            connection.set_progress_handler(None, 0)

    def search(self, plan: Plan) -> Found:
        with self.searching() as connection:
            asked = expression(plan)
            if asked and len(plan.access) == 1 and plan.size is not None and not plan.beginnings:
                rows, total, facets = self.best(connection, plan, asked)
            else:
                rows, total, facets = self.all(connection, plan, asked)
            return Found(self.hits(connection, plan, rows), total, facets)

    def best(self, connection: sqlite3.Connection, plan: Plan, asked: str) -> tuple[Rows, int, Counts]:
        """The usual question: which documents answer is told at once, and only those that may be shown are weighed."""
        found, wanted, facets = self.having(connection, plan, asked), -1, {}
        if plan.filters or plan.facets:
            masks = self.masks(connection)
            facets = {name: masks.counted(name, found & masks.matching(plan.filters, but=name)) for name in plan.facets}
            wanted = masks.matching(plan.filters)
        rows: Rows = []
        start, size = plan.start, plan.size or 0
        for some in self.likeliest_first(connection, plan, found & wanted):
            number, others = some.bit_count(), found & ~some
            if start < number:
                statement, numbers = (BEST, some) if number < others.bit_count() else (BEST_BUT, others)
                page = (asked, json.dumps(numbers_in(numbers)), size - len(rows), start)
                rows += connection.execute(sql(statement, plan.locale, plan.access[0]), page).fetchall()
            if len(rows) == size:
                break
            start = max(0, start - number)
        return rows, (found & wanted).bit_count(), facets

    def likeliest_first(self, connection: sqlite3.Connection, plan: Plan, wanted: int) -> Iterator[int]:
        """Where very much answers, what has all the words or is named so comes before the rest, as in the second look at it."""
        for asked in narrower(plan) if wanted.bit_count() > MANY else ():
            some = wanted & self.having(connection, plan, asked)
            wanted &= ~some
            yield some
        yield wanted

    def having(self, connection: sqlite3.Connection, plan: Plan, asked: str) -> int:
        (numbers,) = connection.execute(sql(WHICH, plan.locale, plan.access[0]), (asked,)).fetchone()
        return mask_of(json.loads(numbers))

    def all(self, connection: sqlite3.Connection, plan: Plan, asked: str) -> tuple[Rows, int, Counts]:
        rows, facets = self.matches(connection, plan, asked), {}
        if plan.filters or plan.facets:
            masks, found = self.masks(connection), mask_of(number for number, _ in rows)
            facets = {name: masks.counted(name, found & masks.matching(plan.filters, but=name)) for name in plan.facets}
            rows = among(rows, found & masks.matching(plan.filters))
        stop = None if plan.size is None else plan.start + plan.size
        return rows[plan.start : stop], len(rows), facets

    def matches(self, connection: sqlite3.Connection, plan: Plan, asked: str) -> Rows:
        """All that matches, with its score; the best first."""
        rows: Rows = []
        starts = beginnings(plan.beginnings)
        for access in plan.access:
            found: Rows | None = None
            for statement, text in ((BY_WORDS, asked), (BY_BEGINNINGS, starts)):
                if text:
                    some = connection.execute(sql(statement, plan.locale, access), (text,)).fetchall()
                    found = some if found is None else in_both(found, some)
            if found is None:
                found = connection.execute(NEWEST, (plan.locale, access)).fetchall()
            rows += found
        return rows if len(plan.access) == 1 else sorted(rows, key=lambda row: -row[1])

    def hits(self, connection: sqlite3.Connection, plan: Plan, rows: Rows) -> list[Hit]:
        numbers, detailed = [number for number, _ in rows], max(0, DETAILED - plan.start)
        found = dict(told(connection.execute(SHORT, (json.dumps(numbers[detailed:]),))))
        for access in plan.access:
            found |= told(connection.execute(sql(DETAILS, plan.locale, access), (json.dumps(numbers[:detailed]),)))
        return [hit(score, *found[number]) for number, score in rows]

    def masks(self, connection: sqlite3.Connection) -> Masks:
        path = self.folder.current()
        if self.kept_masks is None or self.kept_masks[0] != path:
            self.kept_masks = (path, Masks())
        masks = self.kept_masks[1]
        masks.refresh(connection)
        return masks

    def suggest(
        self, prefix: str, locale: str, kinds: tuple[str, ...] = (), access: tuple[str, ...] = (PUBLIC,), size: int = 10
    ) -> list[Hit]:
        """What begins with the words comes first, and then what is shortest."""
        words = prefix.split()
        if not words:
            return []
        found: dict[int, Hit] = {}
        with self.searching() as connection:
            for asked in (f"^ {beginnings(words)}", beginnings(words)):
                for each in access if len(found) < size else ():
                    wanted = f"({', '.join('?' * len(kinds))})" if kinds else "(kind)"
                    rows = connection.execute(sql(SUGGESTED, locale, each).replace("(?)", wanted), (asked, *kinds))
                    for number, *short in rows:
                        found.setdefault(number, Hit(short[0], 0.0, *short[1:]))
        typed = " ".join(words)
        return sorted(found.values(), key=lambda hit: (not fold(hit.title).startswith(typed), len(hit.title), hit.title))[:size]

    def vocabulary(self, locale: str) -> SqliteVocabulary:
        def ask(statement: str, values: tuple) -> list[tuple]:
            with self.searching() as connection:
                return connection.execute(statement, values).fetchall()

        return SqliteVocabulary(locale, ask)

    def in_both(self, same: Iterable[str]) -> set[str]:
        some = json.dumps(list(same))
        with self.searching() as connection:
            return {key for (key,) in connection.execute(IN_BOTH, (some, some))}

    # Looking after it

    def stored(self, kinds: tuple[str, ...] = ()) -> Iterator[Stored]:
        where = f"WHERE kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        with self.plainly():
            statement = f"SELECT key, locale, kind, access, digest FROM documents {where} ORDER BY id"  # noqa: S608
            rows = self.connection().execute(statement, kinds).fetchall()
        yield from (Stored(*row) for row in rows)

    def begin_generation(self) -> "SqliteGeneration":
        return SqliteGeneration(self.folder)

    def health(self) -> Health:
        try:
            with self.searching() as connection:
                counts = dict(connection.execute("SELECT locale, count(*) FROM documents GROUP BY locale"))
                position = self.about("position")
        except (Unavailable, Busy) as error:
            return Health(problem=str(error))
        size = sum(file.stat().st_size for file in self.folder.path.glob(f"{self.folder.current().name}*"))
        return Health("", position, {code: counts.get(code, 0) for code in CODES}, size)


def told(rows: Iterable[tuple]) -> Iterator[tuple[int, tuple]]:
    return ((number, row) for number, *row in rows)


def hit(score: float, key: str, *short: str) -> Hit:
    """``short`` is what there is to tell of it; after its text, of the best, its columns."""
    return Hit(key, score, *short[:6], columns=dict(zip(COLUMNS, short[6:], strict=False)))


def among(rows: Rows, mask: int) -> Rows:
    bits = mask.to_bytes(mask.bit_length() // 8 + 1, "little")
    return [row for row in rows if row[0] >> 3 < len(bits) and bits[row[0] >> 3] & 1 << (row[0] & 7)]


def in_both(some: Rows, others: Rows) -> Rows:
    scores = dict(others)
    both = [(number, score + scores[number]) for number, score in some if number in scores]
    return sorted(both, key=lambda row: -row[1])


class SqliteGeneration(SqliteIndex):
    """A new file beside the one that is asked."""

    def __init__(self, folder: Folder):
        self.folder = folder
        self.lock = folder.filling()
        self.path = self.lock.__enter__()
        self.own = create(self.path)
        self.known = {code: set() for code in CODES}

    def connection(self) -> sqlite3.Connection:
        return self.own

    def publish(self) -> None:
        finish(self.own)
        self.folder.publish(self.path)
        self.lock.__exit__(None, None, None)

    def drop(self) -> None:
        self.own.close()
        for file in self.folder.path.glob(f"{self.path.name}*"):
            file.unlink(missing_ok=True)
        self.lock.__exit__(None, None, None)
