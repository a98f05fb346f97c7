"""What a page of its type must have before everybody may see it: each field and row that is asked for, and whole blocks."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import Block, StreamBlockValidationError, StreamValue, StructBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlockValidationError
from wagtail.fields import StreamField
from wagtail.models import Page

from .findings import Finding, Severity

StreamChild = StreamValue.StreamChild

SAID_BY_OTHERS = "lead"


def unfinished(page: Page) -> Iterator[Finding]:
    """The form in which a page is written asks for the same; whoever publishes in bulk, by review or as a translation sees none."""
    faults, blocks = faults_in_bodies(page)
    try:
        page.full_clean()
    except ValidationError as error:
        faults |= error.message_dict
    for name, told in faults.items():
        if name != SAID_BY_OTHERS:
            yield fault(name, _("“%(field)s” is not finished.") % {"field": label(page, name)}, " ".join(told))
    yield from blocks
    for name, told in page.needed_rows.items():
        if not getattr(page, name).exists():
            yield fault(name, _("Something is missing."), str(told))


def fault(name: str, what: str, how: str) -> Finding:
    why = _("Every page of this type has it, and its readers count on that.")
    return Finding("unfinished", Severity.HINDRANCE, what=what, why=why, how=how, field=name)


def label(page: Page, name: str) -> str:
    """What the form calls a field."""
    return page.title if name == NON_FIELD_ERRORS else capfirst(str(page._meta.get_field(name).verbose_name))


def faults_in_bodies(page: Page) -> tuple[dict[str, list[str]], list[Finding]]:
    """What the form says of whole bodies, and of blocks in them."""
    whole, blocks = {}, []
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            stream = getattr(page, field.name)
            try:
                field.stream_block.clean(stream)
            except StreamBlockValidationError as error:
                said: dict[StreamChild | None, list[str]] = {}
                for child, text in said_of(field.stream_block, stream, error):
                    said.setdefault(child, []).append(text)
                if of_whole := said.pop(None, []):
                    whole[field.name] = of_whole
                blocks += [fault_in_block(field.name, child, " ".join(texts)) for child, texts in said.items()]
    return whole, blocks


def fault_in_block(field: str, child: StreamChild, how: str) -> Finding:
    what = _("“%(field)s” is not finished.") % {"field": capfirst(str(child.block.label))}
    why = _("A block that lacks something does not give its readers what they come for.")
    return Finding("unfinished", Severity.HINDRANCE, what=what, why=why, how=how, field=field, block=child.id or "")


def said_of(
    block: Block, value: Any, error: ValidationError, at: StreamChild | None = None
) -> Iterator[tuple[StreamChild | None, str]]:
    """The nearest block that one can go to, and a sentence of the form; before it the part of the block that it is of."""
    for part, content, inner, child, name in within(block, value, error):
        for nearest, text in said_of(part, content, inner, child or at):
            yield nearest, f"{name}: {text}" if name and nearest is at else text
    of_itself: Any = error.non_block_errors if hasattr(error, "non_block_errors") else error.messages
    yield from ((at, str(text)) for text in of_itself)


def within(block: Any, value: Any, error: ValidationError) -> Iterator[tuple[Block, Any, ValidationError, StreamChild | None, str]]:
    """The parts of a block that are refused: each with what it holds, why, the block itself if one can go to it, or its name."""
    if isinstance(error, StreamBlockValidationError):
        yield from ((value[at].block, value[at].value, inner, value[at], "") for at, inner in error.block_errors.items())
    elif isinstance(error, StructBlockValidationError):
        for name, inner in error.block_errors.items():
            part = block.child_blocks[name]
            yield part, value[name], inner, None, capfirst(str(part.label))
    elif isinstance(error, ListBlockValidationError):
        yield from ((block.child_block, value[at], inner, None, "") for at, inner in error.block_errors.items())
    elif isinstance(error, TypedTableBlockValidationError):
        rows = (error.cell_errors or {}).values()
        yield from ((block, None, inner, None, "") for row in rows for inner in row.values())
