"""What the portal adds to the admin can be used by everybody: what axe finds, and the keyboard, in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from .test_access import COLOURS_HAVE_COME, overflow, violations

# The button of another window with the same page and the field for tags have no names; tips float outside all landmarks.
WAGTAILS_OWN = {"exclude": [[".w-editing-sessions__session"], [".ui-autocomplete-input"], ["[data-tippy-root]"]]}
LISTS = ["search/word", "search/synonym", "search/promotion"]
LISTS += ["directory/organisation", "directory/person", "directory/partnership", "knowledge/glossaryterm"]
SCREENS = [
    "/admin/",
    "/admin/to-do/translations/",
    "/admin/to-do/wordless-pictures/",
    "/admin/settings/cms/portalsettings/",
    "/admin/images/add/",
    "/admin/reports/searches/",
    "/admin/reports/search-indexes/",
    *(f"/admin/snippets/{rows}/" for rows in LISTS),
    *(f"/admin/snippets/{rows}/add/" for rows in LISTS),
]


def found(page: Page) -> list[str]:
    page.evaluate(COLOURS_HAVE_COME)
    return [f"{page.url}: {what}" for what in violations(page, context=WAGTAILS_OWN)]


def number_of(page: Page, slug: str, language: str = "sv") -> int:
    return page.request.get("/api/v2/pages/", params={"slug": slug, "locale": language}).json()["items"][0]["id"]


@pytest.fixture
def admin(desk) -> Page:
    return desk("admin")


def test_axe_finds_nothing_on_the_screens_of_ours(admin):
    complaints = []
    for address in SCREENS:
        admin.goto(address)
        expect(admin.locator("h1").first).to_be_attached()
        complaints += found(admin)
    assert complaints == []


def test_axe_finds_nothing_in_an_entry_of_the_directory_or_in_what_is_refused(admin):
    complaints = []
    for rows in ("organisation", "person"):
        admin.goto(f"/admin/snippets/directory/{rows}/")
        admin.locator("main table a[href*='/edit/']").first.click()
        admin.wait_for_url("**/edit/**")
        complaints += found(admin)
    admin.goto("/admin/snippets/search/word/add/")
    admin.locator("main form [type=submit]").first.click()
    expect(admin.locator(".error-message").first).to_be_visible()
    assert complaints + found(admin) == []


def test_the_choice_of_presets_is_clear_to_everybody_and_fits_a_phone(admin):
    admin.goto(f"/admin/pages/add/knowledge/newspage/{number_of(admin, 'nyheter')}/")
    expect(admin.locator(".preset").first).to_be_visible()
    assert found(admin) == []
    admin.set_viewport_size({"width": 320, "height": 640})
    assert overflow(admin) == 0
    admin.locator(".preset a").nth(1).focus()
    admin.keyboard.press("Enter")
    expect(admin.locator("#id_title")).to_be_visible()


def test_the_checks_and_the_previews_are_clear_to_everybody(admin):
    admin.goto("/admin/pages/search/?q=nyhet+att+rätta")
    admin.get_by_role("main").get_by_role("link", name="En nyhet att rätta").first.click()
    admin.locator("[data-side-panel-toggle=checks]").focus()
    admin.keyboard.press("Enter")
    expect(admin.locator("#findings .finding").first).to_be_visible()
    complaints = found(admin)
    admin.locator("#findings a[data-goto]").first.focus()
    admin.keyboard.press("Enter")
    expect(admin.locator("[data-contentpath] :focus")).to_be_visible()
    admin.locator("[data-side-panel-toggle=preview]").click()
    expect(admin.frame_locator("#w-preview-iframe").locator("main")).to_be_visible()  # a choice made before is passed over
    admin.locator("#id_preview_mode").select_option("share")
    expect(admin.locator("#w-preview-iframe")).to_have_attribute("src", re.compile("mode=share"))
    card = admin.frame(url=re.compile("mode=share"))
    card.wait_for_selector("main figure")
    assert complaints + violations(card) == []
