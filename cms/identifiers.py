"""Telephone and organisation numbers: checked where they are typed, stored as the standards write them."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

check_org_number = RegexValidator(r"^\d{6}-\d{4}\Z", _("A Swedish organisation number looks like this: 202100-2494."))


def e164(typed: str) -> str:
    """A telephone number as typed in Sweden, or with a country code, in the form of E.164: +46313900610."""
    number = re.sub(r"[^\d+]", "", typed.replace("(0)", ""))
    number = re.sub(r"^00", "+", number)
    number = re.sub(r"^(\+46)?0", "+46", number)
    if re.search(r"[^\d\s+()/.\u2010-\u2015-]", typed) or not re.fullmatch(r"\+[1-9]\d{6,14}", number):
        raise ValidationError(
            _("Write a telephone number with its area code, such as 031-390 06 10 or +46 31 390 06 10."), code="phone"
        )
    return number


class PhoneField(models.CharField):
    """Takes what people type and keeps E.164."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 16)
        super().__init__(*args, **kwargs)

    def clean(self, value, model_instance):
        return super().clean(e164(value) if value else value, model_instance)

    def formfield(self, **kwargs):
        kwargs.setdefault("max_length", 30)  # with the spaces and hyphens that people type
        return super().formfield(**kwargs)
