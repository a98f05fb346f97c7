from django.core.management.base import BaseCommand, CommandError

from search.engines import engines
from search.engines.base import Busy, Engine, Unavailable
from search.sync import write
from search.upkeep import compare, is_usable

SHOWN = 20


class Command(BaseCommand):
    help = "Compare the search index, and that on the search server, with the database, and say what differs."

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="Mend what differs.")

    def handle(self, *, repair: bool, **options) -> None:
        problems = [problem for index in engines() if (problem := self.examined(index, repair))]
        if problems:
            raise CommandError("\n".join(problems))

    def examined(self, index: Engine, repair: bool) -> str:
        """What stays wrong."""
        try:
            return self.examine(index, repair)
        except (Busy, Unavailable) as error:
            return f"{index.name}: {error}"

    def examine(self, index: Engine, repair: bool) -> str:
        health = index.health()
        if health.problem or not is_usable(index):
            problem = health.problem or "The index is one of another database."
            return f"{index.name}: {problem} Make it: manage.py search_rebuild"
        found = compare(index)
        counts = ", ".join(f"{count} {locale}" for locale, count in health.documents.items())
        self.stdout.write(f"{index.name}: {counts} documents, {health.bytes / 2**20:.1f} MB; {found.seen} objects in the database.")
        for name, keys in (("missing", found.missing), ("too much", found.surplus), ("different", found.different)):
            if keys:
                self.stdout.write(f"{len(keys)} {name}: {', '.join(keys[:SHOWN])}{' ...' if len(keys) > SHOWN else ''}")
        if repair:
            write(index, found.keys)
            self.stdout.write(f"{len(found.keys)} mended.")
        return f"{index.name}: To mend this: manage.py search_doctor --repair" if found and not repair else ""
