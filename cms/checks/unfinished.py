"""What a page of its type must have before everybody may see it: each field and row that is asked for, and whole blocks."""

from collections.abc import Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlockValidationError
from wagtail.fields import StreamField
from wagtail.models import Page

from .findings import Finding, Severity

SAID_BY_OTHERS = "lead"


def unfinished(page: Page) -> Iterator[Finding]:
    """The form in which a page is written asks for the same; whoever publishes in bulk, by review or as a translation sees none."""
    faults = faults_in_blocks(page)
    try:
        page.full_clean()
    except ValidationError as error:
        faults |= error.message_dict
    for name, told in faults.items():
        if name != SAID_BY_OTHERS:
            yield fault(name, _("“%(field)s” is not finished.") % {"field": label(page, name)}, " ".join(told))
    for name, told in page.needed_rows.items():
        if not getattr(page, name).exists():
            yield fault(name, _("Something is missing."), str(told))


def fault(name: str, what: str, how: str) -> Finding:
    why = _("Every page of this type has it, and its readers count on that.")
    return Finding("unfinished", Severity.HINDRANCE, what=what, why=why, how=how, field=name)


def label(page: Page, name: str) -> str:
    """What the form calls a field."""
    return page.title if name == NON_FIELD_ERRORS else capfirst(str(page._meta.get_field(name).verbose_name))


def faults_in_blocks(page: Page) -> dict[str, list[str]]:
    found = {}
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(page, field.name))
            except StreamBlockValidationError as error:
                within = [_("Publish from the page itself: it shows what is missing.")] if error.block_errors else []
                found[field.name] = [*map(str, error.non_block_errors), *within]
    return found
