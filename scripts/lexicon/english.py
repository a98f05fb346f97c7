"""The English lexicon: what is irregular, and what the stemmer alone gets wrong."""

from scripts.lexicon.lemmas import irregular, listed
from scripts.lexicon.own import own_forms
from scripts.lexicon.packing import Draft
from search.analysis.reading import stemmer

VOWELS = frozenset("aeiouy")


def drafts() -> dict[str, Draft]:
    stem = stemmer("en")
    pairs = {form: word for form, word in irregular(listed("en")).items() if plausible(form, word)} | own_forms()
    return {form: Draft(stem(word)) for form, word in pairs.items() if stem(form) != stem(word)}


def plausible(form: str, word: str) -> bool:
    """Words, no abbreviations: the list takes mtn for a form of mountain."""
    return len(form) > 3 and form[0] == word[0] and bool(VOWELS & set(form)) and form.isascii() and word.isascii()
