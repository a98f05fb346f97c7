"""How a page looks where others link to it."""

from django import template
from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from cms import frame, navigation
from cms.media import PortalImage, PortalRendition
from cms.models import BasePage
from cms.renditions import SHARED, format_of, shown
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


def shared_picture(page, request) -> dict | None:
    """That of the page, else the site's own."""
    own = page.hero_image_id if isinstance(page, BasePage) and frame.is_public(page) else None
    wanted = filter(None, (own, navigation.portal_settings(request).social_image_id))
    return next(filter(None, map(as_shared, wanted)), None)


def as_shared(key: int) -> dict | None:
    """A picture as a shared link shows it. The frame knows all that are made, so that it costs no question."""
    made = frame.current().remember("shared pictures", made_pictures)
    if key not in made:
        made[key] = make(key)
    rendition = made[key]
    if rendition is None or not rendition.image.may_be_shown:
        return None
    url = settings.BASE_URL + rendition.url
    return {"url": url, "width": rendition.width, "height": rendition.height, "alt": rendition.image.alt}


def made_pictures() -> dict[int, PortalRendition | None]:
    made = PortalRendition.objects.filter(filter_spec=format_of(SHARED)).select_related("image")
    return {rendition.image_id: rendition for rendition in made}


def make(key: int) -> PortalRendition | None:
    """One that the worker has not come to yet."""
    image = PortalImage.objects.filter(pk=key).first()
    rendition = shown(image, SHARED) if image and image.may_be_shown else None
    if not isinstance(rendition, PortalRendition):
        return None
    rendition.image = image
    return rendition
