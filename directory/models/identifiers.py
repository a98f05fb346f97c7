"""The numbers of registers: checked where they are typed, stored as the standards write them."""

import re
import secrets

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from cms.identifiers import PhoneField, check_org_number, e164

__all__ = ["PhoneField", "check_orcid", "check_org_number", "check_ror", "e164", "short_id"]

UNMISTAKABLE = "23456789bcdfghjkmnpqrstvwxz"  # no look-alikes, and no vowels that make words


def short_id() -> str:
    """An address part that says nothing about whom it leads to."""
    return "".join(secrets.choice(UNMISTAKABLE) for _ in range(5))


def check_orcid(orcid: str) -> None:
    """Sixteen figures in fours; the last is a check digit (ISO 7064, mod 11-2)."""
    if not re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", orcid):
        raise ValidationError(_("An ORCID looks like this: 0000-0002-1825-0097."), code="orcid")
    *digits, last = orcid.replace("-", "")
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    if last != "0123456789X"[(12 - total % 11) % 11]:
        raise ValidationError(_("This ORCID has a mistake in it: its last figure does not match the others."), code="orcid")


check_ror = RegexValidator(
    r"^https://ror\.org/0[a-hj-km-np-tv-z0-9]{6}\d{2}\Z",
    _("An address at ROR looks like this: https://ror.org/0257kt353."),
)
