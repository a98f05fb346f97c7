from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search.eval import collection, controls, opensearch, ours, queries
from search.eval.marks import OURS, STOCK, in_groups, mark, shortfalls
from search.eval.queries import Query


class Command(BaseCommand):
    help = "Judge the search: how well it finds what is asked for, and how much better than others. Fails if it is not enough."

    def add_arguments(self, parser):
        parser.add_argument("--pages", type=int, default=2000, help="pages that resemble the portal's own, in each language")
        parser.add_argument("--texts", type=Path, help="judge on real manuals instead: the file that scripts/real_texts.py makes")
        parser.add_argument(
            "--opensearch", default="", help="the address of an OpenSearch to compare with (scripts/search_servers)"
        )
        parser.add_argument("--held-back", action="store_true", help="ask the queries that are held back, and only those")

    def handle(self, *, pages: int, held_back: bool, opensearch: str, texts: Path | None, **options) -> None:
        entries = collection.manuals(texts) if texts else collection.portal()
        if not texts:
            entries += collection.distractors(entries, pages)
        written = queries.read(queries.FOLDER / ("manuals.tsv" if texts else "portal.tsv"))
        self.judge(entries, [query for query in written if query.held == held_back], opensearch)

    def judge(self, entries: list[collection.Entry], asked: list[Query], url: str = "") -> None:
        self.check_names(entries, asked)
        asked = [*asked, *queries.untranslated(asked)]
        with ours.indexed(entries) as search:
            answers = {OURS: {query: search.ask(query) for query in asked}}
        answers[STOCK] = controls.stock(entries, asked).answers
        if url:
            answers |= opensearch.opensearch(url, entries, asked)
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
