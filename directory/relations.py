"""Which pages name a row of the directory, or another page. A relation shows on both ends, also one that a plugin brings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import CharField, F, Field, Manager, Model, Q, Value
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.functional import Promise
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from cms.kinds import has_path, kinds
from cms.public import as_own_types, public_pages
from cms.vocabulary.models import Steward


@dataclass(frozen=True)
class Mention:
    """A page, and what it has to do with the organisation, the person or the page that it names."""

    page: Model
    role: str = ""


def pages_naming(named: Model, language: str) -> list[Mention]:
    """Public pages that name a row, as author, participant or organiser, or a page in whichever language: by a field or in a row.

    Three queries, however many kinds of pages and of rows there are.
    """
    ways = list(ways_to(named))
    key = "translation_key" if isinstance(named, Page) else "pk"
    queries = [
        way.relation.related_model.objects.filter(**{f"{way.relation.field.name}__{key}": getattr(named, key)})
        .order_by()
        .values_list(way.page, Cast(F("role") if way.has_role else Value(""), CharField()), Value(number))
        for number, way in enumerate(ways)
    ]
    if not ways:
        return []
    roles = list(queries[0].union(*queries[1:], all=True).order_by())
    found = public_pages(language).filter(pk__in={page for page, *_ in roles}).select_related("locale")
    pages = {page.pk: page for page in as_own_types(found)}
    return newest_first([Mention(pages[page], ways[number].role(role)) for page, role, number in roles if page in pages])


def public_organisations(rows: Manager, request: HttpRequest) -> list[Model]:
    """Of a page's rows, those with an organisation that everybody may see, each with the address of its profile."""
    found = [row for row in rows.select_related("organisation__sector") if row.organisation.is_public]
    for row in found:
        row.url = row.organisation.get_url(request)
    return found


@dataclass(frozen=True)
class Way:
    """One way in which pages name something. ``page`` leads from what holds the relation to the page's key."""

    relation: ForeignObjectRel
    page: str

    @property
    def has_role(self) -> bool:
        return self.page != "pk" and has_path(self.relation.related_model, "role")

    def role(self, value: str) -> str | Promise:
        """What a row calls the part that is played in the page; a page's own field is called by its name."""
        if self.page == "pk":
            return self.relation.field.verbose_name
        return dict(self.relation.related_model._meta.get_field("role").flatchoices).get(value, "") if self.has_role else ""


def ways_to(named: Model) -> Iterator[Way]:
    """The relations to its own type, but for those to parts of itself."""
    for relation in named._meta.related_objects:
        if relation.model is not type(named) or relation.one_to_one:
            continue
        link = relation.related_model
        page = next((field.name for field in link._meta.fields if is_page_key(field)), None)
        if issubclass(link, Page):
            yield Way(relation, "pk")
        elif page and page != relation.field.name:
            yield Way(relation, page)


def is_page_key(field) -> bool:
    return isinstance(field, ParentalKey) and issubclass(field.related_model, Page) and field.related_model is not Page


def pages_with_contact(person: Model, language: str) -> list[Mention]:
    """Pages of any kind whose readers turn to a role that the person has: as the contact, as the convenor. Two queries."""
    ways = {kind.cls: field for kind in kinds().values() if kind.is_page and (field := contact_field(kind.cls))}
    own = (Q(pk__in=model.objects.filter(**{f"{field.name}__person": person}).values("pk")) for model, field in ways.items())
    found = as_own_types(public_pages(language).filter(reduce(or_, own, Q(pk__in=[]))).select_related("locale"))
    roles = {model: "" if field.name == "contact" else field.verbose_name for model, field in ways.items()}
    return newest_first([Mention(page, roles[type(page)]) for page in found])


def contact_field(model: type[Model]) -> Field | None:
    """The role that readers of a type of page turn to. Its content owner answers for the text alone."""
    return next((f for f in model._meta.concrete_fields if f.related_model is Steward and f.name != "content_owner"), None)


def newest_first(mentions: Iterable[Mention]) -> list[Mention]:
    """Each page once, with all the parts that are played in it."""
    roles: dict[int, dict[str, None]] = {}
    pages = {}
    for mention in mentions:
        pages[mention.page.pk] = mention.page
        roles.setdefault(mention.page.pk, {})[str(mention.role)] = None
    once = [Mention(page, ", ".join(filter(None, roles[pk]))) for pk, page in pages.items()]
    return sorted(once, key=lambda mention: f"{day_of(mention.page):%Y-%m-%d}" if day_of(mention.page) else "", reverse=True)


def day_of(page: Model):
    """The date that stands in a page's address, or else when it was first published."""
    return page.shown_date if page.kind and page.kind.dated_addresses else page.first_published_at
