"""The editors' guide says what the admin says, and only those who have signed in can read it."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user
from django.urls import reverse
from django.utils.translation.trans_real import translation
from wagtail.users.models import UserProfile

from cms.demo.loader import parse
from cms.editing.presets import presets

from .test_plain_language import PAGES, texts

GUIDE = PAGES / "editors-guide.yaml"
EMPHASISED = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")


def said_in_the_admin(language: str) -> set[str]:
    """Labels of the admin, presets to choose from and pages to find."""
    catalogue = translation("sv")._catalog.items()
    labels = [swedish if language == "sv" else english for english, swedish in catalogue if isinstance(english, str)]
    pages = [parse(PAGES / f"{name}.yaml")["title"][language] for name in ("news",)]
    return {text.lower() for text in [*labels, *pages, *(preset.name[language] for preset in presets())] if isinstance(text, str)}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_the_guide_names_is_called_so_in_the_admin(language):
    named = {name.lower() for text in texts(parse(GUIDE), language) for name in EMPHASISED.findall(text)}
    assert len(named) > 30
    assert named - said_in_the_admin(language) == set()


@pytest.mark.parametrize("address", ["/for-redaktionen/guide-for-redaktionen/", "/en/for-editors/guide-for-editors/"])
def test_a_visitor_is_asked_to_sign_in_and_an_editor_reads_the_guide(client, signed_in, address):
    assert client.get(address).status_code == 302
    read = signed_in("editor").get(address)
    assert read.status_code == 200
    assert read.context["page"].chapters


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_guide_is_found_from_the_first_page_and_from_help_in_the_language_of_the_admin(signed_in, page, language):
    editor, guide = signed_in("editor"), page("editors-guide", language)
    UserProfile.objects.update_or_create(user=get_user(editor), defaults={"preferred_language": language})
    html = editor.get(reverse("wagtailadmin_home")).text
    assert f'"{guide.get_url()}"' in html.split('id="wagtail-sidebar-props"')[1].split("</script>")[0]
    assert BeautifulSoup(html, "html.parser").find("main").find("a", href=guide.get_url()).get_text(strip=True) == guide.title


def test_a_guide_that_is_withdrawn_is_not_offered(signed_in, page):
    for language in ("sv", "en"):
        page("editors-guide", language).unpublish()
    assert page("editors-guide").get_url() not in signed_in("editor").get(reverse("wagtailadmin_home")).text
