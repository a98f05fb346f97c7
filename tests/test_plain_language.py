"""The demo can be read by everybody: LIX, the Swedish measure of how heavy a text is, at most 45 on every page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cms.demo.loader import parse

PAGES = Path(__file__).parents[1] / "cms" / "demo" / "content" / "pages"
READ_BY_VISITORS = [path for path in sorted(PAGES.glob("*.yaml")) if not path.stem.startswith("practice")]  # faults on purpose
HEAVIEST, SHORTEST = 45, 60


def texts(part, language: str) -> Iterator[str]:
    """What a content file says in one language, piece by piece."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name not in ("sv", "en"):
                yield from texts(value, language)
            elif name == language:
                yield from ([value] if isinstance(value, str) else texts_in_list(value))
    elif isinstance(part, list):
        for each in part:
            yield from texts(each, language)


def texts_in_list(part) -> Iterator[str]:
    """Below a language everything is in that language."""
    for each in part if isinstance(part, list) else part.values() if isinstance(part, dict) else ():
        yield from [each] if isinstance(each, str) else texts_in_list(each)


def pairs(part) -> Iterator[dict]:
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from pairs(each)
    if isinstance(part, dict) and {"sv", "en"} & set(part):
        yield part


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in sorted(PAGES.glob("../**/*.yaml"))])
def test_a_text_has_its_two_languages_and_no_more(path):
    """An unquoted comma or colon cuts a text in two, and its second half is a key that nobody reads."""
    assert [pair for pair in pairs(parse(path)) if set(pair) - {"sv", "en"}] == []


def lix(pieces: list[str]) -> float:
    """Words a sentence, and how many in a hundred are longer than six letters. Each piece ends a sentence."""
    plain = [re.sub(r"<[^>]+>|\]\([^)]*\)|https?:\S+", " ", piece).strip() for piece in pieces if piece.strip()]
    words = [word for piece in plain for word in re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", piece)]
    sentences = sum(len(re.split(r"[.!?:]+\s+|\n+", piece)) for piece in plain)
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def test_the_measure_knows_light_from_heavy():
    assert lix(["Vi ses här. Ta med kaffe."]) == 3
    assert lix(["Myndighetens tillgänglighetsredogörelse förutsätter verksamhetsanpassad informationshantering"]) > 60


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", READ_BY_VISITORS, ids=lambda path: path.stem)
def test_a_page_is_light_to_read(path, language):
    pieces = list(texts(parse(path), language))
    if sum(len(piece.split()) for piece in pieces) >= SHORTEST:
        assert lix(pieces) <= HEAVIEST
