"""Reads texts and queries as JSON; writes the names of what each query finds, the best first, and what it cost in CPU seconds."""

import json
import sys
import time
from collections.abc import Iterator

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
    indexed = index(asked["texts"])
    answers = list(ask(asked["queries"], asked["seconds"]))
    json.dump({"answers": answers, "rebuild": indexed, "update": update()}, sys.stdout)


def index(texts: list[dict]) -> float:
    from modelsearch.backends import get_search_backend

    from search.eval.stock.models import Text

    Text.objects.bulk_create(Text(**each) for each in texts)
    backend, began = get_search_backend(), time.process_time()
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(Text))
    rebuilder.start().add_items(Text, list(Text.objects.all()))
    rebuilder.finish()
    return time.process_time() - began


def ask(queries: list[list[str]], seconds: float) -> Iterator[dict]:
    """As many as there is time for."""
    from modelsearch.backends import get_search_backend

    from search.eval.stock.models import Text

    backend, ends = get_search_backend(), time.process_time() + seconds
    for query, language in queries:
        began = time.process_time()
        if began > ends:
            break
        found = backend.search(query, Text.objects.filter(locale=language))[:SHOWN]
        yield {"names": [text.name for text in found], "seconds": time.process_time() - began}


def update() -> float:
    """What it costs that one page is saved."""
    from modelsearch.backends import get_search_backend

    from search.eval.stock.models import Text

    backend, text, began = get_search_backend(), Text.objects.first(), time.process_time()
    backend.add(text)
    return time.process_time() - began


if __name__ == "__main__":
    main()
