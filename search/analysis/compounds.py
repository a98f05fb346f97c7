"""Cuts Swedish compounds: samverkansarena is samverkans and arena, but utveckling is no compound."""

from typing import NamedTuple

from search.analysis.lexicon import Entry, Lexicon

SHORTEST, LONGEST = 5, 48  # letters
NEW_FIRST, KNOWN_LAST, COMMON = 5, 6, 32  # letters of an unknown word, and of a known one behind it that costs no more than this
FORBIDDEN = 1 << 20
SHARED_LETTER = 2  # what it costs that two words share one: fall, lucka, fallucka
ALLOWED = 8  # what a compound may cost for each of its letters. All prices are half bits


class Piece(NamedTuple):
    text: str
    start: int
    entry: Entry


def pieces(word: str, lexicon: Lexicon) -> list[Piece]:
    """What a word is made of, if it is made of words: the cheapest way to cut it."""
    size = len(word)
    if not SHORTEST <= size <= LONGEST:
        return []
    costs: list[int] = [0, *[FORBIDDEN] * size]
    before: list[Piece | None] = [None] * (size + 1)
    for start in range(size):
        if costs[start] == FORBIDDEN:
            continue
        for length, entry in lexicon.beginnings(word[start:]):
            end = start + length
            price = entry.last if end == size else entry.middle if start else entry.first
            if not price or length == size:
                continue
            piece, cost = Piece(word[start:end], start, entry), costs[start] + price
            if cost < costs[end]:
                costs[end], before[end] = cost, piece
            if length > 2 and end < size and word[end - 1] == word[end - 2] != word[end] and cost + SHARED_LETTER < costs[end - 1]:
                costs[end - 1], before[end - 1] = cost + SHARED_LETTER, piece
    return followed(before) if costs[size] <= ALLOWED * size else []


def half_known(word: str, lexicon: Lexicon) -> tuple[str, Piece | None]:
    """A word that no dictionary has, before one that it has: hexkods, format. Both are "" and None if there is none."""
    for start in range(NEW_FIRST, len(word) - KNOWN_LAST + 1):
        entry = lexicon.get(word[start:])
        if entry and 0 < entry.last <= COMMON and len(word) <= LONGEST:
            return word[:start], Piece(word[start:], start, entry)
    return "", None


def followed(before: list[Piece | None]) -> list[Piece]:
    found: list[Piece] = []
    piece = before[-1]
    while piece:
        found.append(piece)
        piece = before[piece.start] if piece.start else None
    return found[::-1]
