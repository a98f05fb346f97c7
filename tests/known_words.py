"""The words of an index, in memory."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from search.analysis import fold


class MemoryVocabulary:
    def __init__(self, documents: Mapping[str, int]):
        self.documents = documents
        self.folds, self.triples = defaultdict(list), defaultdict(list)
        for word in documents:
            self.folds[fold(word)].append(word)
            for triple in triples(word):
                self.triples[triple].append(word)

    def df(self, word: str) -> int:
        return self.documents.get(word, 0)

    def of_normal(self, normal: str) -> int:
        return self.documents.get(normal, 0)

    def by_fold(self, fold: str) -> list[str]:
        return self.folds.get(fold, [])

    def near(self, word: str, limit: int = 60) -> list[str]:
        shared = Counter(other for triple in triples(word) for other in self.triples.get(triple, ()))
        return sorted(shared, key=lambda other: (-shared[other] / len(triples(word) | triples(other)), other))[:limit]


def triples(word: str) -> set[str]:
    whole = f"\ue001{fold(word)}\ue002"
    return {whole[at : at + 3] for at in range(len(whole) - 2)}
