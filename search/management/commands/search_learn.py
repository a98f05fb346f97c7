import time

from django.core.management.base import BaseCommand

from cms.languages import CODES
from search.learning import learn, pairs_of_the_site
from search.translations import path_of, translations


class Command(BaseCommand):
    help = "Learn from the site's own translations what words are called in the other language. The worker does it once a day."

    def handle(self, *, verbosity: int, **options) -> None:
        began = time.monotonic()
        for _ in learn(pairs_of_the_site()):
            pass
        for language in CODES if verbosity else ():
            words, size = len(translations(language).trie.keys()), path_of(language).stat().st_size
            self.stdout.write(f"{language}: {words} words, {size} bytes, {time.monotonic() - began:.1f} s.")
