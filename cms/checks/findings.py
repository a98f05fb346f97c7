"""What a check has to say, how grave it is, and where it is mended."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Severity(TextChoices):
    """Only a hindrance stops a page from being published. They are in the order in which they are shown."""

    HINDRANCE = "hindrance", _("Blocks publishing")
    WARNING = "warning", _("Warning")
    TIP = "tip", _("Tip")

    @property
    def icon(self) -> str:
        return {"hindrance": "cross", "warning": "warning", "tip": "info-circle"}[self]


@dataclass(frozen=True)
class Finding:
    """What is wrong, for whom it matters, and the way out, in the language of whoever reads it.

    ``check`` is a stable name. ``field`` and ``block`` are where the editor finds it: a field of the page, and in a body the id of
    a block. ``address`` is set where it is mended elsewhere: in the form of a picture, for instance.
    """

    check: str
    severity: Severity
    what: str
    why: str
    how: str
    field: str = ""
    block: str = ""
    address: str = ""

    def __str__(self):
        return f"{self.what} {self.how}"


class Hindered(ValidationError):
    """Somebody tries to publish a page that a check holds back."""

    def __init__(self, page, hindrances: list[Finding]):
        self.page, self.hindrances = page, hindrances
        super().__init__([str(finding) for finding in hindrances])
