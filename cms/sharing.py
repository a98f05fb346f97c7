"""The picture that stands for a page where others show it: beside a shared link, in a feed, in a search engine."""

from django.conf import settings

from cms import frame, navigation
from cms.media import PortalImage, PortalRendition
from cms.models import BasePage
from cms.renditions import SHARED, format_of, shown


def shared_picture(page, request) -> dict | None:
    """That of the page, else the site's own."""
    own = page.hero_image_id if isinstance(page, BasePage) and frame.is_public(page) else None
    wanted = filter(None, (own, navigation.portal_settings(request).social_image_id))
    return next(filter(None, map(as_shared, wanted)), None)


def as_shared(key: int | None, wait: bool = True) -> dict | None:
    """A picture as a shared link shows it, with its address and size."""
    rendition = rendition_to_share(key, wait)
    if rendition is None:
        return None
    url = settings.BASE_URL + rendition.url
    return {"url": url, "width": rendition.width, "height": rendition.height, "alt": rendition.image.alt}


def rendition_to_share(key: int | None, wait: bool = True) -> PortalRendition | None:
    """The picture in that size, if it may be shown. The frame knows all that are made, so that it costs no question.

    One that is not made yet is made now, unless nobody should ``wait`` for it.
    """
    made = frame.current().remember("shared pictures", made_pictures)
    if key and wait and key not in made:
        made[key] = make(key)
    rendition = made.get(key)
    return rendition if rendition and rendition.image.may_be_shown else None


def size_of(rendition: PortalRendition) -> int:
    """Bytes; 0 if the file is gone."""
    try:
        return rendition.file.size
    except OSError:
        return 0


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
