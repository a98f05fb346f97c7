"""Loads a folder of content files into an empty or already loaded site, both languages at once. What is there stays as it is.

A file is a page, with its two languages side by side. Rows have files of their own. The demo and the start of a real site are
two such folders.
"""

import datetime
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import models, transaction
from django.utils import timezone, translation
from wagtail.fields import RichTextField
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue

from cms.demo.rows import LANGUAGES, columns, in_order, key_of, link_words, load_partnerships, load_rows, row
from cms.demo.values import BlockValues, in_language, in_time, rich
from cms.fields import StreamField
from cms.models import PortalSettings, RelatedLink
from cms.vocabulary import models as vocabulary
from directory.models import Organisation

CLOSED_TO = {"visitors": PageViewRestriction.LOGIN}


def parse(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast
    return yaml.load(path.read_text(), Loader=loader)  # noqa: S506 both are safe loaders


class Loader:
    """``folder`` holds pages/*.yaml and files of rows; ``say`` is told what is done."""

    def __init__(self, folder: Path, say=print, translations: bool = True):
        self.folder, self.say, self.translations = folder, say, translations

    def read(self, name: str) -> Any:
        path = self.folder / f"{name}.yaml"
        return parse(path) if path.exists() else []

    def load(self) -> None:
        with transaction.atomic(), translation.override("sv"), disable_reference_index_auto_update():
            self.locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
            load_rows(self.read)
            self.say(f"Rows: {vocabulary.Topic.objects.count()} topics, {Organisation.objects.count()} organisations.")
            new = self.pages()
            load_partnerships(self.read("partnerships"))
            self.site()
        if new:
            call_command("rebuild_references_index", verbosity=0)

    # Pages

    def pages(self) -> int:
        """How many pages were new."""
        entries = {path.stem: parse(path) for path in sorted((self.folder / "pages").glob("*.yaml"))}
        made = [pair for entry in in_tree_order(entries) if (pair := self.make(entry))]
        self.publish(made)
        self.say(f"Pages: {len(made)} new in each language.")
        return len(made)

    def publish(self, made: list[tuple[dict, dict[str, Page]]]) -> None:
        """Fill pages that are there already, so that each can point to any other, and publish them."""
        for entry, pair in made:
            for language, page in pair.items():
                page.refresh_from_db(fields=["numchild"])  # pages were put below it since it was made
                self.fill(page, entry, language)
                publish(page)
        if self.translations:
            for _entry, pair in made:
                pair_by_translation(pair["sv"], pair["en"])
        for entry, pair in made:
            if "lead_after_translation" in entry:  # the translation is then behind its source
                pair["sv"].lead = entry["lead_after_translation"]
                publish(pair["sv"])

    def make(self, entry: dict) -> tuple[dict, dict[str, Page]] | None:
        """The bare page in both languages, so that others can link to it."""
        if Page.objects.filter(translation_key=key_of(entry["id"])).exists():
            return None
        model, pair = apps.get_model(entry["type"]), {}
        for language in LANGUAGES:
            page = model(
                title=in_language(entry["title"], language),
                locale=self.locales[language],
                translation_key=key_of(entry["id"]),
                live=False,
            )
            page.slug = in_language(entry["slug"], language) if entry.get("slug") else page.title
            page.show_in_menus = entry.get("menu", False)
            self.plain_fields(page, entry, language)
            page.slug = page.slug_from(page.slug)
            self.parent(entry, language).add_child(instance=page)
            pair[language] = page
        if "closed_to" in entry:
            PageViewRestriction.objects.create(page=pair["sv"], restriction_type=CLOSED_TO[entry["closed_to"]])
        return entry, pair

    def parent(self, entry: dict, language: str) -> Page:
        if not entry.get("parent"):
            return Page.get_first_root_node()
        return Page.objects.get(translation_key=key_of(entry["parent"]), locale=self.locales[language])

    def plain_fields(self, page: Page, entry: dict, language: str) -> None:
        """Text, choices, numbers and rows that are there before any page."""
        common = {"content_owner": entry.get("owner"), "hero_image": entry.get("image")}
        plain = {name: entry[name] for name in ("lead", "search_description", "reviewed_on", "review_interval") if name in entry}
        for name, value in {**plain, **common, **entry.get("fields", {})}.items():
            field = page._meta.get_field(name)
            if points_to_page(field):
                continue  # it may not be there yet
            if isinstance(field, models.ForeignKey):
                setattr(page, f"{name}_id", row(field.related_model._meta.label, in_language(value, language)))
            elif field.concrete and not isinstance(field, StreamField | RichTextField):
                setattr(page, name, in_time(in_language(value, language)))
        if isinstance(getattr(page, "date", None), datetime.date):
            noon = datetime.datetime.combine(page.date, datetime.time(12), tzinfo=timezone.get_default_timezone())
            page.first_published_at = noon

    def fill(self, page: Page, entry: dict, language: str) -> None:
        """Bodies, rich text and rows, which may point to any page."""
        values = BlockValues(language, page.translation_key, row)
        content = {name: entry[name] for name in ("body", "chapters") if name in entry}
        if "chapters" in content:
            content["chapters"] = [{"chapter": chapter} for chapter in content["chapters"]]
        fields = entry.get("fields", {})
        if "steps" in fields:
            content["steps"] = [{"step": step} for step in fields["steps"]]
        for name, value in {**fields, **content}.items():
            field = page._meta.get_field(name)
            if isinstance(field, StreamField):
                stream = field.stream_block.to_python(values.stream(field.stream_block, value, name))
                list(stream)  # what has been read is kept as a form keeps it, with every default
                setattr(page, name, stream)
            elif isinstance(field, RichTextField):
                setattr(page, name, rich(in_language(value, language), row))
            elif points_to_page(field):
                setattr(page, f"{name}_id", row(field.related_model._meta.label, value))
            elif not field.concrete:
                self.child_rows(page, name, value)
        link_words(page, entry)
        related = [RelatedLink(target_id=row("wagtailcore.Page", code)) for code in entry.get("related", [])]
        page.related_links.set(in_order(related))

    def child_rows(self, page: Page, name: str, entries: list) -> None:
        """Rows of one field may be given as plain values, others as mappings."""
        model = getattr(page, name).model
        only = next((field.name for field in model._meta.fields if field.choices), "")
        parts = [entry if isinstance(entry, dict) else {only: entry} for entry in entries]
        getattr(page, name).set(in_order([model(**columns(model, part)) for part in parts]))

    # The site

    def site(self) -> None:
        settings_entry = self.read("settings") or {}
        home = Page.objects.get(translation_key=key_of("home"), locale=self.locales["sv"])
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
        welcome = site.root_page if site.pk and site.root_page_id != home.pk and site.root_page.depth == 2 else None
        site.hostname, site.port = settings.HOST, settings.PORT
        site.root_page, site.site_name = home, in_language(settings_entry.get("name", "Samverka"), "sv")
        site.save()
        if welcome and type(welcome.specific) is Page and not welcome.get_children().exists():
            welcome.delete()
        PortalSettings.objects.get_or_create(site=site, defaults=self.settings(settings_entry))

    def settings(self, entry: dict) -> dict:
        """What the whole site says of itself; its menus name pages, each found in the language of its reader."""
        values, menus = BlockValues("sv", key_of("settings"), row), {}
        for field in PortalSettings._meta.concrete_fields:
            if isinstance(field, StreamField) and field.name in entry:
                menus[field.name] = field.stream_block.to_python(values.stream(field.stream_block, entry[field.name], field.name))
        plain = {name: value for name, value in entry.items() if name not in menus}
        return {**columns(PortalSettings, plain), **menus}


def publish(page: Page) -> None:
    """As an editor does, but not read back from its revision, which takes as long as all the rest: it has just been written."""
    revision = page.save_revision()
    revision.as_object = lambda: page
    revision.publish(log_action=None)


def points_to_page(field: models.Field) -> bool:
    return isinstance(field, models.ForeignKey) and issubclass(field.related_model, Page)


def in_tree_order(entries: dict[str, dict]) -> list[dict]:
    """Parents before children, siblings by their order."""
    ordered: list[dict] = []

    def below(parent: str | None) -> None:
        children = [entry for entry in entries.values() if entry.get("parent") == parent]
        for entry in sorted(children, key=lambda entry: (entry.get("order", 0), entry["id"])):
            ordered.append(entry)
            below(entry["id"])

    below(None)
    missing = set(entries) - {entry["id"] for entry in ordered}
    if missing:
        raise ValueError(f"No parent is there for {', '.join(sorted(missing))}")
    return ordered


def pair_by_translation(source: Page, target: Page) -> None:
    """Make the target the finished translation of the source, with every string filled in, as if a translator had written it."""
    record, _ = TranslationSource.update_or_create_from_instance(source)
    Translation.objects.get_or_create(source=record, target_locale=target.locale)
    strings = {
        (segment.path, segment.order): segment for segment in extract_segments(target) if isinstance(segment, StringSegmentValue)
    }
    found = []
    for segment in record.stringsegment_set.select_related("string", "context"):
        translated = strings.get((segment.context.path, segment.order))
        if translated is not None:
            found.append(
                StringTranslation(
                    translation_of_id=segment.string_id,
                    locale=target.locale,
                    context_id=segment.context_id,
                    data=translated.string.data,
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                )
            )
    StringTranslation.objects.bulk_create(found, ignore_conflicts=True)


def ensure_users(entries: list[dict], password: str) -> None:
    """Accounts to try the roles with. Only for a site on loopback."""
    User, kept = apps.get_model(settings.AUTH_USER_MODEL), make_password(password)
    for entry in entries:
        user, new = User.objects.get_or_create(
            username=entry["username"],
            defaults={
                "email": f"{entry['username']}@example.org",
                "first_name": entry["first_name"],
                "last_name": entry["last_name"],
            },
        )
        if new:
            user.password = kept
            user.is_superuser = user.is_staff = entry.get("superuser", False)
            user.save()
            user.groups.set(Group.objects.filter(name__in=entry.get("groups", [])))
