"""What one would have without this search."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from search.engines.base import BODY, HEADINGS, KEYWORDS, TITLE
from search.eval.collection import Entry
from search.eval.queries import Query

FIELDS = {"title": TITLE, "keywords": KEYWORDS, "headings": HEADINGS, "body": BODY}
LONG = 86_400  # seconds
Answers = dict[Query, list[str]]


@dataclass(frozen=True)
class Stock:
    """What Wagtail's own search found, and what it cost in CPU seconds: each query, making the index, saving one page."""

    answers: Answers
    seconds: list[float]
    rebuild: float
    update: float


def stock(entries: Iterable[Entry], queries: list[Query], seconds: float = LONG) -> Stock:
    """Wagtail as it comes, on SQLite: as many of the queries as there is time for."""
    asked = {
        "texts": [{"name": each.name, "locale": each.locale, **fields(each)} for each in entries],
        "queries": [[query.text, query.language] for query in queries],
        "seconds": seconds,
    }
    command = [sys.executable, "-m", "search.eval.stock"]
    run = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True, cwd=settings.BASE_DIR)  # noqa: S603
    told = json.loads(run.stdout)
    return Stock(
        {query: each["names"] for query, each in zip(queries, told["answers"], strict=False)},
        [each["seconds"] for each in told["answers"]],
        told["rebuild"],
        told["update"],
    )


def fields(each: Entry) -> dict[str, str]:
    return {name: each.written[column] for name, column in FIELDS.items()}
