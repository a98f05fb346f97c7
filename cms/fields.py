"""The StreamField of the portal, and how its blocks are changed in a migration."""

import json
from collections.abc import Iterable

from django.apps import apps as live_apps
from django.db import models
from django.db.migrations import RunPython
from wagtail import fields
from wagtail.blocks.migrations.utils import map_block_value


class StreamField(fields.StreamField):
    """A StreamField that migrations see as the JSON it is stored as.

    Blocks may change, and plugins may add to them, without a migration. In a data migration the value is a plain list.
    Give it the block class, not an instance: Wagtail then builds it when all hooks are loaded.
    """

    def __init__(self, block_types=(), **kwargs):
        super().__init__(block_types, **{"default": list, **kwargs})

    def deconstruct(self):
        name, _, _, kwargs = models.Field.deconstruct(self)
        return name, "django.db.models.JSONField", [], kwargs


class ChangeBlocks(RunPython):
    """Wagtail's block operations for such a field, in live rows and in every revision.

    ``MigrateStreamData`` asks the historical model for its blocks, which a JSONField has none of; this takes them from the
    live model. ``operations`` are pairs (operation, path of blocks) as there.
    """

    def __init__(self, app_label: str, model_name: str, field_name: str, operations: Iterable[tuple], **kwargs):
        self.target = (app_label, model_name, field_name)
        self.operations = list(operations)
        super().__init__(self.forward, RunPython.noop, **kwargs)

    def deconstruct(self):
        app_label, model_name, field_name = self.target
        names = {"app_label": app_label, "model_name": model_name, "field_name": field_name}
        return type(self).__qualname__, [], {**names, "operations": self.operations}

    def forward(self, apps, schema_editor) -> None:
        app_label, model_name, field_name = self.target
        model = apps.get_model(app_label, model_name)
        for row in model.objects.only("pk", field_name).iterator():
            setattr(row, field_name, self.changed(getattr(row, field_name)))
            row.save(update_fields=[field_name])
        content_type = apps.get_model("contenttypes", "ContentType").objects.filter(app_label=app_label, model=model_name.lower())
        for revision in apps.get_model("wagtailcore", "Revision").objects.filter(content_type__in=content_type).iterator():
            if field_name in revision.content:
                revision.content[field_name] = json.dumps(self.changed(json.loads(revision.content[field_name])))
                revision.save(update_fields=["content"])

    def changed(self, body: list[dict]) -> list[dict]:
        app_label, model_name, field_name = self.target
        block = live_apps.get_model(app_label, model_name)._meta.get_field(field_name).stream_block
        for operation, path in self.operations:
            body = map_block_value(body, block_def=block, block_path=path.split(".") if path else [], operation=operation)
        return body
