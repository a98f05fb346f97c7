"""Requests to Elasticsearch or OpenSearch, in the plain JSON that both understand."""

import json
from collections.abc import Iterable

from elastic_transport import NodeConfig, Transport, TransportError
from elastic_transport.client_utils import url_to_node_config

from search.engines.base import Unavailable, Unreachable

SEARCH_SECONDS, WRITE_SECONDS, MAKE_SECONDS = 0.8, 5.0, 30.0  # what is waited for at most
JSON, LINES = "application/json", "application/x-ndjson"


class Conflict(Exception):
    """Somebody else has written the same meanwhile."""


def node(url: str, api_key: str, certificate: str) -> NodeConfig:
    """``https://user:password@host:9200/path``. Who vouches for the server, if it is none of the usual, a file tells."""
    config = url_to_node_config(url, use_default_ports_for_scheme=True)
    headers = {**config.headers, **({"authorization": f"ApiKey {api_key}"} if api_key else {})}
    return config.replace(headers=headers, http_compress=True, **({"ca_certs": certificate} if certificate else {}))


class Server:
    """One cluster, at one address or several with commas between them; if one does not answer the next is asked."""

    def __init__(self, urls: str, api_key: str = "", certificate: str = ""):
        nodes = [node(url.strip(), api_key, certificate) for url in urls.split(",")]
        self.transport = Transport(nodes, max_retries=len(nodes) - 1, retry_on_status=(), meta_header=False)

    def ask(self, method: str, path: str, body: dict | None = None, seconds: float = WRITE_SECONDS) -> dict:
        """Raises ``Unreachable`` unless the server does what it is asked; ``Unavailable`` if there is no such index."""
        return self.sent(method, path, None if body is None else in_json(body), JSON, seconds)

    def bulk(self, path: str, lines: Iterable[bytes]) -> dict:
        return self.sent("POST", path, b"\n".join([*lines, b""]), LINES, WRITE_SECONDS)

    def sent(self, method: str, path: str, body: bytes | None, kind: str, seconds: float) -> dict:
        headers = {"accept": JSON, **({"content-type": kind} if body else {})}
        try:
            meta, answer = self.transport.perform_request(method, path, headers=headers, body=body, request_timeout=seconds)
        except TransportError as error:
            raise Unreachable(f"{type(error).__name__}: {error.message}") from error
        if isinstance(answer, dict) and (meta.status < 300 or (meta.status == 404 and "found" in answer)):
            return answer
        raise refusal(meta.status, answer)


def refusal(status: int, answer: object) -> Exception:
    error = answer.get("error", "") if isinstance(answer, dict) else str(answer)
    kind, reason = (error.get("type", ""), error.get("reason", "")) if isinstance(error, dict) else ("", error)
    if status == 409:
        return Conflict(reason)
    if status == 404:
        return Unavailable(f"The index is not made yet: {reason}")
    return Unreachable(f"{status} {kind}: {str(reason)[:300]}")


def in_json(thing: object) -> bytes:
    return json.dumps(thing, ensure_ascii=False).encode(errors="replace")
