from django.core.management.base import BaseCommand, CommandError

from search.engines import engine
from search.engines.base import Busy, Unavailable
from search.sync import catch_up
from search.upkeep import is_usable


class Command(BaseCommand):
    help = "Write to the search index what changed since it was last written. The worker does this by itself."

    def handle(self, **options) -> None:
        if not is_usable(engine()):
            raise CommandError("There is no index of this database. Make it: manage.py search_rebuild")
        try:
            catch_up(engine())
        except (Busy, Unavailable) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("The search index is up to date.")
