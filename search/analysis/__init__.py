"""What search does with words: the same for what is indexed and for what is asked."""

from collections.abc import Iterable

from search.analysis.reading import KEPT, Analyzer, Token
from search.analysis.rules import Reading, Rule
from search.analysis.swedish import Swedish
from search.analysis.text import fold

__all__ = ["VERSION", "Analyzer", "Reading", "Rule", "Token", "analyzer", "fold", "use"]

VERSION = 3  # to be raised when words are read otherwise, so that indexes are made anew
ANALYZERS = {"sv": Swedish, "en": Analyzer}

in_use: dict[str, Analyzer] = {}


def analyzer(language: str) -> Analyzer:
    """The analyzer of Swedish ("sv") or English ("en"), kept for the process."""
    if language not in in_use:
        use(language)
    return in_use[language]


def use(language: str, rules: Iterable[Rule] = (), kept: int = KEPT) -> None:
    """From now on this process reads the language by these rules too: those that its index was made by.

    ``kept`` is how many words are remembered: for whole indexes 100,000 and more are worth their memory.
    """
    in_use[language] = ANALYZERS[language](language, rules, kept)
