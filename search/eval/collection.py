"""What is searched: pages as our index is given them, and the same texts as they are written for those we are compared with."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from django.apps import apps
from django.db.models import Model
from django.utils.text import slugify
from wagtail.models import Page

from cms import frame
from search.documents import Batch, document_of, objects
from search.engines.base import BODY, COLUMNS, HEADINGS, PUBLIC, TITLE, Document
from search.texts import Said
from search.upkeep import chunks

FRAGMENTS, FRAGMENT = (8, 30), (4, 10)  # so many to a page, of so many words
SHARED, COMMON, LONG = 2, 12, 5  # pages that have a word that others may say; that others may be named by; and its letters
LANGUAGES = ("sv", "en")


@dataclass(frozen=True)
class Entry:
    """A page in one language. ``name`` is how queries name it, the same in both languages; ``written`` its texts by column."""

    name: str
    document: Document
    written: dict[str, str]

    @property
    def locale(self) -> str:
        return self.document.locale


def entry(name: str, said: Said, **facts) -> Entry:
    return Entry(name, document_of(said, **facts), written(said))


def written(said: Said) -> dict[str, str]:
    return {column: "\n".join(said.columns[column]) for column in COLUMNS}


# The portal's own pages


def portal() -> list[Entry]:
    """All that anybody may see, in both languages."""
    with frame.anew():
        found = [each for keys in chunks() for each in entries_at(keys)]
    english = {each.document.key: each.document.title for each in found if each.locale == "en"}
    slugs = {str(key): slug for key, slug in Page.objects.filter(locale__language_code="en").values_list("translation_key", "slug")}
    named = []
    for each in found:
        page = slugs.get(each.document.translation_key)
        name = f"{each.document.kind}/{page or slugify(english.get(each.document.key, each.document.title))}"
        named.append(Entry(name, each.document, each.written))
    return named


def entries_at(keys: Iterable[str]) -> Iterator[Entry]:
    by_type: dict[type[Model], list[Model]] = defaultdict(list)
    pks: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        label, _, pk = key.partition(":")
        pks[label].append(pk)
    for label, some in pks.items():
        for item in objects(apps.get_model(label), some):
            by_type[type(item)].append(item)
    for model, items in by_type.items():
        batch = Batch(model, items)
        for item in items:
            for language in batch.languages(item):
                document = batch.document(item, language)
                if document.access == PUBLIC:
                    yield Entry("", document, written(batch.texts(item, language)))


# Real manuals


def manuals(file: Path) -> list[Entry]:
    """One page a line, in both languages, as scripts/real_texts.py writes them."""
    pages = map(json.loads, file.read_text().splitlines())
    return [manual(text["name"], language, text[language]) for text in pages for language in LANGUAGES]


def manual(name: str, language: str, text: dict) -> Entry:
    said = Said(starts=[text["title"]], shown=text["body"])
    said.columns |= {TITLE: [text["title"]], HEADINGS: text["headings"], BODY: text["body"]}
    return page(name, language, said)


def page(name: str, language: str, said: Said) -> Entry:
    """A page that is in no database."""
    (title,) = said.columns[TITLE]
    return entry(
        name,
        said,
        key=f"eval.page:{language}/{name}",
        locale=language,
        kind="page",
        access=PUBLIC,
        title=title,
        translation_key=name,
    )


# Pages that resemble them

Line = dict[str, list[str]]  # a paragraph in both languages, as words


class Words:
    """On how many pages each word stands. What few have tells them from others: a page that has it would be an answer."""

    def __init__(self, entries: Iterable[Entry]):
        self.pages: Counter[tuple[str, str]] = Counter()
        for each in entries:
            words = {bare(word) for text in each.written.values() for word in text.split()}
            self.pages.update((each.locale, word) for word in words)

    def shared(self, words: list[str], language: str) -> list[str]:
        return [word for word in words if self.pages[language, bare(word)] >= SHARED]

    def title(self, words: list[str], language: str) -> str:
        common = [bare(word) for word in words if len(word) >= LONG and self.pages[language, bare(word)] >= COMMON]
        return " ".join(common[:3]).capitalize()


def bare(word: str) -> str:
    return word.strip(".,:;!?–()”“’").lower()


def distractors(entries: list[Entry], number: int) -> Iterator[Entry]:
    """Pages in both languages that have the words of others and say nothing: the same ones whenever they are made."""
    words = Words(entries)
    lines = list(paragraphs(entries, words))
    for at in range(number):
        draw = Random(at)  # noqa: S311 nothing depends on its being hard to guess
        cuts = [cut(draw.choice(lines), draw.random(), draw.randint(*FRAGMENT)) for _ in range(draw.randint(*FRAGMENTS))]
        for language in LANGUAGES:
            fragments = [each[language] for each in cuts if each[language]]
            titles = list(filter(None, (words.title(fragment, language) for fragment in fragments))) or [str(at)]
            said = Said(starts=titles[:1], shown=[" ".join(fragment) for fragment in fragments])
            said.columns |= {TITLE: titles[:1], HEADINGS: titles[1:3], BODY: said.shown}
            yield page(f"distractor/{at}", language, said)


def paragraphs(entries: Iterable[Entry], words: Words) -> Iterator[Line]:
    """Where the two languages of a page have as many, each is taken to be the other's translation."""
    pages: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for each in entries:
        pages[each.name][each.locale] = each.document.text.splitlines()
    for _name, texts in sorted(pages.items()):
        if len(texts.get("sv", [])) == len(texts.get("en", [])):
            for both in zip(*(texts.get(language, []) for language in LANGUAGES), strict=True):
                line = {language: words.shared(text.split(), language) for language, text in zip(LANGUAGES, both, strict=True)}
                if min(map(len, line.values())) >= FRAGMENT[0]:
                    yield line


def cut(line: Line, at: float, words: int) -> Line:
    """A fragment from about the same place in each language."""
    return {language: text[int(at * len(text)) :][:words] for language, text in line.items()}
