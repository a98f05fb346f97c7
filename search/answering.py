"""Who answers a search: the server while it is well and follows the content, else the engine that is always there.

Nobody waits for a server that is away: after two failures it is left alone for a while.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from functools import cache

from search.edition import Position
from search.engines import engine, server
from search.engines.base import Engine, Unavailable

logger = logging.getLogger(__name__)

FAILURES, PAUSE = 2, 20  # one after the other; seconds for which the server is not asked then
LOOK = 2  # seconds between two looks at how far its index has come
BEHIND = 60  # seconds: what it may lack


class Standing:
    """What this process has seen of one server."""

    def __init__(self):
        self.failures, self.not_before = 0, 0.0
        self.looked, self.follows = 0.0, False

    def may_be_asked(self) -> bool:
        return time.monotonic() >= self.not_before

    def is_well(self) -> None:
        self.failures = 0

    def failed(self, error: Unavailable) -> None:
        self.failures += 1
        self.looked = 0.0
        if self.failures >= FAILURES:
            self.not_before = time.monotonic() + PAUSE
            logger.warning("The search server is not asked for %s seconds: %s", PAUSE, error)

    def knows_enough(self, index: Engine) -> bool:
        """Whether its index is made by the same rules as ours and lacks little that ours has. Looked at now and then."""
        if not self.looked or time.monotonic() - self.looked > LOOK:
            there, here = Position.read(index.position), Position.read(engine().position)
            self.follows = there.edition == here.edition and lacks(there, here) < BEHIND
            self.looked = time.monotonic()
        return self.follows


def lacks(there: Position, here: Position) -> float:
    """Seconds between the last events that two indexes know."""
    if there.event >= here.event:
        return 0
    if not there.event:
        return float("inf")
    return (datetime.fromisoformat(here.at) - datetime.fromisoformat(there.at)).total_seconds()


@cache
def standing_of(index: Engine) -> Standing:
    return Standing()


def ask[T](question: Callable[[Engine], T]) -> tuple[Engine, T]:
    """Who answered, and what. ``question`` asks the engine it is given, and nobody else."""
    index = server()
    if index and (standing := standing_of(index)).may_be_asked():
        try:
            if standing.knows_enough(index):
                answer = question(index)
                standing.is_well()
                return index, answer
        except Unavailable as error:
            standing.failed(error)
    own = engine()
    return own, question(own)
