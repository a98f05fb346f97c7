import time
from collections.abc import Callable, Iterable
from statistics import quantiles

from django.core.management.base import BaseCommand

from search.analysis import fold
from search.engines import engine
from search.engines.base import DETAILED
from search.eval import controls, ours
from search.eval.collection import Entry, distractors, portal
from search.eval.queries import ACROSS, FOLDER, Query, read
from search.planning import Question
from search.query import find

UPDATES = 50


class Command(BaseCommand):
    help = "Measure what the search costs, in CPU time, beside Wagtail's own on SQLite, on pages made of the portal's own words."

    def add_arguments(self, parser):
        parser.add_argument("--pages", type=int, nargs="+", default=[2_000, 20_000], help="how many, such as 2000 20000 100000")
        parser.add_argument("--stock-seconds", type=int, default=120, help="what Wagtail's own is given for its queries")

    def handle(self, *, pages: list[int], stock_seconds: int, **options) -> None:
        own, written = portal(), read(FOLDER / "portal.tsv")
        asked = [query for query in written if query.group != ACROSS and not query.held]
        asked.sort(key=lambda query: query.text)  # both languages and all groups early, for one that is cut short
        for size in pages:
            began = time.process_time()
            entries = [*own, *distractors(own, max(0, size - len(own)) // 2)]
            self.measure(entries, asked, time.process_time() - began, stock_seconds)

    def measure(self, entries: list[Entry], asked: list[Query], reading: float, stock_seconds: int) -> None:
        began = time.process_time()
        with ours.indexed(entries):
            rebuild, index = reading + time.process_time() - began, engine()
            find("x", "sv")
            searches = [cost(find, query.text, query.language) for query in asked]
            plans = [Question(query.text, query.language).plan(size=DETAILED) for query in asked]
            engines = [cost(index.search, plan) for plan in plans]
            suggestions = [cost(index.suggest, fold(query.text[:3]), query.language) for query in asked]
            updates = [cost(update, each) for each in entries[:UPDATES]]
        stock = controls.stock(entries, asked, stock_seconds)
        self.stdout.write(f"\n{len(entries)} pages, {len(stock.seconds)} of {len(asked)} queries answered by Wagtail's own in time")
        self.stdout.write(f"{'milliseconds of CPU':28}{'ours':>12}{'stock':>12}{'ratio':>8}")
        self.line("query, p50", middle(searches), middle(stock.seconds))
        self.line("query, p95", most(searches), most(stock.seconds))
        self.line("the engine alone, p50", middle(engines))
        self.line("the engine alone, p95", most(engines))
        self.line("suggestions, p95", most(suggestions))
        self.line("one page saved", middle(updates), stock.update)
        self.line("index made anew", rebuild, stock.rebuild)

    def line(self, name: str, ours: float, stock: float | None = None) -> None:
        beside = f"{stock * 1000:12.2f}{stock / ours:8.1f}" if stock is not None else ""
        self.stdout.write(f"{name:28}{ours * 1000:12.2f}{beside}")


def update(each: Entry) -> None:
    with engine().writing():
        engine().upsert([each.document])


def cost(do: Callable, *args) -> float:
    began = time.process_time()
    do(*args)
    return time.process_time() - began


def middle(seconds: Iterable[float]) -> float:
    return quantiles(seconds, n=2)[0]


def most(seconds: Iterable[float]) -> float:
    return quantiles(seconds, n=20)[18]
