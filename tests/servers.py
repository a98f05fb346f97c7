"""Real search servers for the tests that need them: ``make services`` starts them, ``-m search_server`` runs those tests."""

import atexit
import os
import socket
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from search.engines.base import Engine, Unavailable
from search.engines.elastic import ElasticEngine
from search.engines.elastic.server import Server

FOLDER = Path(__file__).resolve().parents[1] / "var" / "test"
NAMES = ("elasticsearch", "opensearch")
SERVERS = [pytest.param(name, marks=pytest.mark.search_server) for name in NAMES]


def url_of(name: str) -> str:
    """A server that is not there fails a test rather than letting it pass unseen."""
    return os.environ[f"{name.upper()}_URL"]


def certificate_of(name: str) -> str:
    return os.environ["ELASTICSEARCH_CA"] if name == "elasticsearch" else ""


def server_of(name: str) -> Server:
    return Server(url_of(name), certificate=certificate_of(name))


def prefix(name: str = "test") -> str:
    """Of the indexes of this process: others may test on the same server."""
    return f"samverka-{name}-{os.getpid()}"


@cache
def kept(name: str) -> ElasticEngine:
    """One for all tests: indexes are dear to make. What is written is found at once."""
    made = another(name)
    publish_empty(made)
    return made


def another(name: str) -> ElasticEngine:
    """As in another process."""
    return ElasticEngine(server_of(name), prefix(), FOLDER / f"lock-{name}-{os.getpid()}", fresh=True, patience=30)


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


@atexit.register
def forget() -> None:
    """Nothing of this process stays on the servers."""
    for name in NAMES:
        with suppress(KeyError, Unavailable):
            if indexes := ",".join(server_of(name).ask("GET", f"/{prefix('*')}-*/_alias")):
                server_of(name).ask("DELETE", f"/{indexes}")


class Between:
    """Stands between the portal and its server, and does to what goes through what networks do."""

    def __init__(self, url: str):
        self.there = urlsplit(url)
        self.way, self.connections = "through", 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.open: list[socket.socket] = []
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self) -> str:
        account, _, _ = self.there.netloc.rpartition("@")
        return f"{self.there.scheme}://{account and account + '@'}127.0.0.1:{self.listening.getsockname()[1]}"

    def accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listening.accept()
                self.connections += 1
                self.open.append(client)
                if self.way == "through":
                    server = socket.create_connection((self.there.hostname, self.there.port))
                    self.open.append(server)
                    for source, target in ((client, server), (server, client)):
                        threading.Thread(target=self.carry, args=(source, target), daemon=True).start()

    def carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                target.sendall(piece)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def hang(self) -> None:
        """Takes every connection from now on, and says nothing."""
        self.way = "nowhere"
        self.cut()

    def cut(self) -> None:
        for end in self.open:
            end.close()
        self.open.clear()

    def end(self) -> None:
        """Refuses."""
        with suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.cut()
