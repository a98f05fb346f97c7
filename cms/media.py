"""Pictures and documents: with what a reader who cannot see them, or wants to use them again, needs to know."""

import secrets

from django.core.files import File
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from wagtail.search import index

from cms import languages
from cms.pdf import is_tagged
from cms.reviewed import Reviewed
from cms.vocabulary.bilingual import Bilingual
from cms.vocabulary.models import Licence, Steward


class Consent(models.TextChoices):
    NOT_NEEDED = "not_needed", _("Not needed")
    GIVEN = "given", _("Given")
    MISSING = "missing", _("Missing")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PortalImage(Bilingual, AbstractImage):
    """A picture with its text alternative in both languages, or the word that it is decoration only."""

    has_events = True

    is_decorative = models.BooleanField(  # not `decorative`: Wagtail sets that to False on every picture it reads
        _("decoration only"), default=False, help_text=_("Says nothing that the text does not. Screen readers pass it over.")
    )
    alt_sv = models.CharField(
        _("alternative text in Swedish"),
        max_length=250,
        blank=True,
        help_text=_("What one sees, in a sentence, for those who cannot."),
    )
    alt_en = models.CharField(_("alternative text in English"), max_length=250, blank=True)
    credit = models.CharField(_("photographer or artist"), max_length=150)
    licence = models.ForeignKey(
        Licence, verbose_name=_("licence"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    caption_sv = models.CharField(_("caption in Swedish"), max_length=250, blank=True)
    caption_en = models.CharField(_("caption in English"), max_length=250, blank=True)
    consent_status = models.CharField(_("consent of the people shown"), max_length=12, choices=Consent, default=Consent.NOT_NEEDED)
    consent_until = models.DateField(_("consent lasts until"), null=True, blank=True)
    people_depicted = models.CharField(_("note on the people shown"), max_length=250, blank=True, help_text=_("For staff only."))

    admin_form_fields = (
        "title",
        "file",
        "alt_sv",
        "alt_en",
        "is_decorative",
        "credit",
        "licence",
        "caption_sv",
        "caption_en",
        "consent_status",
        "consent_until",
        "people_depicted",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("alt_sv"),
        index.SearchField("alt_en"),
        index.FilterField("consent_status"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name, verbose_name_plural = _("picture"), _("pictures")

    @property
    def alt(self) -> str:
        return "" if self.is_decorative else self.in_language("alt")

    @property
    def default_alt_text(self) -> str:
        return self.alt

    @property
    def caption(self) -> str:
        return self.in_language("caption")

    @property
    def may_be_shown(self) -> bool:
        """False once those shown have not, or no longer, agreed."""
        if self.consent_status in (Consent.MISSING, Consent.WITHDRAWN):
            return False
        return self.consent_until is None or self.consent_until >= timezone.localdate()

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        return super().generate_rendition_file(TracelessFilter(filter.spec), source=source)


class ForgetTraces(FilterOperation):
    """Leaves a picture nothing but its colours: no place, time, camera or name that came with the file."""

    kept = ("icc_profile", "transparency", "background")

    def __init__(self):
        super().__init__("forget")

    def construct(self) -> None:
        pass

    def run(self, willow, image, env) -> None:
        willow.image.info = {name: value for name, value in willow.image.info.items() if name in self.kept}


class TracelessFilter(Filter):
    @property
    def filter_operations(self) -> list[FilterOperation]:
        return [*super().filter_operations, ForgetTraces()]


class PortalRendition(AbstractRendition):
    """A picture in one size. Its address cannot be guessed from another's, and is new when the picture is."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition")]

    def get_upload_to(self, filename: str) -> str:
        return super().get_upload_to(f"{secrets.token_hex(8)}.{filename}")


class PortalDocument(Bilingual, Reviewed, AbstractDocument):
    """A file to download, and whether everybody can read it."""

    has_events = True

    language = models.CharField(_("language"), max_length=5, choices=[*languages.CHOICES, ("both", _("both"))], default="sv")
    summary_sv = models.TextField(_("summary in Swedish"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    accessible = models.CharField(
        _("accessible"),
        max_length=8,
        choices=[("yes", _("Yes")), ("partly", _("Partly")), ("no", _("No")), ("unknown", _("Not checked"))],
        default="unknown",
    )
    is_tagged = models.BooleanField(null=True, editable=False)  # of a PDF: whether it has the marks that screen readers follow
    alternative_sv = models.CharField(
        _("instead of the file, in Swedish"),
        max_length=250,
        blank=True,
        help_text=_("For those who cannot read the file: where the same can be read, or whom to ask. An address becomes a link."),
    )
    alternative_en = models.CharField(_("instead of the file, in English"), max_length=250, blank=True)
    version = models.CharField(_("version"), max_length=30, blank=True)
    reviewed_on = models.DateField(
        _("reviewed on"), null=True, blank=True, help_text=_("When somebody last read the whole document and found it true.")
    )
    content_owner = models.ForeignKey(
        Steward, verbose_name=_("content owner"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    admin_form_fields = (
        "title",
        "file",
        "language",
        "summary_sv",
        "summary_en",
        "accessible",
        "alternative_sv",
        "alternative_en",
        "version",
        "content_owner",
        "reviewed_on",
        "review_interval",
        "review_note",
        "collection",
        "tags",
    )
    search_fields = [*AbstractDocument.search_fields, index.SearchField("summary_sv"), index.SearchField("summary_en")]

    class Meta(AbstractDocument.Meta):
        verbose_name, verbose_name_plural = _("document"), _("documents")

    def save(self, *args, **kwargs):
        if self.file and not self.file._committed:
            self.is_tagged = is_tagged(self.file) if self.file_extension == "pdf" else None
        return super().save(*args, **kwargs)

    def get_url(self, request: HttpRequest | None = None) -> str:
        return self.url

    @property
    def summary(self) -> str:
        return self.in_language("summary")

    @property
    def alternative(self) -> str:
        return self.in_language("alternative")

    @property
    def alternative_lang(self) -> str:
        return self.language_of("alternative")
