"""Where documents are kept and found: one protocol, the engine that every portal has, and a server beside it if one is set."""

from functools import cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Embedded, Engine
from search.engines.sqlite import SqliteEngine

__all__ = ["engine", "engines", "server"]


def engine() -> Embedded:
    """In a file beside the portal. It is written to at once, knows every word, and answers when the server does not."""
    return kept(Path(settings.SEARCH_ROOT))


def server() -> Engine | None:
    """Elasticsearch or OpenSearch, if SEARCH_URL names one. The worker writes to it."""
    if not settings.SEARCH_URL:
        return None
    folder = Path(settings.SEARCH_ROOT)
    return connected(settings.SEARCH_URL, settings.SEARCH_API_KEY, settings.SEARCH_CA, settings.SEARCH_PREFIX, folder)


def engines() -> list[Engine]:
    """All that are kept up to date."""
    return [engine(), *filter(None, [server()])]


@cache
def kept(folder: Path) -> SqliteEngine:
    return SqliteEngine(folder)


@cache
def connected(url: str, api_key: str, certificate: str, prefix: str, folder: Path) -> Engine:
    """What speaks to servers is loaded by those who have one."""
    from search.engines.elastic import ElasticEngine
    from search.engines.elastic.server import Server

    return ElasticEngine(Server(url, api_key, certificate), prefix, folder / "filling-server")
