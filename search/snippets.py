"""Shows why something was found: the words that answer are marked, inside compounds too, in a passage of the text."""

import re
from collections.abc import Iterator
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString

from search.analysis import Token, analyzer
from search.planning import Question

LONGEST_LINE, MOST_LINES, PASSAGE = 600, 40, 220  # letters, lines, letters
BEGINNING = 3  # letters that all forms of a word have in common, nearly always
Span = tuple[int, int]


class Marker:
    """Marks in any text what answers one question."""

    def __init__(self, question: Question):
        self.concepts, self.wanted, self.read = question.concepts, question.wanted, analyzer(question.language)
        self.whole = {word for concept in self.concepts for word in concept.alternatives}

    def spans(self, text: str) -> Iterator[Span]:
        """Where the words stand that answer, or the parts of compounds that do."""
        tokens = [token for token in self.read.tokens(text) if self.tells(token)] if self.wanted else []
        wanted = self.wanted_among({word for token in tokens for word in (token.normal, *token.parts)})
        for token in tokens if wanted else ():
            if token.normal in wanted:
                yield token.start, token.end
            else:
                yield from parts_in(token, wanted, text)

    def tells(self, token: Token) -> bool:
        """A word that says nothing is no part of what was asked for, unless it was asked for itself."""
        if token.normal in self.whole:
            return True
        return (token.normal in self.wanted or not self.wanted.isdisjoint(token.parts)) and not self.read.is_stop(token.word)

    def wanted_among(self, words: set[str]) -> set[str]:
        """What of a text answers: a word itself, or else all that it is made of."""
        found: set[str] = set()
        for concept in self.concepts:
            rows = [concept.alternatives] if not words.isdisjoint(concept.alternatives) else concept.parts
            found.update(*(row for row in rows if row is concept.alternatives or words.issuperset(row)))
        return found

    def marked(self, text: str) -> SafeString:
        pieces, last = [], 0
        for start, end in self.spans(text):
            pieces += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
            last = end
        return SafeString("".join([*pieces, escape(text[last:])]))

    @cached_property
    def likely(self) -> re.Pattern:
        """Finds lines that are worth reading word by word."""
        return re.compile("|".join(sorted({re.escape(word[:BEGINNING]) for word in self.wanted})), re.IGNORECASE)

    def passage(self, text: str) -> SafeString | str:
        """The line that has the most of the words, cut to what stands around them; empty if none has any."""
        best: tuple[int, str, int] = (0, "", 0)
        lines = (line[at : at + LONGEST_LINE] for line in text.split("\n") for at in range(0, len(line), LONGEST_LINE))
        likely = [line for line in lines if self.likely.search(line)] if self.wanted else []
        for line in likely[:MOST_LINES]:
            found = list(self.spans(line))
            words = len({line[start:end].lower() for start, end in found})
            if words > best[0]:
                best = (words, line, found[0][0])
        return self.marked(around(best[1], best[2])) if best[0] else ""


def parts_in(token: Token, wanted: set[str], text: str) -> Iterator[Span]:
    """Where parts of a compound stand in it, each up to the next; the whole word if it is written too unlike them."""
    parts = [part for part in token.parts if part in wanted]
    starts = beginnings(token, text[token.start : token.end].lower()) if parts else []
    if parts and not starts:
        yield token.start, token.end
        return
    for part, start, end in zip(token.parts, starts, [*starts[1:], token.end - token.start], strict=False):
        if part in wanted:
            yield token.start + start, token.start + end


def beginnings(token: Token, word: str) -> list[int]:
    found: list[int] = []
    for part in token.parts:
        lengths = range(len(part), min(len(part), BEGINNING) - 1, -1)
        at = next((at for length in lengths if (at := word.find(part[:length], found[-1] + 1 if found else 0)) >= 0), -1)
        if at < 0:
            return []
        found.append(at)
    return [0, *found[1:]]


def around(line: str, at: int) -> str:
    """So many letters of a line with the word that stands there, cut between words."""
    if len(line) <= PASSAGE:
        return line.strip()
    start = max(0, min(at - PASSAGE // 3, len(line) - PASSAGE))
    start = line.find(" ", start) + 1 if start else 0
    end = start + PASSAGE
    end = line.rfind(" ", at, end) if end < len(line) and " " in line[at:end] else end
    return f"{'… ' if start else ''}{line[start:end].strip()}{' …' if end < len(line) else ''}"
