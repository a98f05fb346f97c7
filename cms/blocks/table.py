"""A table whose text is translated cell by cell."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock, TypedTableBlockValidationError
from wagtail_localize.segments import StringSegmentValue

from cms.blocks.groups import FACTS
from cms.blocks.samples import spoken


class Table(TypedTableBlock):
    """Columns of text or of numbers. Its caption tells a reader who cannot see the page what the table is about."""

    text = blocks.CharBlock(label=_("Text"), max_length=300, required=False)
    number = blocks.FloatBlock(label=_("Number"), required=False)

    def clean(self, table: TypedTable) -> TypedTable:
        table = super().clean(table)
        if self.is_deferred_validation:
            return table
        if not table.caption:
            raise TypedTableBlockValidationError(non_block_errors=[ValidationError(_("Give the table a caption."))])
        if not table.columns or not all(column["heading"] for column in table.columns):
            raise TypedTableBlockValidationError(non_block_errors=[ValidationError(_("Give every column a heading."))])
        return table

    def get_context(self, table: TypedTable, parent_context=None) -> dict:
        lines = [list(zip(table.columns, row["values"], strict=True)) for row in table.row_data]
        return {**super().get_context(table, parent_context), "lines": lines}

    # What wagtail-localize asks: it knows no tables of its own

    def get_translatable_segments(self, table: TypedTable) -> list[StringSegmentValue]:
        return [StringSegmentValue(place, text) for place, text in texts_of(table).items() if text]

    def restore_translated_segments(self, table: TypedTable, segments: list[StringSegmentValue]) -> TypedTable:
        translated = {segment.path: segment.render_text() for segment in segments}
        number_of_columns = range(len(table.columns))
        return TypedTable(
            columns=[
                {**column, "heading": translated.get(f"heading.{number}", column["heading"])}
                for number, column in enumerate(table.columns)
            ],
            row_data=[
                {"values": [translated.get(f"cell.{line}.{number}", row["values"][number]) for number in number_of_columns]}
                for line, row in enumerate(table.row_data)
            ],
            caption=translated.get("caption", table.caption),
        )

    class Meta:
        label, icon, group = _("Table"), "table", FACTS
        description = _("Facts in rows and columns, with a caption. Not for layout.")
        template = "blocks/table.html"
        preview_value = spoken(
            {
                "caption": _("How long it takes"),
                "columns": [{"type": "text", "heading": _("Step")}, {"type": "number", "heading": _("Weeks")}],
                "rows": [{"values": [_("The first conversation"), 2]}, {"values": [_("A plan in common"), 8]}],
            }
        )


def texts_of(table: TypedTable) -> dict[str, Any]:
    """Every text of a table by its place in it."""
    found = {"caption": table.caption}
    found |= {f"heading.{number}": column["heading"] for number, column in enumerate(table.columns)}
    for line, row in enumerate(table.row_data):
        for number, column in enumerate(table.columns):
            if column["block"].name == "text":
                found[f"cell.{line}.{number}"] = row["values"][number]
    return found
