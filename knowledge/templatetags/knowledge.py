"""What the templates of guides, method cards and news ask."""

import re

from django import template
from django.template.defaultfilters import capfirst
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from cms.models import BasePage
from cms.templatetags.portal import breadcrumbs

register = template.Library()

HEADING = re.compile(r"<(/?)h([2-6])\b")
NAMED = re.compile(r'<h[2-6] id="')


@register.simple_tag(takes_context=True)
def crumbs_through(context, page: BasePage) -> list[dict]:
    """The pages above and the page itself, for something that lies below it."""
    return [*breadcrumbs(context, page), {"title": page.title, "url": page.get_url(context["request"])}]


@register.simple_tag(takes_context=True)
def crumbs_to_month(context, page: BasePage) -> list[dict]:
    """The pages above a dated page, and the archive of its month."""
    above = breadcrumbs(context, page)
    return [*above, {"title": capfirst(month(page.shown_date)), "url": context["month_url"]}] if page.shown_date else above


@register.filter
def month(day) -> str:
    """april 2024, April 2024."""
    return date_format(day, "F Y")


@register.filter
def due(days: int) -> str:
    """How long before or after the day in question."""
    if not days:
        return gettext("On the day itself")
    words = ngettext("%(count)s day after", "%(count)s days after", days)
    if days < 0:
        words = ngettext("%(count)s day before", "%(count)s days before", -days)
    return words % {"count": abs(days)}


@register.filter
def headings_under(html: str, level: int) -> SafeString:
    """Blocks as part of a page: their headings follow one of a level, and none is left out, whatever the editor chose."""
    above: list[tuple[int, int]] = []

    def placed(match: re.Match) -> str:
        chosen = int(match[2])
        if match[1]:
            return f"</h{above[-1][1]}" if above else match[0]
        while above and above[-1][0] >= chosen:
            above.pop()
        above.append((chosen, min((above[-1][1] if above else level) + 1, 6)))
        return f"<h{above[-1][1]}"

    return mark_safe(HEADING.sub(placed, html))  # noqa: S308 what templates rendered, with other numbers


@register.filter
def names_below(html: str, address: str) -> SafeString:
    """Headings that can be linked to, with names that no other chapter on the same page has."""
    return mark_safe(NAMED.sub(rf"\g<0>{address}-", html))  # noqa: S308 what templates rendered; an address is a slug
