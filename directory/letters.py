"""Names from A to Ö, or to Z."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from cms.listing import Listing
from cms.sorting import first_letter

ALPHABETS = {"sv": "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ", "en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@dataclass(frozen=True)
class Letter:
    """A letter of the alphabet, with the address where its names begin; empty if it has none."""

    letter: str
    url: str = ""


class ListByLetter(Listing):
    """A list in the order of its names, which shows under which letter each is filed.

    ``filed`` is the field that it is sorted by, ``language`` that of the reader.
    """

    def __init__(self, *args, filed: str, language: str):
        super().__init__(*args)
        self.filed, self.language = filed, language

    def letter_of(self, name: str) -> str:
        return first_letter(name, self.language)

    @property
    def letters(self) -> list[Letter]:
        """The whole alphabet; each letter that has names leads to the page where they begin."""
        names: Iterable[str] = self.page.paginator.object_list.values_list(self.filed, flat=True)
        first: dict[str, int] = {}
        for place, name in enumerate(names):
            first.setdefault(self.letter_of(name), place)
        alphabet = [*(letter for letter in first if letter not in ALPHABETS[self.language]), *ALPHABETS[self.language]]
        return [Letter(letter, self.letter_url(letter, first[letter]) if letter in first else "") for letter in alphabet]

    def letter_url(self, letter: str, place: int) -> str:
        return f"{self.page_url(place // self.page_size + 1)}#letter-{letter}"

    @property
    def by_letter(self) -> list[tuple[str, list[Any]]]:
        """This page's items, letter by letter."""
        groups = groupby(self.page.object_list, key=lambda item: self.letter_of(getattr(item, self.filed)))
        return [(letter, list(items)) for letter, items in groups]
