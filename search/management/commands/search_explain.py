from django.core.management.base import BaseCommand

from cms.languages import CODES
from search import synonyms
from search.across import as_written
from search.analysis import Analyzer, Token
from search.edition import reader
from search.engines.base import Concept, Unavailable
from search.planning import Question


class Command(BaseCommand):
    help = "Show what search does with words: their normal forms, how compounds are cut, and how a question is read."

    def add_arguments(self, parser):
        parser.add_argument("text")
        parser.add_argument("--language", choices=CODES, default="sv")

    def handle(self, *, text: str, language: str, **options) -> None:
        read = reader(language)
        tokens = list(read.tokens(text))
        width = max((len(token.word) for token in tokens), default=0)
        for token in tokens:
            self.stdout.write(f"{token.word:{width}}  {told(token, read)}")
        try:
            self.tell(as_written(Question(text, language, synonyms=synonyms.in_use())))
        except Unavailable as error:
            self.stdout.write(f"How it is read as a question cannot be told: {error}")

    def tell(self, question: Question) -> None:
        self.stdout.write("\nAs a question:")
        for term in question.terms:
            said = "says little" if term.asks else f"in {term.df} documents"
            meant = f", read as {term.meant}" if term.meant else ""
            self.stdout.write(f"  any of: {alternatives(term.concept)} ({said}{meant})")
        for phrase in question.phrases:
            self.stdout.write(f"  in this order: {' '.join(phrase)}")
        for concept in question.excluded:
            self.stdout.write(f"  without: {alternatives(concept)}")


def alternatives(concept: Concept) -> str:
    return ", ".join([*concept.alternatives, *(" + ".join(parts) for parts in concept.parts)])


def told(token: Token, read: Analyzer) -> str:
    if read.is_stop(token.word):
        return f"{token.normal} (says nothing)"
    cut = f" = {' + '.join(token.parts)}" if token.parts else ""
    related = ", ".join(read.related(token.normal))
    return f"{token.normal}{cut}{f' (related: {related})' if related else ''}"
