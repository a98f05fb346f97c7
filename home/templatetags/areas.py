from django import template
from django.utils.translation import get_language

from cms.kinds import Kind
from cms.vocabulary.models import FocusArea
from home import models

register = template.Library()


@register.simple_tag
def area_entrances() -> list[dict]:
    """The areas of operation in their order, with the addresses of their pages in the language of the request."""
    return models.area_entrances(get_language() or "")


@register.simple_tag
def area_url(area: FocusArea) -> str:
    """The page of an area; empty where the language of the request has none."""
    return next((entrance["url"] for entrance in area_entrances() if entrance["area"] == area), "")


@register.simple_tag(takes_context=True)
def entrances(context) -> list[dict]:
    """The kinds that one may begin with, in the language of the request."""
    return models.entrances(get_language() or "", context["request"])


@register.simple_tag(takes_context=True)
def all_about(context, kind: Kind, subject: str, code: str) -> str:
    """Where all of a kind about a subject are listed; empty where its list cannot be narrowed so, or there is none."""
    lists = models.list_addresses(get_language() or "", context["request"])
    narrowed = lists.get(kind.name) and any(facet.name == subject for facet in kind.facets)
    return f"{lists[kind.name]}?{subject}={code}" if narrowed else ""
