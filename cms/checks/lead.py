"""The first sentences, on the page and where others show it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.models import Page

from .findings import Finding, Severity


def lead_and_description(page: Page) -> Iterator[Finding]:
    if not page.lead.strip():
        needed = not page._meta.get_field("lead").blank
        yield Finding(
            "missing-lead",
            Severity.HINDRANCE if needed else Severity.WARNING,
            what=_("The lead is missing."),
            why=_("Most people read only the lead. Lists, search results and shared links show it too."),
            how=_("Write one or two sentences that say what the reader gets."),
            field="lead",
        )
    if not page.search_description.strip():
        yield Finding(
            "missing-description",
            Severity.TIP,
            what=_("The description for search engines is missing."),
            why=_("Search results and shared links then show the lead, which was written for somebody who is already here."),
            how=_("Say in at most 160 characters whom the page is for and what it answers. You find the field under “Promote”."),
            field="search_description",
        )
