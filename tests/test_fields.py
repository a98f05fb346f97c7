"""Bodies: one line a field in a migration, a block renamed everywhere."""

import json

import pytest
from django.apps import apps
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from wagtail.blocks.migrations.operations import RenameStreamChildrenOperation
from wagtail.models import get_page_models

from cms.fields import ChangeBlocks, StreamField


def test_migrations_know_nothing_of_blocks(db):  # one of another package asks it when it is read
    state = MigrationLoader(connection=None).project_state()
    bodies = [(model, field) for model in get_page_models() for field in model._meta.local_fields if isinstance(field, StreamField)]
    assert len(bodies) >= 8
    for model, field in bodies:
        if model._meta.app_label in ("home", "knowledge", "directory"):
            historical = state.models[model._meta.app_label, model._meta.model_name].fields[field.name]
            assert type(historical).__name__ == "JSONField"


def test_a_data_migration_that_saves_a_page_keeps_its_body(page):
    method = page("one-question-one-hour")
    before = list(method.steps.raw_data)
    state = MigrationLoader(connection).project_state()
    Old = state.apps.get_model("knowledge", "MethodPage")
    old = Old.objects.get(pk=method.pk)
    assert isinstance(old.steps, list)
    old.lead = "Ny ingress"
    old.save()
    after = type(method).objects.get(pk=method.pk)
    assert after.lead == "Ny ingress"
    assert list(after.steps.raw_data) == before


@pytest.mark.django_db
def test_a_block_is_renamed_in_a_live_page_and_in_every_revision(page):
    """As a later version would: content still says ``note``, the code says ``factbox``."""
    about = page("about-us")
    about.body = [("factbox", {"heading": "Vi finns", "text": "<p>Här.</p>", "tone": "info"})]
    revision = about.save_revision()
    revision.publish()
    renamed = [{**block, "type": "note"} for block in about.body.raw_data]
    revision.content["body"] = json.dumps(renamed)
    revision.save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE home_standardpage SET body = %s WHERE page_ptr_id = %s", [json.dumps(renamed), about.pk])
    operation = ChangeBlocks("home", "StandardPage", "body", [(RenameStreamChildrenOperation("note", "factbox"), "")])
    state = MigrationLoader(connection).project_state()
    operation.database_forwards("home", connection.schema_editor(), state, state)
    about = page("about-us")
    assert [block.block_type for block in about.body] == ["factbox"]
    assert about.body[0].value["heading"] == "Vi finns"
    revision.refresh_from_db()
    assert json.loads(revision.content["body"])[0]["type"] == "factbox"


def test_the_operation_can_be_written_into_a_migration():
    operation = ChangeBlocks("home", "StandardPage", "body", [(RenameStreamChildrenOperation("note", "factbox"), "")])
    name, args, kwargs = operation.deconstruct()
    again = ChangeBlocks(*args, **kwargs)
    assert name == "ChangeBlocks"
    assert again.target == operation.target
    assert isinstance(operation, migrations.RunPython)
    assert ProjectState()
    assert apps.ready
