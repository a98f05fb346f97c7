"""Where we lean on the inside of Wagtail. A failure here says that an upgrade changed it, not that we did."""

import inspect
import re

import pytest
from bs4 import dammit
from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpResponse
from rest_framework import compat
from wagtail import signals, urls
from wagtail.api import querysets, validators
from wagtail.contrib.redirects.apps import WagtailRedirectsAppConfig
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig
from wagtail.models import Page, PageViewRestriction
from wagtail.snippets.apps import WagtailSnippetsAppConfig
from willow.plugins import pillow

from cms.translation.missing import ROUTABLE
from tests.scratch import locale, reread, write

pytestmark = pytest.mark.django_db

CHANGED = "Wagtail changed "


@pytest.fixture
def saved():
    """What the rows below a page said, and whether it was in a transaction of its own, when the page was saved."""
    noted, outside = [], len(connection.savepoint_ids)

    def note(sender, instance, **kwargs):
        if issubclass(sender, Page):
            below = Page.objects.filter(path__startswith=instance.path, depth__gt=instance.depth).values_list("url_path", flat=True)
            noted.append((sender, instance.url_path, [*below], len(connection.savepoint_ids) > outside))

    post_save.connect(note)
    yield noted
    post_save.disconnect(note)


def test_a_new_slug_is_saved_before_the_paths_below_are_rewritten(saved):
    section = write("Ovan")
    write("Under", section)
    section = reread(section)
    before = section.url_path
    saved.clear()
    section.slug = "annat"
    section.save()
    _sender, path, below, atomic = saved[0]
    assert path != before, CHANGED + "when a page gets its new path"
    assert below == [f"{before}under/"], CHANGED + "when the paths below are rewritten"
    assert atomic, CHANGED + "Page.save: it is no transaction"


def test_a_move_saves_the_page_before_the_paths_below_are_rewritten(saved):
    section, target = write("Flyttas"), write("Målet")
    write("Under", section)
    section = reread(section)
    saved.clear()
    section.move(target, pos="last-child")
    sender, _path, below, atomic = next(entry for entry in saved if entry[1].endswith("/malet/flyttas/"))
    assert sender is Page, CHANGED + "what a move saves"
    assert below == [f"{section.url_path}under/"], CHANGED + "when the paths below are rewritten"
    assert atomic, CHANGED + "the move: it is no transaction"


def test_wagtails_own_signal_for_a_new_slug_comes_after_the_transaction(django_capture_on_commit_callbacks):
    heard = []
    changed = write("Hörs")

    def listener(**kwargs):
        heard.append(kwargs)

    signals.page_slug_changed.connect(listener)
    with django_capture_on_commit_callbacks() as callbacks:
        changed.slug = "hors-nu"
        changed.save()
    signals.page_slug_changed.disconnect(listener)
    assert callbacks, CHANGED + "page_slug_changed: it could be used now"
    assert not heard, CHANGED + "page_slug_changed: it could be used now"


def test_wagtails_own_redirects_are_off():
    changed = write("Bara våra")
    changed.slug = "vara"
    changed.save()
    assert Redirect.objects.filter(redirect_page=changed).count() == 1, CHANGED + "WAGTAILREDIRECTS_AUTO_CREATE"


def test_a_redirect_is_looked_up_by_the_path_that_we_store():
    assert Redirect.normalise_path("/en/om/oss/") == "/en/om/oss", CHANGED + "Redirect.normalise_path"
    assert Redirect._meta.unique_together == (("old_path", "site"),), CHANGED + "what makes a redirect unique"


def test_redirects_only_answer_where_nothing_else_does(rf):
    moved = write("Finns kvar")
    Redirect.add_redirect(moved.url, "/annat/", site=moved.get_site())
    kept = HttpResponse("here")
    middleware = RedirectMiddleware(lambda request: kept)
    assert middleware.process_response(rf.get(moved.url), kept) is kept, CHANGED + "RedirectMiddleware"


@pytest.mark.parametrize("path", ["a/", "a/b-c/d_e/", "å/1/", "a", "a//b/", "a/../", "a b/", ""])
def test_a_page_can_lie_where_we_think_it_can(path):
    served = bool(re.fullmatch(urls.serve_pattern.strip("^$"), path))
    assert served == (not path or bool(ROUTABLE.fullmatch(f"/{path}"))), CHANGED + "the pattern of its addresses"


def test_a_copy_for_translation_has_the_restrictions_of_its_original():
    section = write("Stängd avdelning")
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    copy = section.copy_for_translation(locale("en"))
    assert copy.view_restrictions.exists(), CHANGED + "Page.copy"
    assert not copy.live, CHANGED + "copy_for_translation"


STOCK = (WagtailDocsAppConfig, WagtailImagesAppConfig, WagtailRedirectsAppConfig, WagtailSnippetsAppConfig)


@pytest.mark.parametrize("config", STOCK)
def test_an_app_loads_the_third_api_whether_it_has_an_address_or_not(config):
    assert "from wagtail.api.v3.api import api" in inspect.getsource(config.ready), CHANGED + "cms/light.py: its own app will do"


UNASKED = [
    (compat, "import fields as postgres_fields"),
    (compat, "import requests"),
    (compat, "import pygments"),
    (dammit, "import charset_normalizer"),
    (pillow, "from pillow_heif import"),
    (querysets, "from wagtail.api.validators import SiteFilterValidator"),
    (validators, "from pydantic import"),
]


@pytest.mark.parametrize(("module", "line"), UNASKED)
def test_a_package_loads_another_only_because_it_is_installed(module, line):
    assert line in inspect.getsource(module), CHANGED + "cms/light.py: it need not be kept from this any more"


def test_a_save_is_followed_by_no_index_of_wagtails_own():
    """See search/quiet.py: modelsearch connects its signals in the method of its AppConfig that ours leaves out."""
    for signal in (post_save, post_delete):
        modules = {receiver.__module__ for receiver in signal._live_receivers(Page)[0]}
        assert "cms.events" in modules
        assert not [module for module in modules if module.startswith("modelsearch")], CHANGED + "how its search follows a save"


def test_what_waits_for_a_commit_can_be_told_apart():
    """See search/sync.py, which waits once for each transaction."""
    transaction.on_commit(pytest.fail, robust=True)
    assert connection.run_on_commit[-1][1] is pytest.fail, "Django changed what it keeps until a transaction ends"
