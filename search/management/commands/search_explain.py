from django.core.management.base import BaseCommand

from search.analysis import Analyzer, Token, analyzer


class Command(BaseCommand):
    help = "Show what search does with words: their normal forms, and how compounds are cut."

    def add_arguments(self, parser):
        parser.add_argument("text")
        parser.add_argument("--language", choices=["sv", "en"], default="sv")

    def handle(self, *, text: str, language: str, **options) -> None:
        read = analyzer(language)
        tokens = list(read.tokens(text))
        width = max((len(token.word) for token in tokens), default=0)
        for token in tokens:
            self.stdout.write(f"{token.word:{width}}  {told(token, read)}")


def told(token: Token, read: Analyzer) -> str:
    if read.is_stop(token.word):
        return f"{token.normal} (says nothing)"
    cut = f" = {' + '.join(token.parts)}" if token.parts else ""
    related = ", ".join(read.related(token.normal))
    return f"{token.normal}{cut}{f' (related: {related})' if related else ''}"
