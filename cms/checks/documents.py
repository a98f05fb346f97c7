"""A file can be read by everybody, or it says what to do instead."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.media import PortalDocument

from .findings import Finding, Severity
from .places import places


def files_for_all(page: Page) -> Iterator[Finding]:
    """Each PDF on a page has the marks that screen readers follow, and what not everybody can read names a way round it."""
    for place in places(page):
        document = place.value
        if not isinstance(document, PortalDocument):
            continue
        if document.is_tagged is False:
            what = _("The PDF “%(title)s” is not tagged, so screen readers do not find their way in it.")
        elif document.accessible not in ("yes", "unknown") and not getattr(document, f"alternative_{page.language}"):
            what = _("Not everybody can read “%(title)s”, and nothing is said of what to do instead.")
        elif document.accessible == "unknown":
            what = _("Nobody has checked whether everybody can read “%(title)s”.")
        else:
            continue
        yield Finding(
            "document-access",
            Severity.WARNING,
            what=what % {"title": document.title},
            why=_("The law asks that files can be read by everybody, as pages can."),
            how=_("Replace the file with a tagged one, or write in its form where the same can be read. A page is best of all."),
            address=reverse("wagtaildocs:edit", args=[document.pk]),
            **place.where,
        )
