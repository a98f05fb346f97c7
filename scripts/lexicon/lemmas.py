"""What stands in a dictionary for each form of a word. simplemma knows what is irregular, hunspell-sv what is regular."""

from collections import Counter, defaultdict

from simplemma.strategies.dictionaries.dictionary_factory import (  # ty: ignore[import-not-found]  only whoever builds has it
    DefaultDictionaryFactory,
)

from scripts.lexicon.hunspell import Dictionary
from scripts.lexicon.own import own_words


def listed(language: str) -> dict[str, str]:
    """simplemma's own list: form -> headword."""
    pairs = DefaultDictionaryFactory().get_dictionary(language).items()
    return {form.lower(): word.lower() for form, word in pairs if form.isalpha() and word.isalpha() and len(form) > 2 < len(word)}


def irregular(words: dict[str, str]) -> dict[str, str]:
    """Leaves out what is a word in its own right too: nobody who looks for an opera means an opus."""
    uses = Counter(word for form, word in words.items() if form != word)
    return {form: word for form, word in words.items() if form != word and not uses[form]}


def headwords(dictionary: Dictionary) -> dict[str, list[str]]:
    found = defaultdict(list)
    for word, entry in dictionary.words.items():
        for form in entry.forms:
            if len(word) > 5 or not (word.endswith("um") and form.startswith(word[:-2] + "a")):  # data is no form of datum
                found[form].append(word)
    return found


def regular(dictionary: Dictionary) -> dict[str, str]:
    """Form -> headword as hunspell-sv has it; what is a headword itself stays so."""
    found = {form: form if form in words else words[0] for form, words in headwords(dictionary).items()}
    singular = {word for word, entry in dictionary.words.items() if word.endswith("an") and entry.paradigms <= {frozenset("A")}}
    pairs = {word: word[:-2] + "ning" for word in singular if word[:-2] + "ning" in dictionary.words}
    return {form: pairs.get(word, word) for form, word in found.items()}  # the plural of anmälan is anmälningar


def strange(dictionary: Dictionary) -> dict[str, str]:
    """Form -> headword where simplemma knows better."""
    known = listed("sv")
    odd = irregular(known)
    words, found = regular(dictionary), {}
    for form, candidates in headwords(dictionary).items():
        single = form not in candidates and len(candidates) == 1
        word = (known if single else odd).get(form, words[form])
        if word in dictionary.words and not (single and word in dictionary.words[words[form]].forms):
            found[form] = word
    followed = {form: odd.get(word, word) for form, word in (words | found).items()}  # böckerna, böcker, bok
    ends_in_an = {form for form, word in words.items() if word.endswith("ning") and form not in dictionary.words[word].forms}
    kept = ends_in_an | set(own_words("itself"))
    return {form: word for form, word in followed.items() if word in dictionary.words and form not in kept}
