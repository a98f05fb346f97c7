"""Checks while writing: what an editor should know before a page is published.

Each check is a function that takes a page as it would be published and gives its findings. Parts of the portal and plugins add
theirs in the hook ``register_content_checks``: a function of a page that gives a list of findings.
"""

from wagtail.models import Page

from cms.plugins import call_hooks

from .dates import past_promises
from .documents import files_for_all
from .findings import Finding, Hindered, Severity
from .headings import heading_order
from .lead import lead_and_description
from .links import link_text
from .pictures import picture_text
from .places import Place, places
from .unfinished import unfinished

__all__ = ["Finding", "Hindered", "Place", "Severity", "findings", "hindrances", "places", "unfinished"]

CHECKS = (lead_and_description, heading_order, picture_text, files_for_all, link_text, past_promises)


def findings(page: Page) -> list[Finding]:
    """What the checks say of a page, the gravest first."""
    found = [finding for check in CHECKS for finding in check(page)]
    found += call_hooks("register_content_checks", page)
    return sorted(dict.fromkeys(found), key=lambda finding: [*Severity].index(finding.severity))


def hindrances(page: Page) -> list[Finding]:
    return [finding for finding in findings(page) if finding.severity == Severity.HINDRANCE]
