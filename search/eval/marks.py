"""How well a search did: the mean reciprocal rank among the best ten, and how often the right page is among them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from search.eval.controls import Answers
from search.eval.queries import ACROSS, FOREIGN, UNTRANSLATED, Query

OURS, STOCK, BUILT_IN, NATIVE = "ours", "stock", "built-in", "native"
MARGINS = {  # of the mean reciprocal rank, in all queries of a language that are asked in it
    ("sv", STOCK): 0.30,
    ("en", STOCK): 0.20,
    ("sv", BUILT_IN): 0.20,
    ("en", BUILT_IN): 0.10,
    ("sv", NATIVE): 0.0,
    ("en", NATIVE): 0.0,
}
FOUND = {ACROSS: 0.95, UNTRANSLATED: 0.75}  # so many are to be among the ten best


@dataclass(frozen=True)
class Mark:
    queries: int
    rank: float
    success: float

    def __str__(self):
        return f"{self.rank:.2f} / {self.success:.2f}"


def mark(queries: Iterable[Query], answers: Answers) -> Mark:
    places = [query.place(answers[query]) for query in queries]
    number = len(places) or 1
    return Mark(len(places), sum(1 / place for place in places if place) / number, sum(map(bool, places)) / number)


def in_groups(queries: Iterable[Query]) -> dict[tuple[str, str], list[Query]]:
    """By language and group; the group "all" is what is asked in the language of the pages."""
    found: dict[tuple[str, str], list[Query]] = defaultdict(list)
    for query in queries:
        found[query.language, query.group].append(query)
        if query.group not in FOREIGN:
            found[query.language, "all"].append(query)
    return dict(sorted(found.items()))


def shortfalls(queries: Iterable[Query], answers: dict[str, Answers]) -> list[str]:
    """Where our search is not as much better as it should be. Nothing is said of a control that was not asked."""
    found, groups = [], in_groups(queries)
    for (language, group), some in groups.items():
        ours = mark(some, answers[OURS])
        if group == "all":
            for (of, control), margin in MARGINS.items():
                if of == language and control in answers and ours.rank < (there := mark(some, answers[control]).rank) + margin:
                    found.append(f"{language}: {ours.rank:.3f} is not {margin:.2f} above {control} ({there:.3f})")
        elif group in FOUND:
            if ours.success < FOUND[group]:
                found.append(f"{language} {group}: {ours.success:.2f} are found, not {FOUND[group]}")
        elif BUILT_IN in answers and ours.rank < (there := mark(some, answers[BUILT_IN]).rank):
            found.append(f"{language} {group}: {ours.rank:.3f} is below {BUILT_IN} ({there:.3f})")
    return found
