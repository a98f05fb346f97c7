"""What the admin asks of those who upload."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class PortalImageForm(BaseImageForm):
    """Refuses what would be a trap later: a picture without words, a file that cannot be read to its end."""

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("decorative"):
            for language in ("sv", "en"):
                if not cleaned.get(f"alt_{language}"):
                    self.add_error(f"alt_{language}", ValidationError(_("Describe the picture, or say that it is decoration only.")))
        return cleaned
