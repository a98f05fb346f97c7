"""The interface speaks Swedish throughout: the portal's own words, and those of the libraries below it."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.test import override_settings
from django.utils.translation.trans_real import DjangoTranslation

from cms.plugins import PortalPlugin
from scripts import catalogue

CATALOGUES = {domain: catalogue.read(domain) for domain in catalogue.DOMAINS}
ENTRIES = [entry for entries in CATALOGUES.values() for entry in entries]
FROM_LIBRARIES = [(domain, entry) for domain, entries in CATALOGUES.items() for entry in entries if entry.tcomment]

SAME_IN_SWEDISH = {
    *("App", "HTTP Accept", "Hybrid", "Information", "Media", "Organisation", "Permanent", "Person", "Position", "System", "Text"),
    *(
        "Definition",
        "Film",
        "%(minutes)s min",
        "Guide",
        "Wagtail API v3",
        "definition",
        "guide",
        "organisation",
        "person",
        "portal",
        "synonym",
        "server",
        "status",
        "text",
    ),
    *("version", "%(facet)s: %(value)s", "%(field_label)s:", "%(num)s min", "%(minutes)s&nbsp;min", "min"),
    *("Meänkieli", "ORCID", "%(count)s organisation", "%(count)s person"),
    *("Canvas", "Period", "Status", "Version"),
    "%(time_zone_option)s: %(localized_time_zone_label)s",
    "definition",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{[^}]*\}|<[^>]*>")


def forms(entry) -> list[tuple[str, str]]:
    """Each English form of an entry with its Swedish."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return list(zip([entry.msgid, entry.msgid_plural], entry.msgstr_plural.values(), strict=True))


def library_parts() -> list[Path]:
    """The folders of all installed apps that are neither the portal's nor a plugin's, and of Django's own words."""
    foreign = [app for app in apps.get_app_configs() if app.name.split(".")[0] not in catalogue.OURS]
    paths = [Path(app.path) for app in foreign if not isinstance(app, PortalPlugin)]
    return [catalogue.LIBRARIES / "django" / "conf", *paths]


@pytest.fixture(scope="module")
def swedish(tmp_path_factory):
    """What the running portal says, of the catalogues as they are now: domain -> all Swedish merged by Django."""
    folder = tmp_path_factory.mktemp("locale")
    catalogue.compile(folder)
    with override_settings(LOCALE_PATHS=[folder]):
        return {domain: DjangoTranslation("sv", domain=domain) for domain in catalogue.DOMAINS}


def said(translation, entry, number: int) -> str:
    if entry.msgid_plural:
        words = (entry.msgid, entry.msgid_plural, number)
        return translation.npgettext(entry.msgctxt, *words) if entry.msgctxt else translation.ngettext(*words)
    return translation.pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else translation.gettext(entry.msgid)


def test_every_string_of_ours_is_in_the_catalogue_with_swedish():
    assert len(catalogue.our_strings()) > 100
    assert catalogue.check() == []


@pytest.mark.parametrize("part", ["taggit", "wagtail/admin"])  # contexts; trimmed blocks and plurals
def test_strings_are_found_where_an_upstream_with_gettext_found_them(part):
    folder = catalogue.LIBRARIES / part
    found, listed = catalogue.extracted(folder), catalogue.english_strings(folder, "django")
    assert {k: entry.msgid_plural for k, entry in found.items()} == {k: e.msgid_plural for k, e in listed.items()}


@pytest.mark.parametrize("domain", catalogue.DOMAINS)
def test_no_library_below_us_is_left_without_swedish(domain):
    ours = {catalogue.key(entry) for entry in CATALOGUES[domain]}
    assert {key for package in catalogue.UPSTREAMS for key in catalogue.lacking(package, domain)} - ours == set()


@pytest.mark.parametrize("domain", catalogue.DOMAINS)
def test_nothing_an_installed_app_says_is_without_swedish(domain, swedish):
    known = swedish[domain]._catalog
    shown = [key for part in library_parts() for key in catalogue.english_strings(part, domain)]
    assert len(shown) > 100
    asked = {f"{context}\x04{msgid}" if context else msgid for context, msgid in shown}
    assert [msgid for msgid in asked if msgid not in known and (msgid, 0) not in known] == []


def test_our_swedish_wins_over_that_of_the_libraries_for_one_and_for_many(swedish):
    for domain, entries in CATALOGUES.items():
        for entry in entries:
            texts = [text for _, text in forms(entry)]
            assert [said(swedish[domain], entry, number) for number in (1, 0, 2)] == [texts[0], texts[-1], texts[-1]]


def test_the_libraries_still_say_what_we_translate_for_them():
    still = {
        (package, domain, *key)
        for package in catalogue.UPSTREAMS
        for domain in catalogue.DOMAINS
        for part in catalogue.parts(package)
        for key in catalogue.english_strings(part, domain)
    }
    assert {(entry.tcomment, domain, *catalogue.key(entry)) for domain, entry in FROM_LIBRARIES} - still == set()


def test_swedish_differs_from_english_except_where_the_word_is_the_same():
    same = {english for entry in ENTRIES for english, swedish in forms(entry) if english == swedish}
    assert same == SAME_IN_SWEDISH


def test_placeholders_tags_and_outer_spaces_agree():
    differing = [
        (english, swedish)
        for entry in ENTRIES
        for english, swedish in forms(entry)
        if sorted(PLACEHOLDER.findall(english)) != sorted(PLACEHOLDER.findall(swedish))
        or (english != english.strip()) != (swedish != swedish.strip())
    ]
    assert differing == []


def test_plurals_have_a_form_for_one_and_a_form_for_many():
    plurals = {entry.msgid: entry.msgstr_plural for entry in ENTRIES if entry.msgid_plural}
    assert plurals
    assert [msgid for msgid, texts in plurals.items() if list(texts) != [0, 1] or not all(texts.values())] == []
