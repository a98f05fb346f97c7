"""How a text falls into words, and how a word is written when case, accents and signs inside it are left aside."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 64  # letters of a word that are looked at

MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0903\u093a-\u094f"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"  # accents that stand after their letter
    "\u00ad\u200b-\u200d\u2060\ufeff"  # soft hyphens and what else nobody sees
)
HYPHENS = "-\u2010\u2011"
APOSTROPHES = "'\u2019\u02bc"
LETTERS = rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*"
ENDINGS = "[aesnt]|na|[ae]r(?:e|en|na)?s?|e[nt]s?"  # what is hung on an abbreviation in Swedish: API:er, EU:s, 3:e
WORD = re.compile(rf"{LETTERS}(?:[{HYPHENS}{APOSTROPHES}]{LETTERS}){{,5}}(?::(?:{ENDINGS})(?![^\W_]))?", re.IGNORECASE)

UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")
SIGNS = str.maketrans({**dict.fromkeys(HYPHENS, "-"), **dict.fromkeys(APOSTROPHES, "'")})
UNLIKE = str.maketrans({"ø": "o", "æ": "a", "œ": "o", "ß": "ss", "ð": "d", "đ": "d", "ł": "l", "þ": "th", "\u0131": "i"})


def words_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Every word, and where it stands in the text."""
    for match in WORD.finditer(text):
        start, end = match.span()
        yield text[start : min(end, start + LONGEST)], start, end


def as_compared(word: str) -> str:
    """One spelling for what looks the same: composed, lower case, typewriter's hyphen and apostrophe."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", UNSEEN.sub("", word).lower()).translate(SIGNS).encode(errors="ignore").decode()


def fold(text: str) -> str:
    """Lower case and without diacritics, as many people type: säkerhet -> sakerhet."""
    text = text.lower()
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text.translate(UNLIKE))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
