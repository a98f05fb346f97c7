"""Words that staff say mean the same, as the search uses them: by their normal forms, within a language and across."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from cms import frame
from search.asked import telling
from search.edition import index_edition, reader
from search.models import Meaning, Synonym

Phrase = tuple[str, ...]  # words in a row


class Synonyms:
    def __init__(self, meanings: Iterable[Meaning] = ()):
        self.by_language: dict[tuple[str, str], dict[Phrase, list[Phrase]]] = defaultdict(lambda: defaultdict(list))
        for each in meanings:
            words = normals(each.words, each.language)
            wanted = tuple(token.word for token in telling(reader(each.other_language), each.others))
            self.by_language[each.language, each.other_language][words].append(wanted)
        self.longest = max((len(phrase) for table in self.by_language.values() for phrase in table), default=0)

    def of(self, words: Sequence[str], language: str) -> list[list[Phrase]]:
        """For each of some words what else it may be called in a language, itself or together with its neighbours."""
        found: list[list[Phrase]] = [[] for _ in words]
        for (written_in, wanted_in), table in self.by_language.items():
            row = [*map(reader(written_in).normal, words)] if wanted_in == language else []
            for start in range(len(row)):
                for end in range(start + 1, min(start + self.longest, len(row)) + 1):
                    for phrases in found[start:end]:
                        phrases += table.get(tuple(row[start:end]), ())
        return found


NONE = Synonyms()


def normals(text: str, language: str) -> Phrase:
    """As a visitor's words are compared: those that say nothing are left out."""
    return tuple(token.normal for token in telling(reader(language), text))


def in_use() -> Synonyms:
    """Those of now. Nothing is asked of the database as long as nothing changes."""
    return frame.current().remember(
        ("synonyms", index_edition()), lambda: Synonyms(each for row in Synonym.objects.all() for each in row.meanings())
    )
