"""The part of an address that is a page's own: plain letters, in the page's own language."""

from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail_localize.models import Translation

SWEDISH = str.maketrans({"å": "a", "ä": "a", "ö": "o", "Å": "a", "Ä": "a", "Ö": "o", "ø": "o", "æ": "ae", "ß": "ss"})
FRONT_PAGE_DEPTH = 2


def plain_slug(text: str) -> str:
    """An address part in a-z, 0-9 and hyphens."""
    return slugify(text.translate(SWEDISH).replace("_", "-"))[:255]


def own_slug(page: Page) -> str:
    """The slug a page is to be saved with: its own, or one of its title while it only has that of the page it translates.

    The first publication freezes it.
    """
    if page.first_published_at or page.depth <= FRONT_PAGE_DEPTH or not (slug := plain_slug(page.title)):
        return page.slug
    if f"{slug}-".startswith(f"{page.slug}-") or not (is_being_translated(page) or has_foreign_slug(page)):
        return page.slug  # what its own title begins with is its own
    return find_available_slug(page.get_parent(), slug, ignore_page_id=page.pk)


def is_being_translated(page: Page) -> bool:
    translations = Translation.objects.filter(enabled=True, target_locale=page.locale_id)
    return translations.filter(source__object_id=page.translation_key).exists()


def has_foreign_slug(page: Page) -> bool:
    """Whether a page came into being as a copy of the other language, and was given a title but no slug since then."""
    other = Page.objects.filter(translation_key=page.translation_key, slug=page.slug)
    return other.exclude(locale=page.locale_id).exclude(title=page.title).exists()
