import time

from django.core.management.base import BaseCommand, CommandError

from search.documents import roots
from search.engines import engine
from search.engines.base import Busy
from search.upkeep import rebuild


class Command(BaseCommand):
    help = "Make the search index anew, beside the one in use, and put it in its place. The portal may run meanwhile."

    def handle(self, *, verbosity: int, **options) -> None:
        total = sum(root._default_manager.count() for root in roots())
        began = shown = time.monotonic()
        count = 0
        try:
            for count in rebuild(engine()):
                if verbosity and time.monotonic() - shown > 1:
                    shown = time.monotonic()
                    self.stdout.write(f"{count} of {total}")
        except Busy as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write(f"The search index is made: {count} objects in {time.monotonic() - began:.1f} s.")
