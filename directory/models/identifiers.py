"""The numbers of registers: checked where they are typed, stored as the standards write them."""

import re
import secrets

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from cms.identifiers import PhoneField, check_org_number, e164

__all__ = [
    "COUNTIES",
    "PhoneField",
    "check_municipality",
    "check_orcid",
    "check_org_number",
    "check_ror",
    "check_wikidata",
    "e164",
    "short_id",
]

COUNTIES = {
    "01": "Stockholm",
    "03": "Uppsala",
    "04": "Södermanland",
    "05": "Östergötland",
    "06": "Jönköping",
    "07": "Kronoberg",
    "08": "Kalmar",
    "09": "Gotland",
    "10": "Blekinge",
    "12": "Skåne",
    "13": "Halland",
    "14": "Västra Götaland",
    "17": "Värmland",
    "18": "Örebro",
    "19": "Västmanland",
    "20": "Dalarna",
    "21": "Gävleborg",
    "22": "Västernorrland",
    "23": "Jämtland",
    "24": "Västerbotten",
    "25": "Norrbotten",
}
"""By the first two figures of the code of a municipality, as Statistics Sweden has them."""

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
check_wikidata = RegexValidator(r"^Q[1-9]\d*\Z", _("An identifier at Wikidata looks like this: Q42."))


def check_municipality(code: str) -> None:
    """Four figures, of which the first two are those of the county."""
    if not (re.fullmatch(r"\d{4}", code) and code[:2] in COUNTIES):
        raise ValidationError(_("The code of a municipality has four figures, such as 1488."), code="municipality")
