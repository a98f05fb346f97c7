"""Learns from pages that are there in both languages what words are called: what stands side by side again and again.

Only what everybody may see is read, so no word of a closed page comes to light. A simple model (IBM 1) is counted in both
directions, and what both agree on is kept: rather few words, but right ones.
"""

import math
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import batched

from wagtail.models import Page

from cms.languages import CODES
from cms.public import public_pages
from search.analysis import Reading, analyzer
from search.documents import documents_at, key_of, roots
from search.engines.base import PUBLIC, Document
from search.translations import Learned, keep, path_of
from search.upkeep import chunks

ROUNDS, MOST_WORDS, MOST_SEGMENTS = 5, 60, 40_000  # words and segments that are read
SURE, HALF, KEPT = 0.2, 0.5, 3  # from 0 to 1; of what a word is called; of each word
CHUNK = 50
DAY, TURN_SECONDS = 86400, 1.0
Pair = tuple[str, str]  # the same in Swedish and in English
Line = tuple[list[Reading], list[Reading]]
Segment = tuple[list[str], list[str]]


def pairs_in(documents: Iterable[Document]) -> Iterator[Pair]:
    """Titles, and lines where both languages have as many."""
    both: dict[str, dict[str, Document]] = defaultdict(dict)
    for each in documents:
        if each.access == PUBLIC:
            both[each.translation_key or each.key][each.locale] = each
    for found in both.values():
        if len(found) == len(CODES):
            swedish, english = (found[language] for language in CODES)
            yield swedish.title, english.title
            lines = [each.text.split("\n") for each in (swedish, english)]
            if len(lines[0]) == len(lines[1]):
                yield from zip(*lines, strict=True)


def pairs_of_the_site() -> Iterator[Pair]:
    keys = list(public_pages("sv").order_by("pk").values_list("translation_key", flat=True))
    for some in batched(keys, CHUNK):
        pks = public_pages().filter(translation_key__in=some).values_list("pk", flat=True)
        yield from pairs_in(documents_at([key_of(Page, pk) for pk in pks]))
    for row_keys in chunks(model for model in roots() if not issubclass(model, Page)):
        yield from pairs_in(documents_at(row_keys))


def learn(pairs: Iterable[Pair]) -> Iterator[int]:
    """Step by step; at the end what was learned is in use. Compounds that are called by one word are learned as one."""
    lines = yield from lines_of(pairs)
    forth, back = yield from counted(lines, lambda each: False)
    whole = called_by_one(forth, back) | called_by_one(back, forth)
    forth, back = yield from counted(lines, lambda each: each.normal not in whole)
    keep("sv", agreed(forth, back))
    keep("en", agreed(back, forth))


def lines_of(pairs: Iterable[Pair]) -> Generator[int, None, list[Line]]:
    """Each as the words of it that tell something, in both languages."""
    found: list[Line] = []
    for number, pair in enumerate(pairs):
        swedish, english = (telling(text, language) for text, language in zip(pair, CODES, strict=True))
        if all(0 < len(side) <= MOST_WORDS for side in (swedish, english)) and pair[0] != pair[1]:
            found.append((swedish, english))
        if len(found) >= MOST_SEGMENTS:
            break
        yield number
    return found


def telling(text: str, language: str) -> list[Reading]:
    read = analyzer(language)
    return [each for each in read.words(text) if not read.is_stop(each.word) and not each.word.isdigit()]


def counted(lines: list[Line], is_cut: Callable[[Reading], bool]) -> Generator[int, None, tuple["Model", "Model"]]:
    """What words are called in each direction; of compounds that are cut, their parts."""
    segments = [(in_words(swedish, is_cut), in_words(english, is_cut)) for swedish, english in lines]
    forth, back = Model(segments), Model([(english, swedish) for swedish, english in segments])
    for _ in range(ROUNDS):
        yield from forth.count()
        yield from back.count()
    return forth, back


def in_words(line: list[Reading], is_cut: Callable[[Reading], bool]) -> list[str]:
    return [word for each in line for word in (each.parts if each.parts and is_cut(each) else (each.normal,))]


class Model:
    """How likely a word is called by each of those it stands side by side with."""

    def __init__(self, segments: list[Segment]):
        self.segments = segments
        self.likely: dict[str, dict[str, float]] = {}

    def count(self) -> Iterator[int]:
        """One more round: each word of a segment is shared out among those that it may come from."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for number, (source, target) in enumerate(self.segments):
            rows = [(counts[word], self.likely.get(word, {})) for word in (*source, "")]  # what comes from no word comes from ""
            for word in target:
                shares = [row.get(word, 0.0) if self.likely else 1.0 for _count, row in rows]
                total = sum(shares) or 1.0
                for (count, _row), share in zip(rows, shares, strict=True):
                    count[word] += share / total
            if not number % 100:
                yield number
        self.likely = {word: shared(count) for word, count in counts.items()}


def shared(count: Counter[str]) -> dict[str, float]:
    total = sum(count.values())
    return {word: number / total for word, number in count.items() if number > total / 1000}


def agreed(forth: Model, back: Model) -> Learned:
    found = {}
    for word, likely in forth.likely.items():
        sure = [(each, math.sqrt(share * back.likely.get(each, {}).get(word, 0))) for each, share in likely.items()]
        best = sorted((each for each in sure if each[1] >= SURE), key=lambda each: -each[1])[:KEPT]
        if word and best:
            found[word] = best
    return found


def called_by_one(forth: Model, back: Model) -> set[str]:
    """Words that are called by one word rather than by two."""
    return {word for word in agreed(forth, back) if max(forth.likely[word].values()) > HALF}


class Learner:
    """The worker's part: once a day, bit by bit; never just when the worker has begun, when others have more to do."""

    def __init__(self):
        self.has_waited = False
        self.learning: Iterator[int] | None = None

    def go_on(self) -> bool:
        """True if there is more to do."""
        if self.learning is None:
            due, self.has_waited = self.has_waited and is_old(), True
            if not due:
                return False
            self.learning = learn(pairs_of_the_site())
        ends = time.monotonic() + TURN_SECONDS
        try:
            while next(self.learning, None) is not None:
                if time.monotonic() > ends:
                    return True
        except Exception:
            self.learning = None
            raise
        self.learning = None
        return False


def is_old() -> bool:
    path = path_of(CODES[0])
    return not path.exists() or time.time() - path.stat().st_mtime > DAY


go_on = Learner().go_on
