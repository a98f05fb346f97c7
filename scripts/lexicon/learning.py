"""Which of the dictionary's words are compounds, and how readily each word is part of one.

hunspell-sv lists some 70,000 compounds without saying so. What tells them is their inflection: säkerhetskopia takes the
forms of kopia, but fiskal not those of al. Where a word can be cut in two ways, what is cut like that most often wins.
"""

from collections import Counter
from collections.abc import Iterator

from scripts.lexicon.hunspell import GENDER, PLURAL, VERB, Dictionary
from scripts.lexicon.own import own_words

# What is not cut off before a word (uppdrag, avtal, samarbete) or behind it (hållbar, partnerskap); what is, though short
PREFIXES, SUFFIXES, SHORT = (frozenset(own_words(kind)) for kind in ("prefix", "suffix", "short"))
NUMBERS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")

Cut = tuple[str, str]


def compounds(dictionary: Dictionary) -> dict[str, Cut]:
    """Every compound of the dictionary, cut in two: säkerhetskopia -> säkerhets, kopia."""
    cuts = {word: list(cuts_of(word, dictionary)) for word in dictionary.words}
    cuts = {word: found for word, found in cuts.items() if found}
    heads, lasts = Counter(), Counter()
    for _ in range(6):
        shares = {word: shared(found, heads, lasts, dictionary) for word, found in cuts.items()}
        heads, lasts = Counter(), Counter()
        for found in shares.values():
            for (head, last), share in found.items():
                heads[head] += share
                lasts[last] += share
    chosen = {word: max(found, key=lambda cut: (found[cut], cut)) for word, found in shares.items()}
    return {word: cut for word, cut in chosen.items() if heads[cut[0]] * lasts[cut[1]] > 1.5}


def shared(found: list[Cut], heads: Counter, lasts: Counter, dictionary: Dictionary) -> dict[Cut, float]:
    weights = {
        (head, last): (heads[head] + 0.1)
        * (lasts[last] + 0.1)
        * (1 if head in dictionary.heads else 0.3)
        * (1 if dictionary.words[last].last else 0.3)
        for head, last in found
    }
    total = sum(weights.values())
    return {cut: weight / total for cut, weight in weights.items()}


def cuts_of(word: str, dictionary: Dictionary) -> Iterator[Cut]:
    entry = dictionary.words[word]
    if entry.name or entry.whole or word.startswith(NUMBERS) or prefixed(word, dictionary):
        return
    of_verb = word.endswith("ring") and word[:-3] + "a" in dictionary.words  # lagring is no ring
    for at in range(1, len(word) - 1):
        head, rest = word[:at], word[at:]
        if head in PREFIXES or (at < 3 and head not in SHORT) or not word_of(head, dictionary):
            continue
        if inflected_alike(word, rest, dictionary) and not (of_verb and rest == "ring"):
            yield head, rest
        if head[-1:] == head[-2:-1] != rest[0] and head[-1] in CONSONANTS and inflected_alike(word, head[-1] + rest, dictionary):
            yield head, head[-1] + rest  # fall, lucka: fallucka


def prefixed(word: str, dictionary: Dictionary) -> bool:
    """beskrivning is be- and skrivning, and so neither besk nor rivning."""
    return any(inflected_alike(word, word.removeprefix(prefix), dictionary) for prefix in PREFIXES if word.startswith(prefix))


def begins_with_prefix(word: str, dictionary: Dictionary) -> bool:
    return any(word.startswith(prefix) and word.removeprefix(prefix) in dictionary.words for prefix in PREFIXES)


def word_of(head: str, dictionary: Dictionary) -> str:
    """The word that begins a compound in this form, even if the dictionary has not thought of it."""
    if head in dictionary.heads:
        return dictionary.word_of(head)
    if head in dictionary.words and dictionary.words[head].paradigms != {frozenset()}:
        return head
    linked = head.endswith("s") and len(head) > 2 and head[:-1] not in PREFIXES and head[:-1] in dictionary.words
    return head[:-1] if linked else ""


def inflected_alike(word: str, last: str, dictionary: Dictionary) -> bool:
    if len(last) < 3 or last in SUFFIXES or last not in dictionary.words or dictionary.words[last].name:
        return False
    return any(
        ((own == {"A"} and len(last) > 6) or alike(own - {"A"}, its - {"A"}, len(last) > 3 or len(word) > 6))
        and not (own & VERB and len(word) - len(last) < 4)
        for own in dictionary.words[word].paradigms
        for its in dictionary.words[last].paradigms
    )


def alike(own: frozenset[str], its: frozenset[str], long: bool) -> bool:
    """The same forms, or some of them; of long words it is enough that gender and plural do not differ."""
    if own <= its and (own or not its):
        return True
    same_gender = bool(own & GENDER) and own & GENDER <= its
    return long and same_gender and (own & PLURAL <= its or not its & PLURAL)
