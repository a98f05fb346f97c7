from django import template
from django.utils.translation import get_language

from cms import frame
from home import models

register = template.Library()


@register.simple_tag
def area_entrances() -> list[dict]:
    """The areas of operation in their order, with the addresses of their pages in the language of the request."""
    language = get_language() or ""
    return frame.current().remember(("areas", language), lambda: models.area_entrances(language))
