"""Where the directory's rows are shown: below the directory's page, under a word of each language."""

from django.apps import apps
from django.http import HttpRequest

from cms import frame, languages

WORDS = {
    "organisations": {"sv": "organisationer", "en": "organisations"},
    "partnerships": {"sv": "partnerskap", "en": "partnerships"},
    "people": {"sv": "personer", "en": "people"},
    "topics": {"sv": "amnen", "en": "topics"},
}
RESERVED = {word for words in WORDS.values() for word in words.values()}


def path_in_directory(language: str, section: str, slug: str = "") -> str:
    return f"{WORDS[section][language]}/{slug}/" if slug else f"{WORDS[section][language]}/"


def directory_address(request: HttpRequest | None, section: str, slug: str = "") -> str:
    """An address in the directory of the reader's language; empty where that language has no public directory."""
    language = languages.active()
    home = address_of_directory(request, language)
    return home + path_in_directory(language, section, slug) if home else ""


def address_of_directory(request: HttpRequest | None, language: str) -> str:
    return address_of_only("directory.DirectoryPage", request, language)


def address_of_only(model: str, request: HttpRequest | None, language: str) -> str:
    """Where the one public page of a type is that shows rows; asked for once, however many rows a list has."""

    def find() -> str:
        page = apps.get_model(model).objects.live().public().filter(locale__language_code=language).first()
        return (page.get_url(request) or "") if page else ""

    site = frame.site_of(request) if request else None
    return frame.current().remember(("address", model, site.pk if site else None, language), find)
