"""What comes first for certain questions, because staff have chosen it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail.snippets.models import get_snippet_models

from cms.fields import StreamField
from cms.kinds import kinds
from cms.languages import CHOICES
from search.models.synonyms import LONGEST_FIELD, phrases_in, problem_with

PAGE, ADDRESS = "page", "address"
MOST = 5  # so many come first, and no more


class Elsewhere(blocks.StructBlock):
    """Something on another site."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    url = blocks.URLBlock(label=_("Address on another site"))
    text = blocks.CharBlock(label=_("What it is about"), max_length=250, required=False)

    class Meta:
        label, icon = _("Address on another site"), "link-external"

    def clean(self, value):
        value = super().clean(value)
        if urlsplit(value["url"]).netloc == urlsplit(settings.BASE_URL).netloc:
            told = ValidationError(_("This is on our own site: choose the page itself, so that it goes when the page does."))
            raise blocks.StructBlockValidationError({"url": told})
        return value


class ChosenResults(blocks.StreamBlock):
    """Pages, rows of any kind that staff can choose among, and addresses of other sites."""

    page = blocks.PageChooserBlock(label=_("Page"), icon="doc-empty")

    def __init__(self, local_blocks=(), **kwargs):
        rows = [kind for kind in kinds().values() if not kind.is_page and kind.cls in get_snippet_models()]
        choosers = [(kind.name, SnippetChooserBlock(kind.model, label=kind.label_one, icon=kind.icon)) for kind in rows]
        super().__init__([*local_blocks, *choosers, (ADDRESS, Elsewhere())], **kwargs)

    class Meta:
        max_num = MOST


class Promotion(models.Model):
    """Some results that come before all others when somebody asks for just these words, in any form and order."""

    has_events = True

    language = models.CharField(_("language"), max_length=2, choices=CHOICES, default="sv")
    words = models.CharField(
        _("whoever searches for"),
        max_length=LONGEST_FIELD,
        help_text=_(
            "The whole of what a visitor asks for. Several with commas between them. Forms and order of words do not matter."
        ),
    )
    results = StreamField(
        ChosenResults,
        verbose_name=_("gets first"),
        help_text=_("A page that is not public, or not in this language, is not shown."),
    )
    starts = models.DateField(_("from"), null=True, blank=True, help_text=_("Empty: from now on."))
    ends = models.DateField(_("until and including"), null=True, blank=True, help_text=_("Empty: for ever."))

    panels = [FieldRowPanel(["language", "words"]), FieldPanel("results"), FieldRowPanel(["starts", "ends"])]

    class Meta:
        verbose_name, verbose_name_plural = _("recommended result"), _("recommended results")
        ordering = ["language", "words"]

    def __str__(self):
        return self.words

    @property
    def status(self):
        today = timezone.localdate()
        if self.starts and self.starts > today:
            return _("not yet")
        return _("over") if self.ends and self.ends < today else _("shown")

    def clean(self):
        errors = {}
        phrases = phrases_in(self.words)
        self.words = ", ".join(phrases)
        if problem := problem_with(phrases, self.language):
            errors["words"] = problem
        if self.starts and self.ends and self.ends < self.starts:
            errors["ends"] = _("It ends before it begins.")
        if others := [page for page in self.pages if page.locale.language_code != self.language]:
            told = {"title": others[0].title, "language": self.get_language_display()}
            errors["results"] = _("“%(title)s” is in another language. Choose its page in %(language)s.") % told
        if errors:
            raise ValidationError(errors)

    @property
    def pages(self) -> list:
        return [each.value for each in self.results if each.block_type == PAGE and each.value]
