"""The roles and the review of a new site.

A migration runs once, so what an administrator changes later stays. Permissions of new models are made by Django only after
the last migration; the ones needed here are made here, under the names that Django then finds.
"""

from django.db import migrations

from cms.users import groups


def begin(apps, schema_editor) -> None:
    groups.make_groups(apps)
    groups.make_review(apps)
    groups.remove_stock(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("users", "0001_initial"),
        ("cms", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
