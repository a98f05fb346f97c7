"""A term says what a translator should know of it: translators of a site that is there already may read it too."""

from django.db import migrations

from cms.users import groups


def grant(apps, schema_editor) -> None:
    for group in apps.get_model("auth.Group").objects.filter(name=groups.TRANSLATOR):
        groups.grant(apps, group, [groups.READ_TERMS])


class Migration(migrations.Migration):
    dependencies = [("users", "1000_groups")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
