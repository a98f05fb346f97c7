import time

from django.core.management.base import BaseCommand, CommandError

from search.documents import roots
from search.engines import engines
from search.engines.base import Busy, Engine, Unavailable
from search.upkeep import rebuild


class Command(BaseCommand):
    help = "Make the search index anew, beside the one in use, and put it in its place. The portal may run meanwhile."

    def add_arguments(self, parser):
        parser.add_argument("--engine", choices=[index.name for index in engines()], help="only the index of this engine")

    def handle(self, *, verbosity: int, engine: str | None, **options) -> None:
        for index in engines():
            if engine in (None, index.name):
                try:
                    self.make(index, verbosity)
                except (Busy, Unavailable) as error:
                    raise CommandError(f"{index.name}: {error}") from error

    def make(self, index: Engine, verbosity: int) -> None:
        total = sum(root._default_manager.count() for root in roots())
        began = shown = time.monotonic()
        count = 0
        for count in rebuild(index):
            if verbosity and time.monotonic() - shown > 1:
                shown = time.monotonic()
                self.stdout.write(f"{count} of {total}")
        if verbosity:
            self.stdout.write(f"{index.name}: the search index is made: {count} objects in {time.monotonic() - began:.1f} s.")
