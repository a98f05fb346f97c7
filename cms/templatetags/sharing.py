"""How a page looks where others link to it."""

from django import template
from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from cms import navigation
from cms.sharing import shared_picture
from cms.templatetags.portal import alternates_of

register = template.Library()

LOCALES = {"sv": "sv_SE", "en": "en_GB"}


@register.tag
def capture(parser, token):
    """``{% capture name %}...{% endcapture %}``: keeps what is between, to be said more than once; a block may stand there."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(["endcapture"])
    parser.delete_first_token()
    return Capture(nodelist, name)


class Capture(template.Node):
    def __init__(self, nodelist, name: str):
        self.nodelist, self.name = nodelist, name

    def render(self, context) -> str:
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 what a template has written
        return ""


@register.inclusion_tag("includes/open_graph.html", takes_context=True)
def open_graph(context, title: str, description: str) -> dict:
    """Title, text, languages and picture, for services that show a link as a card."""
    request, found, language = context["request"], alternates_of(context), get_language() or ""
    return {
        "title": title,
        "description": description,
        "site_name": navigation.portal_settings(request).name,
        "type": "article" if getattr(context.get("page"), "kind", None) else "website",
        "address": settings.BASE_URL + found[language] if language in found else "",
        "locale": LOCALES.get(language),
        "other_locales": [LOCALES[code] for code in found if code != language and code in LOCALES],
        "picture": shared_picture(context.get("page"), request),
    }
