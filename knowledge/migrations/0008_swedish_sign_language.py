"""Sign language was kept under the code of the Spanish one: in rows, in versions of pages, and in what was sent to translation."""

from django.db import migrations, models

SPANISH, SWEDISH = "ssp", "swl"


def in_versions(apps) -> None:
    for version in apps.get_model("wagtailcore.Revision").objects.filter(content_type__model="eventpage").iterator():
        spoken = [row for row in version.content.get("languages", []) if row.get("language") == SPANISH]
        for row in spoken:
            row["language"] = SWEDISH
        if spoken:
            version.save(update_fields=["content"])


def rename(apps, schema_editor) -> None:
    apps.get_model("knowledge.EventLanguage").objects.filter(language=SPANISH).update(language=SWEDISH)
    in_versions(apps)
    for source in apps.get_model("wagtail_localize.TranslationSource").objects.filter(content_json__contains=f'"{SPANISH}"'):
        source.content_json = source.content_json.replace(f'"language": "{SPANISH}"', f'"language": "{SWEDISH}"')
        source.save(update_fields=["content_json"])


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0007_documents_and_projects"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AlterField(
            model_name="eventlanguage",
            name="language",
            field=models.CharField(
                choices=[("sv", "Swedish"), ("en", "English"), (SWEDISH, "Swedish sign language")],
                max_length=3,
                verbose_name="language",
            ),
        ),
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]
