"""What staff say of words that the dictionaries do not know, or know otherwise."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, HelpPanel

from cms.languages import CHOICES
from search.analysis import Rule
from search.analysis.rules import SAME, SPLIT, WHOLE
from search.analysis.text import LONGEST, WORD, as_compared


class Word(models.Model):
    """How one word is read, in all its forms, once the index is made anew, which the worker does as soon as one changes."""

    KINDS = [(SPLIT, _("is made of")), (WHOLE, _("is not cut")), (SAME, _("means the same as"))]

    language = models.CharField(_("language"), max_length=2, choices=CHOICES, default="sv")
    word = models.CharField(_("word"), max_length=LONGEST, help_text=_("Its other forms are read in the same way."))
    kind = models.CharField(_("what about it"), max_length=5, choices=KINDS, default=SPLIT)
    value = models.CharField(
        _("other words"),
        max_length=200,
        blank=True,
        help_text=_("What it is made of, such as “samverkan + arena”, or the word that means the same."),
    )

    panels = [
        HelpPanel(
            _(
                "What you save counts once the search index has been made anew. That begins by itself within seconds and takes less"
                " than a minute for a few hundred pages; meanwhile the search answers as before. The report “Search indexes” says"
                " whether it is done."
            )
        ),
        FieldRowPanel(["language", "word"]),
        FieldRowPanel(["kind", "value"]),
    ]

    class Meta:
        verbose_name, verbose_name_plural = _("word in the search"), _("words in the search")
        ordering = ["language", "word"]
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="one_reading_of_a_word")]

    def __str__(self):
        return self.word

    @property
    def rule(self) -> Rule:
        return Rule(self.kind, self.word, self.value)

    def clean(self):
        """One word on the left; on the right as many as its kind wants."""
        self.word = as_compared(self.word.strip())
        others = [as_compared(each.strip()) for each in self.value.split("+")] if self.value.strip() else []
        self.value = " + ".join(others)
        if not WORD.fullmatch(self.word):
            raise ValidationError({"word": _("Write one word.")})
        if not all(map(WORD.fullmatch, others)) or not (
            len(others) >= 2 if self.kind == SPLIT else len(others) == (self.kind == SAME)
        ):
            raise ValidationError({"value": self.wanted})

    @property
    def wanted(self):
        if self.kind == SPLIT:
            return _("Write two words or more, with a plus sign between them.")
        return _("Write one word.") if self.kind == SAME else _("Leave this empty: a word that is not cut needs no others.")
