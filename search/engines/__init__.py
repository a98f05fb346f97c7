"""Where documents are kept and found: one protocol, and the engine that this portal is set to use."""

from functools import cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine
from search.engines.sqlite import SqliteEngine

__all__ = ["engine"]


def engine() -> Engine:
    return kept(Path(settings.SEARCH_ROOT))


@cache
def kept(folder: Path) -> SqliteEngine:
    return SqliteEngine(folder)
