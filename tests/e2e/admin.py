"""The admin's own furniture."""

from playwright.sync_api import Locator, Page


def footer(page: Page, button: str) -> Locator:
    """A button among the actions of a page, with the menu unfolded if it lies there."""
    wanted = page.locator(f"footer {button}").first
    if not wanted.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    return wanted
