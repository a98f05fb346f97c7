"""Pages to start from: headings in place, and words in brackets that say what to write.

A preset is a readable file with both languages side by side. A plugin adds a folder of such files in the hook
``register_presets``, which gives a list of folders.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms import languages
from cms.checks import Finding, Place, Severity, places
from cms.demo.values import BlockValues, in_language, rich
from cms.fields import StreamField
from cms.plugins import call_hooks

FOLDER = Path(__file__).parents[1] / "demo" / "presets"
IN_BRACKETS = re.compile(r"\[([^\[\]\n]+)\](?!\()")


@dataclass(frozen=True)
class Preset:
    """``when`` says in a sentence when to choose it. ``fields`` are those of the page, bodies as lists of ``block: value``."""

    key: str
    model: str
    name: dict[str, str]
    when: dict[str, str]
    fields: dict[str, Any]
    order: int = 100

    def fill(self, page: Page) -> None:
        """Write it into a new page, in the page's language. What the page has none of is passed over: a licence, for instance."""
        values = BlockValues(page.locale.language_code, uuid.uuid4(), key_of_row)
        for name, value in self.fields.items():
            field, value = page._meta.get_field(name), in_language(value, values.language)
            if isinstance(field, StreamField):
                setattr(page, name, field.stream_block.to_python(values.stream(field.stream_block, value, name)))
            elif isinstance(field, RichTextField):
                setattr(page, name, rich(value, key_of_row))
            elif isinstance(field, models.ForeignKey):
                setattr(page, field.attname, key_of_row(field.related_model._meta.label, value))
            elif field.concrete:
                setattr(page, name, value)
            else:
                setattr(page, name, list(rows_of(field.related_model, value)))

    def headings(self, language: str) -> list[str]:
        """What stands there already: the headings that are no instructions."""
        written = [in_language(part, language) for part in titles_in(self.fields)]
        return [text for text in written if not text.startswith("[")]

    def problems(self) -> list[str]:
        """What of it does not fit the model that it is for, or lacks a language."""
        said = {"name": self.name, "when": self.when}
        found = [f"no {name} in {code}" for name, text in said.items() for code in languages.CODES if not text.get(code)]
        try:
            model = apps.get_model(self.model)
            for name in self.fields:
                model._meta.get_field(name)
        except (LookupError, FieldDoesNotExist) as error:
            found.append(str(error))
        return found


def rows_of(model: type[models.Model], values: list) -> Iterator[models.Model]:
    """Rows of one choice each: the places where a method works, for instance."""
    choice = next(field.name for field in model._meta.fields if field.choices)
    return (model(**{choice: value}) for value in values)


def key_of_row(label: str, code: Any) -> int | None:
    from cms.demo.rows import KEYS  # it loads what draws pictures, which a server seldom needs

    model = apps.get_model(label)
    if issubclass(model, Page):
        return None
    return model.objects.filter(**{KEYS.get(label, "code"): code}).values_list("pk", flat=True).first()


def titles_in(value: Any) -> Iterator[dict]:
    """Headings and titles of blocks, wherever they stand."""
    if isinstance(value, list):
        for part in value:
            yield from titles_in(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name in ("title", "caption") or (name == "text" and "level" in value):
                yield part
            elif name != "programme":
                yield from titles_in(part)


@cache
def presets() -> list[Preset]:
    """All there are, those of plugins too, in the order in which they are offered."""
    folders = [FOLDER, *call_hooks("register_presets")]
    found = [read(path) for folder in folders for path in sorted(folder.glob("*.yaml"))]
    return sorted(found, key=lambda preset: preset.order)


def read(path: Path) -> Preset:
    return Preset(key=path.stem, **yaml.safe_load(path.read_text()))


def presets_of(model: type[Page]) -> dict[str, Preset]:
    return {preset.key: preset for preset in presets() if preset.model == model._meta.label and not preset.problems()}


# What is left of them


@cache
def instructions() -> set[str]:
    """How every instruction begins, in both languages."""
    return {opening(text) for preset in presets() for text in texts_in(preset.fields) for text in IN_BRACKETS.findall(text)}


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


def opening(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower())[:3])


def left_over(page: Page) -> Iterator[Finding]:
    """Instructions that nobody has put anything in the place of."""
    for place in places(page):
        for text in IN_BRACKETS.findall(place.text):
            if opening(text) in instructions():
                yield instruction(text, place)


def instruction(text: str, place: Place) -> Finding:
    return Finding(
        "left-over",
        Severity.HINDRANCE,
        what=_("“[%(text)s]” is still there.") % {"text": text if len(text) < 60 else f"{text[:50].rsplit(' ', 1)[0]} …"},
        why=_("It is an instruction to you, not a text for readers."),
        how=_("Write your own text in its place, or remove the block."),
        **place.where,
    )


@checks.register("samverka")
def check_presets(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """A preset for a model or a field that is not there, or without one of the languages; it is not offered."""
    return [
        checks.Warning(f"The preset {preset.key!r} does not fit: {problem}.", id="samverka.W001")
        for preset in presets()
        for problem in preset.problems()
    ]
