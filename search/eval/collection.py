"""What is searched: pages as our index is given them, and the same texts as they are written for those we are compared with."""

import json
from collections import defaultdict
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

FRAGMENTS, FRAGMENT, NAMED = (8, 30), (4, 10), 5  # so many to a page, of so many words; letters of a word that can name something


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
    return [manual(page["name"], language, page[language]) for page in pages for language in ("sv", "en")]


def manual(name: str, language: str, page: dict) -> Entry:
    said = Said(starts=[page["title"]], shown=page["body"])
    said.columns |= {TITLE: [page["title"]], HEADINGS: page["headings"], BODY: page["body"]}
    return entry(
        name,
        said,
        key=f"eval.manual:{language}/{name}",
        locale=language,
        kind="page",
        access=PUBLIC,
        title=page["title"],
        translation_key=name,
    )


# Pages that resemble them


@dataclass(frozen=True)
class Line:
    """A paragraph in both languages."""

    sv: list[str]
    en: list[str]

    def cut(self, at: float, words: int) -> dict[str, list[str]]:
        """A fragment from about the same place in each."""
        return {code: line[int(at * len(line)) :][:words] for code, line in (("sv", self.sv), ("en", self.en))}


def distractors(entries: Iterable[Entry], number: int) -> Iterator[Entry]:
    """Pages in both languages that have the words of others and say nothing: the same ones whenever they are made."""
    lines = list(paragraphs(entries))
    for at in range(number):
        draw = Random(at)  # noqa: S311 nothing depends on its being hard to guess
        cuts = [draw.choice(lines).cut(draw.random(), draw.randint(*FRAGMENT)) for _ in range(draw.randint(*FRAGMENTS))]
        for language in ("sv", "en"):
            fragments = [cut[language] for cut in cuts if cut[language]]
            names = [name for fragment in fragments if (name := named_from(fragment))] or ["x"]
            said = Said(starts=names[:1])
            said.columns |= {TITLE: names[:1], HEADINGS: names[1:3], BODY: [" ".join(words) for words in fragments]}
            said.shown += said.columns[BODY]
            yield entry(
                f"distractor/{at}",
                said,
                key=f"eval.distractor:{language}{at}",
                locale=language,
                kind=draw.choice(["guide", "news", "method", "page"]) if language == "sv" else "page",
                access=PUBLIC,
                title=names[0],
                translation_key=f"distractor-{at}",
            )


def paragraphs(entries: Iterable[Entry]) -> Iterator[Line]:
    """Where the two languages of a page have as many, each is taken to be the other's translation."""
    pages: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for each in entries:
        pages[each.name][each.locale] = each.document.text.splitlines()
    for _name, page in sorted(pages.items()):
        if len(page.get("sv", [])) == len(page.get("en", [])):
            for sv, en in zip(page.get("sv", []), page.get("en", []), strict=True):
                if min(len(sv.split()), len(en.split())) >= FRAGMENT[0]:
                    yield Line(sv.split(), en.split())


def named_from(words: list[str]) -> str:
    return " ".join([word.strip(".,:;!?”–()") for word in words if len(word) >= NAMED][:3]).capitalize()
