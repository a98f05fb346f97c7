from django.core.management.base import BaseCommand, CommandError

from search.engines import engines
from search.engines.base import Busy, Unavailable
from search.sync import catch_up
from search.upkeep import is_usable


class Command(BaseCommand):
    help = "Write to the search index, and to that on the search server, what changed since. The worker does this by itself."

    def handle(self, **options) -> None:
        for index in engines():
            try:
                if not is_usable(index):
                    raise CommandError(f"{index.name}: there is no index of this database. Make it: manage.py search_rebuild")
                catch_up(index)
            except (Busy, Unavailable) as error:
                raise CommandError(f"{index.name}: {error}") from error
        self.stdout.write("The search index is up to date.")
