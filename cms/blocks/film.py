"""Moving pictures, for those who see, those who hear, and those who do neither."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms import languages
from cms.blocks.groups import MEDIA, RICH
from cms.blocks.samples import one

FILMS = {"mp4": "video/mp4", "webm": "video/webm"}


class Captions(blocks.StructBlock):
    language = blocks.ChoiceBlock(label=_("Language"), choices=languages.CHOICES, default="sv")
    file = DocumentChooserBlock(label=_("File"), help_text=_("A file of captions: WebVTT, .vtt."))

    def clean(self, value):
        return with_suffix(super().clean(value), "file", ["vtt"])

    class Meta:
        label, icon = _("Captions"), "openquote"


class FilmValue(blocks.StructValue):
    @property
    def content_type(self) -> str:
        return FILMS[self["file"].file_extension.lower()]

    @property
    def host(self) -> str:
        return urlsplit(self["url"]).hostname or ""

    @cached_property
    def tracks(self) -> list[dict]:
        """The captions that can be shown."""
        return [captions for captions in self["captions"] if captions["file"]]

    @property
    def length(self) -> str:
        """10 seconds, 3 min 20 s."""
        minutes, seconds = divmod(self["duration"] or 0, 60)
        if not minutes:
            return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds} if seconds else ""
        return f"{minutes}\u00a0min" + (f" {seconds}\u00a0s" if seconds else "")

    @property
    def description_in_words(self) -> str:
        return dict(Film.DESCRIPTIONS)[self["audio_description"]]


class Film(blocks.StructBlock):
    """A file of our own plays on the page when asked to. A film elsewhere is a link: nothing is fetched from there before."""

    DESCRIPTIONS = [
        ("narrated", _("What is seen is also said in the film.")),
        ("separate", _("What is seen is described in a version of its own.")),
        ("not_needed", _("The film needs no audio description.")),
    ]

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    file = DocumentChooserBlock(label=_("File"), required=False, help_text=_("WebM or MP4."))
    url = blocks.URLBlock(label=_("Address on another site"), required=False, help_text=_("Instead of a file. It becomes a link."))
    duration = blocks.IntegerBlock(label=_("Length in seconds"), min_value=1, max_value=86_400, required=False)
    poster = ImageChooserBlock(label=_("Picture before it plays"), required=False)
    captions = blocks.ListBlock(Captions(), label=_("Captions"), default=[], max_num=2)
    silent = blocks.BooleanBlock(label=_("Nobody speaks in the film, and nothing is heard that matters"), required=False)
    audio_description = blocks.ChoiceBlock(label=_("Audio description"), choices=DESCRIPTIONS, default="narrated")
    transcript = blocks.RichTextBlock(
        label=_("The film in text"), features=RICH, required=False, help_text=_("What is said, and what is seen.")
    )

    def clean(self, value):
        cleaned = with_suffix(super().clean(value), "file", list(FILMS))
        if self.is_deferred_validation:
            return cleaned
        if bool(cleaned.get("file")) == bool(cleaned.get("url")):
            raise refused("file", _("Choose a file, or write an address."))
        if cleaned.get("file") and not cleaned["captions"] and not cleaned["silent"]:
            raise refused("captions", _("A film with sound has captions. That is the law for public bodies."))
        return cleaned

    class Meta:
        label, icon, group = _("Film"), "media", MEDIA
        description = _("A film with captions and its content in text. Nothing is fetched before the visitor asks for it.")
        template = "blocks/film.html"
        value_class = FilmValue
        preview_value = staticmethod(
            lambda: {
                "title": gettext("From conversation to collaboration"),
                "file": None,
                "url": "https://example.org/film",
                "duration": 10,
                "poster": one("cms.PortalImage"),
                "captions": [],
                "silent": True,
                "audio_description": "not_needed",
                "transcript": gettext("<p>Dots move, meet and become a net.</p>"),
            }
        )


def with_suffix(value: blocks.StructValue, name: str, suffixes: list[str]) -> blocks.StructValue:
    """The value, if the file in it ends as it should."""
    file = value.get(name)
    if file and file.file_extension.lower() not in suffixes:
        kinds = ", ".join(f".{suffix}" for suffix in suffixes)
        raise refused(name, _("This file cannot be used here. It must end in one of these: %(kinds)s.") % {"kinds": kinds})
    return value


def refused(name: str, why) -> blocks.StructBlockValidationError:
    return blocks.StructBlockValidationError(block_errors={name: ValidationError(why)})
