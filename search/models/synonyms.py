"""What staff say means the same, to whoever searches."""

import re
from collections.abc import Iterator
from itertools import permutations, product
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel

from cms.languages import CHOICES
from search.analysis import analyzer
from search.analysis.text import as_compared, words_in

SEVERAL = re.compile(r"[,;\n]")
MOST_PHRASES, MOST_WORDS, LONGEST_FIELD = 12, 5, 300  # in one field; in one of them; letters


class Meaning(NamedTuple):
    """Whoever looks for ``words`` in one language also finds ``others`` in another, or in the same."""

    language: str
    words: str
    other_language: str
    others: str


class Synonym(models.Model):
    """Words that mean the same to whoever searches, though they are written otherwise. It counts from the next search."""

    has_events = True

    language = models.CharField(_("language"), max_length=2, choices=CHOICES, default="sv")
    words = models.CharField(
        _("whoever searches for"),
        max_length=LONGEST_FIELD,
        help_text=_("A word, or some words in a row. Several with commas between them."),
    )
    other_language = models.CharField(_("language of the other words"), max_length=2, choices=CHOICES, default="sv")
    others = models.CharField(
        _("also finds"), max_length=LONGEST_FIELD, help_text=_("In the same way. All forms of a word are found.")
    )
    both_ways = models.BooleanField(
        _("they all mean the same"),
        default=True,
        help_text=_("Each of the words finds all the others. Otherwise only the first find the second."),
    )

    panels = [FieldRowPanel(["language", "words"]), FieldRowPanel(["other_language", "others"]), "both_ways"]

    class Meta:
        verbose_name, verbose_name_plural = _("synonym"), _("synonyms")
        ordering = ["language", "words"]

    def __str__(self):
        return f"{self.words} {'↔' if self.both_ways else '→'} {self.others}"

    def meanings(self) -> Iterator[Meaning]:
        first = [(self.language, phrase) for phrase in phrases_in(self.words)]
        second = [(self.other_language, phrase) for phrase in phrases_in(self.others)]
        for one, other in permutations([*first, *second], 2) if self.both_ways else product(first, second):
            yield Meaning(*one, *other)

    def clean(self):
        errors = {}
        for name, language in (("words", self.language), ("others", self.other_language)):
            phrases = phrases_in(getattr(self, name))
            setattr(self, name, ", ".join(phrases))
            if problem := problem_with(phrases, language):
                errors[name] = problem
        same = {*phrases_in(self.words)} & {*phrases_in(self.others)}
        if same and self.language == self.other_language:
            errors.setdefault("others", _("“%(word)s” stands on both sides.") % {"word": min(same)})
        if errors:
            raise ValidationError(errors)


def phrases_in(text: str) -> list[str]:
    """What stands between commas, as it is compared, and once."""
    rows = (" ".join(as_compared(word) for word, _start, _end in words_in(part)) for part in SEVERAL.split(text))
    return list(dict.fromkeys(filter(None, rows)))


def problem_with(phrases: list[str], language: str) -> str:
    """Why visitors' words cannot be compared with these, for whoever wrote them."""
    read = analyzer(language)
    if not phrases:
        return _("Write at least one word.")
    if len(phrases) > MOST_PHRASES or len(", ".join(phrases)) > LONGEST_FIELD:
        return _("Write at most %(most)s, and the rest in another row.") % {"most": MOST_PHRASES}
    for phrase in phrases:
        if len(phrase.split()) > MOST_WORDS:
            return _("“%(phrase)s” is too long: write at most %(most)s words in a row.") % {"phrase": phrase, "most": MOST_WORDS}
        if all(map(read.is_stop, phrase.split())):
            return _("“%(phrase)s” is left out of every search, as all such small words are.") % {"phrase": phrase}
    return ""
