"""Swedish has more compounds than words: what a compound is made of is found too."""

from collections.abc import Iterable

from search.analysis.compounds import Piece, half_known, pieces
from search.analysis.lexicon import BY_RULE, Lexicon
from search.analysis.reading import KEPT, Analyzer
from search.analysis.rules import Reading, Rule

# How nouns end, and the verbs they are made of: bedömning, bedöma; utvärdering, utvärdera; händelse, hända; integration, integrera
NOUNS = (("ning", "a"), ("ing", "a"), ("else", "a"), ("ation", "era"))


class Swedish(Analyzer):
    def __init__(self, language: str = "sv", rules: Iterable[Rule] = (), kept: int = KEPT):
        self.lexicon = Lexicon("words-sv")
        super().__init__(language, rules, kept)

    def by_lexicon(self, word: str) -> Reading:
        found = pieces(word, self.lexicon) if word.isalpha() and not self.is_word(word) else []
        if found:
            *heads, last = found
            return self.compound(word, last, map(self.head, heads))
        first, last = half_known(word, self.lexicon) if word.isalpha() and not self.is_word(word) else ("", None)
        return self.compound(word, last, [self.stem(first.removesuffix("s"))]) if last else super().by_lexicon(word)

    def compound(self, word: str, last: Piece, heads: Iterable[str]) -> Reading:
        end = self.inflected(last.text)
        return Reading(word, word[: last.start] + end, tuple(dict.fromkeys([*heads, end])))

    def is_word(self, word: str) -> bool:
        return word in self.lexicon.trie

    def related(self, normal: str) -> tuple[str, ...]:
        verbs = [normal.removesuffix(noun) + verb for noun, verb in NOUNS if normal.endswith(noun)] + [normal + "a"]
        stems = [stem for stem in (normal, normal + normal[-1:]) if self.is_word(stem + "a")]
        nouns = [(stem + "a").removesuffix(verb) + noun for stem in stems for noun, verb in NOUNS if (stem + "a").endswith(verb)]
        found = [self.inflected(word) for word in [*verbs, *nouns] if len(word) > 2 and self.is_word(word)]
        return tuple(dict.fromkeys(each for each in found if each != normal))

    def head(self, piece: Piece) -> str:
        """The word of what begins a compound; ögonläkare begins with a form of öga."""
        normal = self.lexicon.changed(piece.text, piece.entry.head_off, piece.entry.head_on)
        return self.inflected(piece.text) if normal == self.stem(piece.text) else normal

    def inflected(self, word: str) -> str:
        entry = None if self.forms.get(word) else self.lexicon.get(word)
        if entry and entry.off != BY_RULE:
            return self.lexicon.changed(word, entry.off, entry.on)
        return super().inflected(word)
