from collections.abc import Iterable

from django.core.management.base import BaseCommand, CommandError

from search.eval import collection, controls, ours, queries
from search.eval.marks import OURS, STOCK, in_groups, mark, shortfalls
from search.eval.queries import Query


class Command(BaseCommand):
    help = "Judge the search: how well it finds what is asked for, and how much better than others. Fails if it is not enough."

    def add_arguments(self, parser):
        parser.add_argument("--pages", type=int, default=2000, help="pages that resemble the portal's own, in each language")
        parser.add_argument("--held-back", action="store_true", help="ask the queries that are held back, and only those")

    def handle(self, *, pages: int, held_back: bool, **options) -> None:
        entries = collection.portal()
        entries += collection.distractors(entries, pages)
        asked = [query for query in queries.read(queries.FOLDER / "portal.tsv") if query.held == held_back]
        self.judge(entries, asked)

    def judge(self, entries: list[collection.Entry], asked: list[Query]) -> None:
        self.check_names(entries, asked)
        with ours.indexed(entries) as search:
            answers = {OURS: {query: search.ask(query.text, query.language) for query in asked}}
        answers[STOCK] = controls.stock(entries, asked)
        self.show(asked, answers)
        if failures := shortfalls(asked, answers):
            raise CommandError("\n".join(failures))

    def check_names(self, entries: Iterable[collection.Entry], asked: Iterable[Query]) -> None:
        unknown = {name for query in asked for name in query.relevant} - {each.name for each in entries}
        if unknown:
            raise CommandError(f"There is no {', '.join(sorted(unknown))}.")

    def show(self, asked: list[Query], answers: dict[str, controls.Answers]) -> None:
        self.stdout.write("Mean reciprocal rank / found, both among the best ten")
        self.stdout.write(f"{'':24}{'queries':>8}" + "".join(f"{name:>14}" for name in answers))
        for (language, group), some in in_groups(asked).items():
            marks = [mark(some, found) for found in answers.values()]
            self.stdout.write(f"{language} {group:21}{len(some):8}" + "".join(f"{each!s:>14}" for each in marks))
        self.stdout.write("\nNot found first:")
        for query in asked:
            if (place := query.place(answers[OURS][query])) != 1:
                others = [f"{name} {query.place(found[query])}" for name, found in answers.items() if name != OURS]
                best = ", ".join(answers[OURS][query][:3])
                self.stdout.write(
                    f"  {query.language} {query.group}: {query.text} | {place} ({', '.join(others)}) | found {best or 'nothing'}"
                )
