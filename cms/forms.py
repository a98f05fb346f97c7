"""What the admin asks of those who upload."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.pdf import is_tagged

FORMATS = {"avif": "AVIF", "gif": "GIF", "jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}


class PictureField(WagtailImageField):
    """Takes a picture that can be read to its end. How large it is it says itself, so a giant is refused before it is unpacked."""

    def to_python(self, data: UploadedFile | None) -> UploadedFile | None:
        if data:
            self.check_image_file_size(data)
            width, height = self.size_of(data)
            if width * height > self.max_image_pixels:
                raise ValidationError(
                    _("The picture is %(width)s × %(height)s pixels. Please make it smaller: at most %(most)s megapixels in all."),
                    params={"width": grouped(width), "height": grouped(height), "most": self.max_image_pixels // 1_000_000},
                )
        try:
            return super().to_python(data)
        except (OSError, SyntaxError, ValueError) as error:
            raise ValidationError(
                _("The picture is damaged: it ends too early or cannot be read. Please save it again and retry.")
            ) from error

    def size_of(self, data: UploadedFile) -> tuple[int, int]:
        """Read from the first bytes. Only what is declared as a picture of points is asked, so drawings (SVG) never get further."""
        suffix = data.name.rpartition(".")[2].lower()
        try:
            with Image.open(data, formats=[FORMATS[suffix]]) as picture:
                return picture.size
        except KeyError:
            message = _("This kind of file cannot be used as a picture. Please use one of these: %(kinds)s.")
        except Image.DecompressionBombError:
            message = _("The picture has far too many pixels. Please make it smaller.")
        except (OSError, SyntaxError, ValueError):
            message = _(
                "The file is called .%(suffix)s, but holds something else. Please save it again as one of these: %(kinds)s."
            )
        finally:
            data.seek(0)
        kinds = ", ".join(kind.upper() for kind in settings.WAGTAILIMAGES_EXTENSIONS)
        raise ValidationError(message, params={"suffix": suffix, "kinds": kinds})


UNTAGGED = _(
    "This PDF is not tagged: it does not say what is a heading, a list or a table, so those who listen to it get lost. Save it"
    " as PDF anew from the original, and choose “tagged” or “accessible”. Until then it is not accessible."
)


def grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


class PortalImageForm(BaseImageForm):
    """Refuses what would be a trap later: a picture without words, a file that cannot be read to its end."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)
        if field := self.fields.get("licence"):
            field.required = True

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("is_decorative"):
            for language in ("sv", "en"):
                if not cleaned.get(f"alt_{language}"):
                    self.add_error(
                        f"alt_{language}", ValidationError(_("Describe the picture, or say that it is decoration only."))
                    )
        return cleaned


class PortalDocumentForm(BaseDocumentForm):
    """Says what is wrong with a PDF that has no marks for screen readers, and does not let it be called accessible."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "accessible" in self.fields and self.instance.is_tagged is False:
            self.fields["accessible"].help_text = UNTAGGED

    def clean(self):
        cleaned, file = super().clean(), self.cleaned_data.get("file")
        untagged = self.instance.is_tagged is False
        if file and "file" in self.changed_data:
            untagged = file.name.lower().endswith(".pdf") and not is_tagged(file)
        if untagged and cleaned.get("accessible") == "yes":
            self.add_error("accessible", ValidationError(UNTAGGED))
        return cleaned
