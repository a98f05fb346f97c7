"""Words as staff want them read: what of that is in the database, and what of it is in use in this process."""

import hashlib
from collections import defaultdict

from cms.languages import CODES
from search import analysis
from search.analysis import Rule
from search.models import Word

Rules = dict[str, tuple[Rule, ...]]

NONE: Rules = dict.fromkeys(CODES, ())
in_use: Rules = NONE


def wanted() -> Rules:
    """By language, as they are in the database now."""
    found = defaultdict(list)
    for word in Word.objects.order_by("pk"):
        found[word.language].append(word.rule)
    return {language: tuple(found[language]) for language in CODES}


def take_up() -> None:
    """From now on the analyzers of this process go by them."""
    global in_use
    rules = wanted()
    for language in CODES:
        if rules[language] != in_use[language]:
            analysis.use(language, rules[language])
    in_use = rules


def digest(rules: Rules) -> str:
    return hashlib.blake2b(repr(rules).encode(), digest_size=4).hexdigest()
