"""Real search servers for the tests that need them: ``make services`` starts them, ``-m search_server`` runs those tests."""

import os
from functools import cache
from pathlib import Path

import pytest

from search.engines.base import Engine
from search.engines.elastic import ElasticEngine
from search.engines.elastic.server import Server

FOLDER = Path(__file__).resolve().parents[1] / "var" / "test"
NAMES = ("elasticsearch", "opensearch")
SERVERS = [pytest.param(name, marks=pytest.mark.search_server) for name in NAMES]


def url_of(name: str) -> str:
    """A server that is not there fails a test rather than letting it pass unseen."""
    return os.environ[f"{name.upper()}_URL"]


def prefix(name: str = "test") -> str:
    """Of the indexes of this process: others may test on the same server."""
    return f"samverka-{name}-{os.getpid()}"


@cache
def kept(name: str) -> ElasticEngine:
    """One for all tests: indexes are dear to make. What is written is found at once."""
    made = ElasticEngine(Server(url_of(name)), prefix(), FOLDER / f"lock-{name}-{os.getpid()}", fresh=True, patience=30)
    publish_empty(made)
    return made


def empty(name: str) -> ElasticEngine:
    engine = kept(name)
    with engine.writing():
        engine.delete({each.key for each in engine.stored()})
        engine.move("0")
    return engine


def publish_empty(engine: Engine) -> None:
    generation = engine.begin_generation()
    generation.move("0")
    generation.publish()


def forget() -> None:
    """Nothing of this process stays on the servers."""
    for name in NAMES:
        if f"{name.upper()}_URL" in os.environ:
            server = Server(url_of(name))
            for index in server.ask("GET", f"/{prefix('*')}-*/_alias"):
                server.ask("DELETE", f"/{index}")
