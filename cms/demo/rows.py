"""Rows of content files: words, pictures, organisations and people. A row that is there stays as it is."""

import hashlib
import io
import os
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import models
from PIL.Image import Image
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.demo import palette, pictures, sheet
from cms.demo.values import rich
from cms.models import PortalDocument, PortalImage
from cms.vocabulary import models as vocabulary
from directory.models import Organisation, Partnership, Person
from knowledge.models import GlossaryTerm

NAMESPACE = uuid.UUID("5a3f7b60-0d1c-5e0b-8f0e-7d0c5a6b1e11")
LANGUAGES = ("sv", "en")
WORDS = {
    "areas": vocabulary.FocusArea,
    "sectors": vocabulary.Sector,
    "audiences": vocabulary.Audience,
    "phases": vocabulary.MethodPhase,
    "licences": vocabulary.Licence,
    "goals": vocabulary.SustainableGoal,
    "stewards": vocabulary.Steward,
    "fact_boxes": vocabulary.FactBox,
}
LINKS = {"areas": "area", "topics": "topic", "goals": "goal", "audiences": "audience"}
KEYS = {
    "cms.PortalDocument": "title",
    "cms.PortalImage": "title",
    "directory.Person": "sort_name",
    "knowledge.GlossaryTerm": "slug_en",
    "vocabulary.SustainableGoal": "number",
}
FILES = Path(__file__).parent / "content" / "files"


def key_of(page_id: str) -> uuid.UUID:
    """The translation key that both languages of a page share, the same at every loading."""
    return uuid.uuid5(NAMESPACE, page_id)


def columns(model: type[models.Model], entry: dict) -> dict:
    """A row's fields from its entry: ``name: {sv, en}`` fills ``name_sv`` and ``name_en``, a code finds the row it names."""
    names = {field.name: field for field in model._meta.get_fields() if field.concrete}
    found = {}
    for name, value in entry.items():
        if isinstance(value, dict) and f"{name}_sv" in names:
            for language in LANGUAGES:
                part = value.get(language) or ""
                part = ", ".join(part) if isinstance(part, list) else part
                found[f"{name}_{language}"] = rich(part, row) if isinstance(names[f"{name}_{language}"], RichTextField) else part
        elif name in names and isinstance(names[name], models.ForeignKey):
            found[f"{name}_id"] = row(names[name].related_model._meta.label, value)
        elif name in names and value is not None:
            found[name] = (
                ", ".join(value)
                if isinstance(value, list) and isinstance(names[name], models.CharField | models.TextField)
                else value
            )
    return found


@cache
def row(label: str, code: Any) -> int | None:
    """The primary key of the row with a code; of a page's Swedish version; of a picture."""
    if code in (None, ""):
        return None
    model = apps.get_model(label)
    if issubclass(model, Page):
        return Page.objects.values_list("pk", flat=True).get(translation_key=key_of(code), locale__language_code="sv")
    return model.objects.values_list("pk", flat=True).get(**{KEYS.get(label, "code"): code})


def in_order(rows: list[models.Model]) -> list[models.Model]:
    """Rows numbered as an editor's form numbers them: a database promises no order of rows without."""
    for place, new in enumerate(rows):
        new.sort_order = place
    return rows


def link_words(instance: models.Model, entry: dict) -> None:
    """Areas, topics, goals and audiences of a page or an organisation, in the order of the entry."""
    for name, field in LINKS.items():
        manager = getattr(instance, f"{field}_links", None)
        if manager is not None:
            target = manager.model._meta.get_field(field).related_model._meta.label
            manager.set(in_order([manager.model(**{f"{field}_id": row(target, code)}) for code in entry.get(name, [])]))


def load_rows(read: Callable[[str], Any]) -> None:
    """Everything that pages point to, in an order in which each row finds what it names."""
    row.cache_clear()
    words = read("vocabulary") or {}
    for name, model in WORDS.items():
        ensure(model, words.get(name, []))
    ensure(vocabulary.Topic, read("topics"))
    for entry in read("pictures"):
        ensure_picture(entry)
    for entry in read("documents"):
        ensure_document(entry)
    ensure(Organisation, read("organisations"))
    for entry in read("people"):
        ensure_person(entry)
    ensure(GlossaryTerm, read("terms"))


def ensure(model: type[models.Model], entries: list[dict]) -> None:
    """Make the rows that are not there yet, whatever has been changed in them, and then join those that name one another."""
    key = KEYS.get(model._meta.label, "code")
    to_self = [field.name for field in model._meta.fields if field.related_model is model]
    unique = [field.name for field in model._meta.fields if field.unique]
    there = {name: set(model.objects.values_list(name, flat=True)) for name in unique}
    new = [entry for entry in entries if not any(entry[name] in there[name] for name in unique if name in entry)]
    for entry in new:
        instance = model(**columns(model, {name: value for name, value in entry.items() if name not in to_self}))
        link_words(instance, entry)
        for name in {"definitions"} & set(entry):
            rows = getattr(instance, name)
            rows.set(in_order([rows.model(**columns(rows.model, part)) for part in entry[name]]))
        instance.save()
    for entry in new:
        names = columns(model, {name: entry[name] for name in to_self if entry.get(name)})
        if names:
            model.objects.filter(**{key: entry[key]}).update(**names)


def ensure_person(entry: dict) -> None:
    """A person has no code that could tell who it is, so the name itself says whether the row is there."""
    if Person.objects.filter(given_name=entry["given_name"], family_name=entry["family_name"]).exists():
        return
    person = Person(
        **columns(Person, entry), **{f"{name}_visibility": value for name, value in entry.get("visibility", {}).items()}
    )
    if "portrait" in entry:
        person.photo = portrait(entry)
    link_words(person, entry)
    person.languages.set([person.languages.model(language=code) for code in entry.get("languages", [])])
    dates = {"from": "starts_on", "to": "ends_on"}
    stays = [{dates.get(name, name): value for name, value in stay.items()} for stay in entry.get("affiliations", [])]
    person.affiliations.set(in_order([person.affiliations.model(**columns(person.affiliations.model, stay)) for stay in stays]))
    person.save()


def load_partnerships(entries: list[dict]) -> None:
    """When the pages are there: who has bound themselves to which of them, or to one another. All are public."""
    names = {"with": "with_organisation", "page": "with_page", "from": "starts_on", "to": "ends_on"}
    for entry in entries:
        fields = columns(Partnership, {names.get(name, name): value for name, value in entry.items()})
        same = {name: value for name, value in fields.items() if not name.startswith("note") and name != "ends_on"}
        Partnership.objects.get_or_create(**same, defaults={**fields, "public": True})


def ensure_picture(entry: dict) -> None:
    if not PortalImage.objects.filter(title=entry["id"]).exists():
        image = as_image(entry["id"], lambda: pictures.draw(entry["id"]), entry["credit"], entry["alt"], entry["licence"])
        for name, number in (entry.get("focal_point") or {}).items():
            setattr(image, f"focal_point_{name}", number)
        image.save()


def ensure_document(entry: dict) -> None:
    """A file that lies among the content, or one of plain text, which every device can read."""
    if not PortalDocument.objects.filter(title=entry["title"]).exists():
        document = PortalDocument(**columns(PortalDocument, {name: value for name, value in entry.items() if name != "file"}))
        name = entry.get("file") or f"{entry['file_name']}.txt"
        data = (FILES / name).read_bytes() if "file" in entry else entry["text"].encode()
        document.file.save(name, ContentFile(data), save=False)
        document._set_document_file_metadata()
        document.save()


def portrait(entry: dict) -> PortalImage:
    """Initials, for the people of the demo who would have a photo."""
    name, initials = f"{entry['given_name']} {entry['family_name']}", entry["given_name"][0] + entry["family_name"][0]
    image = as_image(
        entry["portrait"],
        lambda: pictures.draw_portrait(initials, seed=entry["portrait"]),
        "Samverka",
        {"sv": name, "en": name},
        "CC0-1.0",
    )
    image.save()
    return image


def as_image(title: str, draw: Callable[[], Image], credit: str, alt: dict, licence: str) -> PortalImage:
    file = ImageFile(io.BytesIO(drawn(title, draw)), f"{title}.jpg")
    return PortalImage(title=title, credit=credit, file=file, **columns(PortalImage, {"alt": alt, "licence": licence}))


def drawn(title: str, draw: Callable[[], Image]) -> bytes:
    """A drawing as JPEG. Drawing takes a second each, so it is kept until the pen changes."""
    pen = hashlib.sha256(b"".join(Path(module.__file__).read_bytes() for module in (pictures, sheet, palette))).hexdigest()[:12]
    kept = settings.DATA_DIR / "drawn" / f"{title}-{pen}.jpg"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        file = io.BytesIO()
        draw().convert("RGB").save(file, "JPEG", quality=88)
        kept.with_suffix(f".{os.getpid()}").write_bytes(file.getvalue())
        kept.with_suffix(f".{os.getpid()}").replace(kept)
    return kept.read_bytes()
