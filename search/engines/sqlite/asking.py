"""A plan as SQLite's full text search reads it."""

from collections.abc import Iterable

from search.engines.base import COLUMNS, KEYWORDS, TITLE, Concept, Plan

WEIGHTS = "8, 6, 2, 1"  # of a word in the title, among the keywords, in a heading, in the body


def quoted(word: str) -> str:
    """A word, or words in a row, in which nothing is an operator."""
    plain = word.replace("\0", "").replace('"', '""').encode(errors="ignore").decode()
    return f'"{plain}"'


def of_concept(concept: Concept) -> str:
    whole = map(quoted, concept.alternatives)
    made_of = (f"({' AND '.join(map(quoted, parts))})" for parts in concept.parts if parts)
    return joined(" OR ", [*whole, *made_of])


def joined(operator: str, expressions: Iterable[str]) -> str:
    some = list(dict.fromkeys(filter(None, expressions)))
    return some[0] if len(some) == 1 else f"({operator.join(some)})" if some else ""


def expression(plan: Plan) -> str:
    """Empty if the plan asks for no words."""
    words = joined(" AND " if plan.every else " OR ", map(of_concept, plan.concepts))
    asked = joined(" AND ", [words, *(quoted(" ".join(phrase)) for phrase in plan.phrases)])
    if not asked:
        return ""
    if without := joined(" OR ", map(of_concept, plan.excluded)):
        asked = f"({asked} NOT {without})"
    return asked if set(plan.columns) == set(COLUMNS) else f"{{{' '.join(plan.columns)}}} : ({asked})"


def narrower(plan: Plan) -> list[str]:
    """What of the plan's answers a visitor most likely means, the likeliest first: they have all the words, or are named so."""
    if not plan.concepts:
        return []
    every, some = (joined(operator, map(of_concept, plan.concepts)) for operator in (" AND ", " OR "))
    named = f"({{{TITLE} {KEYWORDS}}} : {some})"
    return [f"({every} AND {named})", *([f"({every} OR {named})"] if every != some else [])]


def beginnings(words: Iterable[str]) -> str:
    return " AND ".join(f"{quoted(word)} *" for word in words)
