"""Names in the order that each language's reader expects.

Swedish: Å, Ä, Ö after Z; W is a letter of its own; É is filed with E, Ü with Y, Æ with Ä, Ø with Ö. English: accents do not
count. PostgreSQL sorts with ICU; SQLite gets collations of the same names, used in queries only and never in an index, so
that any tool can open the database.
"""

import unicodedata

from django.db.backends.signals import connection_created
from django.db.models import F
from django.db.models.functions import Collate
from django.dispatch import receiver
from django.utils.translation import get_language

COLLATIONS = {"sv": "sv-x-icu", "en": "en-x-icu"}
AFTER_Z = {"å": "\uff58", "ä": "\uff59", "ö": "\uff5a"}  # wide x, y and z: letters, and after all narrow ones
SWEDISH = str.maketrans({**AFTER_Z, "æ": AFTER_Z["ä"], "ø": AFTER_Z["ö"], "ü": "y", "ð": "d", "þ": "th"})


def sort_key(text: str, language: str | None = None) -> tuple[str, str]:
    """A key for ``sorted``: letters as the language files them, then the exact text."""
    folded = unicodedata.normalize("NFC", text).casefold()
    if (language or get_language()) != "en":
        folded = folded.translate(SWEDISH)
    letters = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in letters), text


def first_letter(name: str, language: str) -> str:
    """The heading a name stands under in an alphabetical list: Å, Ä and Ö are letters in Swedish only."""
    letter = unicodedata.normalize("NFC", name.strip())[:1].upper()
    if language == "sv" and letter in "ÅÄÖ":
        return letter
    if language == "sv" and letter in "ÆØÜ":
        return {"Æ": "Ä", "Ø": "Ö", "Ü": "Y"}[letter]
    base = unicodedata.normalize("NFD", letter)[:1]
    return base if base.isalpha() else "#"


def collated(path: str, language: str):
    """An expression that sorts a text field as a language does; a leading minus reverses it."""
    expression = Collate(F(path.lstrip("-")), COLLATIONS.get(language, COLLATIONS["sv"]))
    return expression.desc() if path.startswith("-") else expression.asc()


def compare(language: str):
    def collation(a: str, b: str) -> int:
        a_key, b_key = sort_key(a, language), sort_key(b, language)
        return (a_key > b_key) - (a_key < b_key)

    return collation


@receiver(connection_created)
def add_collations(connection, **kwargs) -> None:
    if connection.vendor == "sqlite":
        for language, name in COLLATIONS.items():
            connection.connection.create_collation(name, compare(language))
