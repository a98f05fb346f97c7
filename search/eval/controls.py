"""What one would have without this search."""

import json
import subprocess
import sys
from collections.abc import Iterable

from django.conf import settings

from search.engines.base import BODY, HEADINGS, KEYWORDS, TITLE
from search.eval.collection import Entry
from search.eval.queries import Query

FIELDS = {"title": TITLE, "keywords": KEYWORDS, "headings": HEADINGS, "body": BODY}
Answers = dict[Query, list[str]]


def stock(entries: Iterable[Entry], queries: list[Query]) -> Answers:
    """Wagtail as it comes, on SQLite."""
    asked = {
        "texts": [{"name": each.name, "locale": each.locale, **fields(each)} for each in entries],
        "queries": [[query.text, query.language] for query in queries],
    }
    command = [sys.executable, "-m", "search.eval.stock"]
    run = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True, cwd=settings.BASE_DIR)  # noqa: S603
    return dict(zip(queries, json.loads(run.stdout), strict=True))


def fields(each: Entry) -> dict[str, str]:
    return {name: each.written[column] for name, column in FIELDS.items()}
