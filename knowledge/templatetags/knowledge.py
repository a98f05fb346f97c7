"""What the templates of guides, method cards and news ask."""

import re

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from cms.models import BasePage
from cms.templatetags.portal import breadcrumbs
from knowledge.chapters import ChapterPlace

register = template.Library()

HEADING = re.compile(r'<(/?)h([2-5])\b( id=")?')


@register.simple_tag(takes_context=True)
def crumbs_through(context, page: BasePage) -> list[dict]:
    """The pages above and the page itself, for something that lies below it."""
    return [*breadcrumbs(context, page), {"title": page.title, "url": page.get_url(context["request"])}]


@register.simple_tag(takes_context=True)
def crumbs_to_month(context, page: BasePage) -> list[dict]:
    """The pages above a news item, and the archive of its month."""
    return [*breadcrumbs(context, page), {"title": month(page.date), "url": context["month_url"]}]


@register.filter
def month(day) -> str:
    """april 2024, April 2024."""
    return date_format(day, "F Y")


@register.filter
def below_chapter(html: str, chapter: ChapterPlace) -> SafeString:
    """A chapter as part of a page: its headings one level down, and their names its own."""

    def deeper(match: re.Match) -> str:
        name = f'{match[3]}{chapter.address}-' if match[3] else ""
        return f"<{match[1]}h{int(match[2]) + 1}{name}"

    return mark_safe(HEADING.sub(deeper, html))
