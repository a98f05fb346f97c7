"""What staff have chosen to come first for a question, if it is public."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from cms import frame
from cms.kinds import kinds
from search.documents import key_of
from search.edition import index_edition
from search.engines.base import Hit
from search.models import Promotion
from search.models.promotions import ADDRESS, PAGE
from search.models.synonyms import phrases_in
from search.planning import Question
from search.synonyms import normals


@dataclass(frozen=True)
class Elsewhere:
    """Something on another site, shown as what is found here is."""

    title: str
    url: str
    lead: str = ""

    def get_url(self, request: HttpRequest | None = None) -> str:
        return self.url


class Promoted(NamedTuple):
    """From a day to a day, one thing: what has a key in the index, or an address elsewhere."""

    starts: datetime.date
    ends: datetime.date
    hit: Hit
    elsewhere: Elsewhere | None

    def is_due(self) -> bool:
        return self.starts <= timezone.localdate() <= self.ends


Table = dict[tuple[str, frozenset[str]], list[Promoted]]  # by language and the normal forms that are asked for


def asked_for(text: str, language: str) -> frozenset[str]:
    return frozenset(normals(text, language))


def first_for(question: Question) -> list[Promoted]:
    """In the order that staff gave them. What was typed wrong counts as what is meant."""
    table = frame.current().remember(("promotions", index_edition()), by_question)
    texts = dict.fromkeys((question.plain, question.meant or question.plain))
    found = [each for text in texts for each in table.get((question.language, asked_for(text, question.language)), ())]
    return list({each.hit.key: each for each in found if each.is_due()}.values())


def by_question() -> Table:
    table: Table = defaultdict(list)
    for row in Promotion.objects.order_by("pk"):
        chosen = list(chosen_by(row))
        for phrase in phrases_in(row.words):
            table[row.language, asked_for(phrase, row.language)] += chosen
    return table


def chosen_by(row: Promotion):
    days = (row.starts or datetime.date.min, row.ends or datetime.date.max)
    for block in row.results.raw_data:
        name, value = block["type"], block["value"]
        if name == ADDRESS:
            elsewhere = Elsewhere(value["title"], value["url"], value.get("text") or "")
            yield Promoted(*days, Hit(elsewhere.url, 0, row.language, title=elsewhere.title), elsewhere)
        elif name == PAGE:
            yield Promoted(*days, Hit(key_of(Page, value), 0, row.language), None)
        elif name in kinds():
            yield Promoted(*days, Hit(key_of(kinds()[name].cls, value), 0, row.language, kind=name), None)
