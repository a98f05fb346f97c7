"""Which pages name an organisation or a person. A relation shows on both ends, also one that a plugin brings."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from cms import frame
from cms.kinds import has_path, kinds


@dataclass(frozen=True)
class Mention:
    """A page, and what the organisation or the person has to do with it."""

    page: Model
    role: str = ""


def public_pages(language: str) -> QuerySet:
    return frame.public(Page.objects.filter(locale__language_code=language)).values("pk")


def pages_naming(row: Model, language: str) -> list[Mention]:
    """Pages that name a row of the directory in one of their own rows: as author, as participant, as organiser."""
    found, public = [], public_pages(language)
    for relation in row._meta.related_objects:
        link = relation.related_model
        page = next((field.name for field in link._meta.fields if is_page_key(field)), None)
        if page:
            named = link.objects.filter(**{relation.field.name: row, f"{page}__in": public}).select_related(f"{page}__locale")
            found += [Mention(getattr(entry, page), role_of(entry)) for entry in named]
    return newest_first(found)


def is_page_key(field) -> bool:
    return isinstance(field, ParentalKey) and issubclass(field.related_model, Page) and field.related_model is not Page


def role_of(link: Model) -> str:
    return getattr(link, "get_role_display", str)()


def pages_with_contact(person: Model, language: str) -> list[Mention]:
    """Pages of any kind whose contact is a role that the person has."""
    found, public = [], public_pages(language)
    for kind in kinds().values():
        if kind.is_page and has_path(kind.cls, "contact__person"):
            pages = kind.cls.objects.filter(contact__person=person, pk__in=public).select_related("locale")
            found += [Mention(page) for page in pages]
    return newest_first(found)


def newest_first(mentions: list[Mention]) -> list[Mention]:
    """Each page once."""
    once = {mention.page.pk: mention for mention in mentions}
    return sorted(
        once.values(),
        key=lambda mention: f"{mention.page.shown_date:%Y-%m-%d}" if mention.page.shown_date else "",
        reverse=True,
    )
