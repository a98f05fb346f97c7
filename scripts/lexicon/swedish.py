"""The Swedish lexicon: every word that may stand in a compound, and what the rules alone would get wrong."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

from scripts.lexicon.hunspell import GENDER, Dictionary
from scripts.lexicon.learning import PREFIXES, SUFFIXES, Cut, begins_with_prefix, word_of
from scripts.lexicon.own import own_words
from scripts.lexicon.packing import Draft
from search.analysis.compounds import pieces
from search.analysis.lexicon import Lexicon
from search.analysis.reading import stemmer
from search.analysis.stopwords import STOP_WORDS

Part = tuple[str, str]  # as it stands in a compound, and its word: "stjärn", "stjärna"

# What the stemmer takes off, and what it must not where little is left: hemlig is not hem, ledare is not led
KEPT = (("lighet", "lig"), ("ighet", "ig"), ("ig", "ig"), ("are", "ar"))
OFTEN = 20  # a stop word that is part of so many compounds is another word in them: vårmöte, mittpunkt

stem = stemmer("sv")


class Swedish:
    """How often each word is first, in the middle and last in the dictionary's compounds, and the words made of that."""

    def __init__(self, dictionary: Dictionary, lemmas: dict[str, str], cuts: dict[str, Cut]):
        self.dictionary, self.lemmas, self.cuts = dictionary, lemmas, cuts
        self.first, self.middle, self.last = Counter(), Counter(), Counter()
        self.meant: dict[str, Counter] = defaultdict(Counter)  # of what word a beginning is
        for word in sorted(cuts):
            *before, (_, last) = self.parts(word)
            self.count(before)
            self.last[last] += 1
            self.learn_forms(word, last)
        for head in sorted(dictionary.heads):
            parts = list(self.head_parts(head, word_of(head, dictionary)))
            self.count(parts, 0.5)
            if head in dictionary.middles and len(parts) == 1:
                self.middle[head] += 0.5
        for word in own_words("first"):
            self.count([(word, word)], 10)
        self.last.update(dict.fromkeys(own_words("last"), 10))

    def learn_forms(self, word: str, last: str) -> None:
        """växthusgaser: so there are gaser too, though the dictionary has gas in the singular only"""
        before = word[: len(word) - len(last)]
        forms = {form.removeprefix(before) for form in self.dictionary.words[word].forms if form.startswith(before)}
        for form in forms - self.dictionary.words[last].forms:
            self.dictionary.words[last].forms.add(form)
            self.lemmas.setdefault(form, self.lemmas.get(last, last))

    def count(self, parts: list[Part], times: float = 1) -> None:
        for at, (text, word) in enumerate(parts):
            self.meant[text][word] += times
            (self.middle if at else self.first)[text] += times

    def parts(self, word: str) -> Iterator[Part]:
        """All that a word is made of."""
        if word not in self.cuts:
            yield word, word
            return
        head, last = self.cuts[word]
        yield from self.head_parts(head, word_of(head, self.dictionary))
        yield from self.parts(last)

    def head_parts(self, head: str, word: str) -> Iterator[Part]:
        """fotbolls -> fot, bolls"""
        if word in self.cuts and head.startswith(self.cuts[word][0]) and len(head) > len(self.cuts[word][0]):
            first, last = self.cuts[word]
            shared = len(first) + len(last) - len(word)  # the t of nattåg
            yield from self.head_parts(first, word_of(first, self.dictionary))
            yield from self.head_parts(head[len(first) - shared :], last)
        else:
            yield head, word

    def regular(self, lexicon: Lexicon) -> set[str]:
        """Words that hunspell-sv inflects in a way of their own, and that long words known to the lexicon make up all the same."""
        found = set()
        for word, entry in self.dictionary.words.items():
            parts = [] if word in self.cuts or entry.name or entry.whole else pieces(word, lexicon)
            if parts and min(len(part.text) for part in parts) > 3 and not begins_with_prefix(word, self.dictionary):
                last = self.dictionary.words.get(parts[-1].text)
                genders = GENDER & frozenset().union(*entry.paradigms)
                if not word.endswith(("ring", "andes")) and not (last and genders and last.paradigms != {frozenset()}):
                    found.add(word)
        return found

    def simple(self, compounds: set[str]) -> dict[str, Draft]:
        """The words that are no compounds: all that compounds are made of, and what the stemmer alone gets wrong."""
        drafts: dict[str, Draft] = {}
        for word, entry in self.dictionary.words.items():
            if word in self.cuts or word in compounds:
                continue
            times = self.last[word] + (0.5 if entry.last else 0)
            ends = not entry.name and (times > 0.5 or (entry.last and len(word) > 3)) and self.is_word(word, times)
            for form in entry.forms:
                draft = drafts.setdefault(form, Draft(self.exception(form)))
                if ends and form not in SUFFIXES and len(form) > (1 if times >= 10 else 2):
                    price = price_of(times, self.last)
                    draft.last = min(price, draft.last or price)
        for text, words in self.meant.items():
            word = max(words, key=lambda word: (words[word], word))
            if text not in PREFIXES and len(text) > 1 and self.is_word(text, self.first[text]):
                draft = drafts.setdefault(text, Draft(stemmed(self.lemmas.get(word, word))))
                draft.head = stemmed(self.lemmas.get(word, word))
                draft.first = price_of(self.first[text] or self.middle[text] / 8, self.first)
                draft.middle = price_of(self.middle[text] or self.first[text] / 8, self.first)
        return drafts

    def is_word(self, text: str, times: float) -> bool:
        return text not in STOP_WORDS["sv"] or times > OFTEN

    def exception(self, form: str) -> str:
        normal = stemmed(self.lemmas.get(form, form))
        return normal if normal != stem(form) else ""

    def strange(self, simple: dict[str, Draft], lemmas: dict[str, str]) -> dict[str, Draft]:
        """What else the stemmer gets wrong, by a list that has another licence."""
        normals = {form: stemmed(lemmas[form]) for form in simple if form in lemmas}
        return {form: Draft(normal) for form, normal in normals.items() if normal != (simple[form].normal or stem(form))}


def stemmed(word: str) -> str:
    short = len(stem(word)) < 5
    return next((word.removesuffix(ending) + kept for ending, kept in KEPT if short and word.endswith(ending)), stem(word))


def price_of(times: float, of: Counter) -> int:
    """Half bits."""
    return round(-2 * math.log2((times + 0.25) / of.total()))
