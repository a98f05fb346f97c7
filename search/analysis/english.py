"""One normal form for what is written in two ways in English: organise and organize, centre and center."""

import re

ISE = re.compile(r"(?<=[a-z]{3}[ilrtncmdvpsgkbh])z(?=(?:e[ds]?|ers?|ing|ations?|ational)$)|(?<=[a-z]{2}y)z(?=(?:e[drs]?|ers|ing)$)")
OUR = re.compile(r"^(arm|behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|rum|sav|vap)or")
# American stem, British stem
STEMS = {
    "catalog": "catalogu",
    "center": "centr",
    "defens": "defenc",
    "dialog": "dialogu",
    "enrol": "enroll",
    "fiber": "fibr",
    "gray": "grey",
    "judgment": "judgement",
    "licens": "licenc",
    "liter": "litr",
    "meter": "metr",
    "offens": "offenc",
    "practis": "practic",
    "programm": "program",
    "skeptic": "sceptic",
    "theater": "theatr",
}


def british(word: str) -> str:
    return OUR.sub(r"\1our", ISE.sub("s", word))


def one_spelling(stem: str) -> str:
    if len(stem) > 5 and stem.endswith("ll"):  # travelling, traveling
        stem = stem[:-1]
    return STEMS.get(stem, stem)
