"""How one generation of the index lies in its SQLite file.

A table of words for each language and for each of whom it is for, so that nothing about what is closed, not even how common
its words are, touches what everybody may see.
"""

from functools import cache
from string import Template

from cms.languages import CODES
from search.engines.base import PUBLIC, STAFF

VERSION = 3
WORDS = 'tokenize="unicode61 remove_diacritics 0"'

TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, locale TEXT NOT NULL, kind TEXT NOT NULL, access TEXT NOT NULL,
    translation_key TEXT NOT NULL, date TEXT NOT NULL, digest TEXT NOT NULL, changed INTEGER NOT NULL,
    facets TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (key, locale)
);
INSERT INTO about VALUES ('changed', '1');
CREATE INDEX documents_same ON documents (translation_key);
CREATE INDEX documents_changed ON documents (changed);
CREATE TABLE gone (id INTEGER PRIMARY KEY, changed INTEGER NOT NULL);
CREATE INDEX gone_changed ON gone (changed);
CREATE TABLE refs (ref TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (ref, id)) WITHOUT ROWID;
CREATE INDEX refs_id ON refs (id);
"""
FOR_EACH_SET = f"""
CREATE VIRTUAL TABLE $words USING fts5(t, k, h, b, {WORDS});
CREATE VIRTUAL TABLE $normals USING fts5vocab($words, 'row');
CREATE VIRTUAL TABLE $starts USING fts5(a, prefix='1 2 3', {WORDS});
"""
FOR_EACH_LANGUAGE = f"""
CREATE VIRTUAL TABLE $written USING fts5(w, detail=none, columnsize=0, {WORDS});
CREATE VIRTUAL TABLE $frequencies USING fts5vocab($written, 'row');
CREATE TABLE $vocabulary (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, fold TEXT NOT NULL);
CREATE INDEX ${{vocabulary}}_fold ON $vocabulary (fold);
CREATE VIRTUAL TABLE $triples USING fts5(g, content='', {WORDS});
"""


@cache
def sql(text: str, locale: str, access: str = "") -> str:
    """A statement for the tables of one language; only their names are put in, and they are ours."""
    names = {"words": f"words_{locale}_{access}", "starts": f"starts_{locale}_{access}", "normals": f"normals_{locale}_{access}"}
    names |= {name: f"{name}_{locale}" for name in ("written", "frequencies", "vocabulary", "triples")}
    return Template(text).substitute(names)


def statements() -> str:
    sets = [sql(FOR_EACH_SET, locale, access) for locale in CODES for access in (PUBLIC, STAFF)]
    return "".join([TABLES, *sets, *(sql(FOR_EACH_LANGUAGE, locale) for locale in CODES)])
