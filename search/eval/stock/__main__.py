"""Reads texts and queries as JSON, and writes the names of what each query finds, the best first."""

import json
import sys

import django
from django.conf import settings
from django.core.management import call_command

SHOWN = 10


def main() -> None:
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "modelsearch", "search.eval.stock"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        MODELSEARCH_BACKENDS={"default": {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": False}},
    )
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    asked = json.load(sys.stdin)
    json.dump(list(answers(asked["texts"], asked["queries"])), sys.stdout)


def answers(texts: list[dict], queries: list[list[str]]):
    from modelsearch.backends import get_search_backend

    from search.eval.stock.models import Text

    Text.objects.bulk_create(Text(**each) for each in texts)
    backend = get_search_backend()
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(Text))
    rebuilder.start().add_items(Text, list(Text.objects.all()))
    rebuilder.finish()
    for query, language in queries:
        found = backend.search(query, Text.objects.filter(locale=language))[:SHOWN]
        yield [text.name for text in found]


if __name__ == "__main__":
    main()
