"""What was going to happen, and is past."""

import re
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from .findings import Finding, Severity
from .places import Place, places
from .words import TO_COME

YEAR = re.compile(r"\b(20\d\d)\b")


def past_promises(page: Page) -> Iterator[Finding]:
    """A sentence that says what will happen in a year that is over. What a dated page said when it was written may stand."""
    to_come, over = TO_COME[page.language], timezone.localdate().year
    if page.kind and page.kind.dated_addresses and page.shown_date:
        over = min(over, page.shown_date.year)
    for place in places(page):
        for sentence in place.sentences:
            year = max(map(int, YEAR.findall(sentence)), default=over)
            if year < over and to_come.search(sentence):
                yield past_year(place, sentence, year)


def past_year(place: Place, sentence: str, year: int) -> Finding:
    return Finding(
        "past-date",
        Severity.WARNING,
        what=_("“%(sentence)s” is about what was to come, and %(year)s is over.") % {"sentence": shortened(sentence), "year": year},
        why=_("A reader who meets an old plan doubts the rest of the page."),
        how=_("Tell what came of it, or take the sentence away."),
        **place.where,
    )


def shortened(sentence: str) -> str:
    return sentence if len(sentence) <= 90 else f"{sentence[:90].rsplit(' ', 1)[0]} …"
