"""A picture says something, also to those who cannot see it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.blocks import StructValue
from wagtail.models import Page

from cms.media import PortalImage

from .findings import Finding, Severity
from .places import Place, places
from .words import EMPTY_ALTS, FILE_NAME, SMALL_WORDS

OTHER = {"sv": "en", "en": "sv"}


def picture_text(page: Page) -> Iterator[Finding]:
    """Each picture has words in the page's language that are more than its name, and those shown on it have agreed."""
    written_here, language = "", page.language
    for place in places(page):
        if isinstance(place.value, StructValue):
            written_here = place.value.get("alt") or ""
        elif isinstance(place.value, PortalImage):
            yield from judged(place, written_here if place.block else "", language, page.title)


def judged(place: Place, written_here: str, language: str, page_title: str) -> Iterator[Finding]:
    image: PortalImage = place.value
    if not image.may_be_shown:
        yield not_agreed(place)
    alt = written_here or getattr(image, f"alt_{language}")
    if image.is_decorative and not written_here:
        return
    if not alt.strip():
        yield missing(place, language)
    elif place.kind != "portrait" and (what := fault(alt, language, [page_title, image.title])):
        yield Finding(
            "alt-text",
            Severity.WARNING,
            what=what,
            why=_("Those who cannot see the picture hear this text instead, and learn nothing."),
            how=_("Say in a sentence what it shows and why it is here. If it is only decoration, mark the picture as that."),
            address="" if written_here else form_of(image),
            **place.where,
        )


def fault(alt: str, language: str, titles: list[str]) -> str:
    """What is wrong with the text of a picture, if anything."""
    plain, words = alt.strip().lower().rstrip("."), alt.lower().replace(",", " ").replace(".", " ").split()
    if plain in EMPTY_ALTS or FILE_NAME.fullmatch(plain):
        return _("The text of a picture is “%(alt)s”, which says nothing about it.") % {"alt": alt}
    if plain in [title.lower() for title in titles]:
        return _("The text of a picture, “%(alt)s”, only repeats a title.") % {"alt": alt}
    if len(words) < 3:
        return _("The text of a picture, “%(alt)s”, is too short to say what it shows.") % {"alt": alt}
    own, other = (len(SMALL_WORDS[code] & set(words)) for code in (language, OTHER[language]))
    if other > own + 1:
        return _("The text of a picture, “%(alt)s”, seems to be in the other language.") % {"alt": alt}
    return ""


def missing(place: Place, language: str) -> Finding:
    what = {
        "sv": _("The picture “%(title)s” has no alternative text in Swedish."),
        "en": _("The picture “%(title)s” has no alternative text in English."),
    }
    return Finding(
        "alt-missing",
        Severity.HINDRANCE,
        what=what[language] % {"title": place.value.title},
        why=_("Those who cannot see the picture are not told what it shows."),
        how=_("Describe it in the picture’s own form, or mark it there as decoration. In a body you may write a text beside it."),
        address=form_of(place.value),
        **place.where,
    )


def not_agreed(place: Place) -> Finding:
    return Finding(
        "picture-consent",
        Severity.WARNING,
        what=_("The picture “%(title)s” is not shown: consent is missing or has run out.") % {"title": place.value.title},
        why=_("Those who are seen in a picture decide whether it may be public."),
        how=_("Ask them and note their answer in the form of the picture, or choose another one."),
        address=form_of(place.value),
        **place.where,
    )


def form_of(image: PortalImage) -> str:
    return reverse("wagtailimages:edit", args=[image.pk])
