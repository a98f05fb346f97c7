"""How a page looks where others link to it."""

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import get_language

from cms import frame, navigation
from cms.media import PortalImage
from cms.models import BasePage
from cms.renditions import SHARED, Blank, shown
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
        context[self.name] = self.nodelist.render(context).strip()
        return ""


@register.inclusion_tag("includes/open_graph.html", takes_context=True)
def open_graph(context, title: str, description: str) -> dict:
    """Title, text, languages and picture, for services that show a link as a card."""
    request, found, language = context["request"], alternates_of(context), get_language() or ""
    return {
        "title": title,
        "description": strip_tags(description),
        "site_name": navigation.portal_settings(request).name,
        "type": "article" if getattr(context.get("page"), "kind", None) else "website",
        "address": settings.BASE_URL + found[language] if language in found else "",
        "locale": LOCALES.get(language),
        "other_locales": [LOCALES[code] for code in found if code != language and code in LOCALES],
        "picture": shared_picture(context.get("page"), request),
    }


def shared_picture(page, request) -> dict | None:
    """That of the page if the page shows it, else the site's own: both are at hand, so that it costs no question."""
    own = page.hero_image if isinstance(page, BasePage) and page.shows_hero and frame.is_public(page) else None
    if found := as_shared(own):
        return found
    portal, today = navigation.portal_settings(request), timezone.localdate()
    key = ("shared picture", portal.pk, get_language(), today)
    return frame.current().remember(key, lambda: as_shared(portal.social_image))


def as_shared(image: PortalImage | None) -> dict | None:
    if image is None or not image.may_be_shown:
        return None
    rendition = shown(image, SHARED)
    if isinstance(rendition, Blank):
        return None
    return {"url": settings.BASE_URL + rendition.url, "width": rendition.width, "height": rendition.height, "alt": image.alt}
