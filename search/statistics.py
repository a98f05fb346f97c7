"""What visitors ask for, counted by the day without anything that tells who asked.

No visitor waits for it: a line goes to a file, which the worker counts and removes within two minutes. What looks like somebody's
own, with an at sign, many digits or many words, is never written there. What has a word that neither a dictionary nor the site
knows, a name perhaps, is kept as a digest until it was asked for three times.
"""

import hmac
import json
import logging
import os
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.http import HttpRequest
from django.utils import timezone

from search.asked import telling
from search.models import SearchCount
from search.planning import Question

logger = logging.getLogger(__name__)

PERSONAL = re.compile(r"@|\d(?:\W?\d){4}")  # an address of e-mail; five digits or more
LONGEST, MOST_WORDS = 60, 6
OFTEN_ENOUGH, DIGESTS_LAST_DAYS = 3, 30
MOST_A_DAY, LARGEST_FILE = 5_000, 5_000_000  # different questions; bytes
MACHINES = re.compile(r"bot|crawl|spider|slurp|curl|wget|python|java/|go-http|headless|monitor", re.IGNORECASE)
ASKED, EMPTY, CLICKED = "asked", "empty", "clicked"


class Noted(NamedTuple):
    """A line of the file."""

    day: str
    language: str
    normal: str
    text: str
    what: str


def note(request: HttpRequest, question: Question, what: str) -> None:
    """One more who asked for it, found nothing, or followed a result."""
    if settings.SEARCH_STATISTICS_DAYS and is_counted(request) and (line := line_of(question, what)):
        try:
            append(json.dumps(line, ensure_ascii=False))
        except OSError as error:
            logger.warning("Searches cannot be counted: %s", error)


def is_counted(request: HttpRequest) -> bool:
    """Neither machines nor those who ask not to be counted."""
    agent = request.headers.get("User-Agent", "")
    return bool(agent) and not MACHINES.search(agent) and "1" not in (request.headers.get("DNT"), request.headers.get("Sec-GPC"))


def line_of(question: Question, what: str) -> Noted | None:
    tokens = list(question.read.tokens(question.text))
    text = " ".join(token.word for token in tokens)
    if not tokens or len(tokens) > MOST_WORDS or len(text) > LONGEST or PERSONAL.search(question.text):
        return None
    normal = " ".join(sorted({token.normal for token in telling(question.read, question.text)}))[:120]
    if not all(question.knows(token) for token in tokens):
        normal = "#" + hmac.new(settings.SECRET_KEY.encode(), normal.encode(), "sha256").hexdigest()[:32]
    return Noted(timezone.localdate().isoformat(), question.language, normal, text, what)


def append(line: str) -> None:
    """Whole lines, whoever else writes: that is what appending promises."""
    file = os.open(settings.SEARCHES_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.fstat(file).st_size < LARGEST_FILE:
            os.write(file, f"{line}\n".encode())
    finally:
        os.close(file)


# The worker's part


def count() -> None:
    """What was noted before the last time, since somebody may still be writing what is noted now."""
    new = Path(settings.SEARCHES_FILE)
    old = new.with_suffix(".old")
    if old.exists():
        put(old.read_text().splitlines())
        old.unlink()
    if new.exists():
        new.rename(old)


def put(lines: list[str]) -> None:
    counts: Counter[Noted] = Counter(Noted(*json.loads(line)) for line in lines)
    with transaction.atomic():
        for noted, times in counts.items():
            day = SearchCount.objects.filter(day=noted.day)
            rows = day.filter(language=noted.language, normal=noted.normal)
            if not rows.exists() and day.count() < MOST_A_DAY:
                text = "" if noted.normal.startswith("#") else noted.text
                SearchCount.objects.create(day=noted.day, language=noted.language, normal=noted.normal, text=text)
            rows.update(**{noted.what: F(noted.what) + times})
            if noted.normal.startswith("#"):
                show_if_often(noted)


def show_if_often(noted: Noted) -> None:
    rows = SearchCount.objects.filter(language=noted.language, normal=noted.normal)
    if (rows.aggregate(times=Sum(ASKED))["times"] or 0) >= OFTEN_ENOUGH:
        rows.update(text=noted.text)


def forget() -> None:
    today = timezone.localdate()
    SearchCount.objects.filter(day__lt=today - timedelta(days=settings.SEARCH_STATISTICS_DAYS)).delete()
    SearchCount.objects.filter(text="", day__lt=today - timedelta(days=DIGESTS_LAST_DAYS)).delete()
