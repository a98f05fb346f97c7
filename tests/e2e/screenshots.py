"""The pictures of the README, taken of the demo as it is: ``make screenshots``. No test, so named that pytest passes it by."""

import pytest
from playwright.sync_api import Browser

from tests.own_site import ROOT

SHOWN = {
    "front-page": "/",
    "guide": "/en/knowledge/guides/strategic-partnerships/",
    "methods": "/en/knowledge/methods/",
    "method": "/en/knowledge/methods/one-question-one-hour/",
    "search": "/sok/?q=partnerskap",
    "directory": "/en/find-contact/partnerships/",
    "checklist": "/kunskap/checklistor/redo-for-partnerskap/",
    "admin": "/admin/",
}


@pytest.mark.parametrize("name", SHOWN)
def test_take(name, browser: Browser, base_url):
    window = browser.new_page(base_url=base_url, viewport={"width": 1280, "height": 860})
    if SHOWN[name].startswith("/admin/"):
        window.goto("/admin/login/?language=en")
        window.fill("[name=username]", "editor")
        window.fill("[name=password]", "samverka-demo-2026")
        window.click("[type=submit]")
    window.goto(SHOWN[name])
    window.evaluate("document.fonts.ready")
    window.screenshot(path=ROOT / "docs" / f"{name}.jpg", type="jpeg", quality=80, animations="disabled")
