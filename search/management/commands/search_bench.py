import time
from collections.abc import Callable, Iterable, Iterator
from statistics import quantiles
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.test import Client
from django.urls import reverse
from django.utils import translation

from search import query
from search.analysis import fold
from search.engines import engine
from search.engines.base import DETAILED
from search.eval import controls, ours
from search.eval.collection import Entry, distractors, portal
from search.eval.hostile import hostile
from search.eval.opensearch import timed
from search.eval.queries import ACROSS, FOLDER, Query, read
from search.narrowing import SHARED
from search.planning import Question
from search.sync import write

UPDATES, HOSTILE = 50, 10_000


class Command(BaseCommand):
    help = "Measure what the search costs, in CPU time, beside Wagtail's own on SQLite, on pages made of the portal's own words."

    def add_arguments(self, parser):
        parser.add_argument("--pages", type=int, nargs="+", default=[2_000, 20_000], help="how many, such as 2000 20000 100000")
        parser.add_argument("--stock-seconds", type=int, default=120, help="what Wagtail's own is given for its queries")
        parser.add_argument("--opensearch", default="", help="the address of an OpenSearch, to tell how long one waits for it")

    def handle(self, *, pages: list[int], stock_seconds: int, opensearch: str, **options) -> None:
        own, written = portal(), read(FOLDER / "portal.tsv")
        asked = [each for each in written if each.group != ACROSS and not each.held]
        asked.sort(key=lambda each: each.text)  # both languages and all groups early, for one that is cut short
        for size in pages:
            began = time.process_time()
            entries = [*own, *distractors(own, max(0, size - len(own)) // 2)]
            reading = time.process_time() - began
            stock = controls.stock(entries, asked, stock_seconds)
            waits = list(timed(opensearch, entries, asked)) if opensearch else []
            answered = f"{len(stock.seconds)} of {len(asked)} queries answered by Wagtail's own in time"
            self.stdout.write(
                f"\n{len(entries)} pages, {answered}\n{'milliseconds of CPU':32}{'ours':>12}{'stock':>12}{'ratio':>8}"
            )
            self.measure(entries, asked, reading, stock)
            if waits:
                self.line("OpenSearch answers in, p50", middle(waits))
                self.line("OpenSearch answers in, p95", most(waits))

    def measure(self, entries: list[Entry], asked: list[Query], reading: float, stock: controls.Stock) -> None:
        began = time.process_time()
        with ours.indexed(entries):
            self.line("index made anew", reading + time.process_time() - began, stock.rebuild)
            index, client = engine(), Client(headers={"host": urlsplit(settings.BASE_URL).netloc})
            self.lines("query with facets", [cost(find, each.text, each.language) for each in asked], stock.seconds)
            plans = [Question(each.text, each.language).plan(size=DETAILED, facets=SHARED) for each in asked]
            self.lines("the engine alone", [cost(index.search, plan) for plan in plans])
            self.lines("the whole page", [cost(page, client, each) for each in asked])
            self.lines("suggestions", [cost(index.suggest, fold(each.text[:3]), each.language) for each in asked])
            self.line("one page written", middle(cost(update, each) for each in entries[:UPDATES]), stock.update)
            keys = [each.document.key for each in entries if not each.document.key.startswith("eval.")][:UPDATES]
            self.lines("the same, read first", [cost(write, index, [key]) for key in without(keys)])
            hostilities = [cost(find, text, "sv") for text in hostile(HOSTILE)]
            self.lines(f"{HOSTILE:,} hostile questions", hostilities)
            self.line("the slowest of them", max(hostilities))

    def lines(self, name: str, ours: list[float], stock: list[float] | None = None) -> None:
        self.line(f"{name}, p50", middle(ours), middle(stock) if stock else None)
        self.line(f"{name}, p95", most(ours), most(stock) if stock else None)

    def line(self, name: str, ours: float, stock: float | None = None) -> None:
        beside = f"{stock * 1000:12.2f}{stock / ours:8.1f}" if stock is not None else ""
        self.stdout.write(f"{name:32}{ours * 1000:12.2f}{beside}")


def find(text: str, language: str) -> None:
    """As the result page does."""
    query.find(text, language, facets=SHARED)


def page(client: Client, asked: Query) -> None:
    """Of what was found, the portal's own pages are shown; the others are in no database."""
    with translation.override(asked.language):
        address = reverse("search")
    client.get(address, {"q": asked.text})


def update(each: Entry) -> None:
    with engine().writing():
        engine().upsert([each.document])


def without(keys: list[str]) -> Iterator[str]:
    """One after the other, when the index does not have it."""
    for key in keys:
        engine().delete([key])
        yield key


def cost(do: Callable, *args) -> float:
    began = time.process_time()
    do(*args)
    return time.process_time() - began


def middle(seconds: Iterable[float]) -> float:
    return quantiles(seconds, n=2)[0]


def most(seconds: Iterable[float]) -> float:
    return quantiles(seconds, n=20)[18]
