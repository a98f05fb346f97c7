"""What anybody may see, whoever asks: the one definition for search, API and sitemap."""

from collections.abc import Iterable
from functools import cache, reduce
from operator import or_
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    Expression,
    F,
    Field,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, Locale, Page

from cms import frame
from cms.kinds import has_path, kind_of, kinds
from cms.media import Consent, PortalDocument, PortalImage

AT_ONCE = 6


def public_pages(language: str | None = None) -> QuerySet[Page]:
    """Pages that are published, open to all, and of a type whose code is installed; in one language or in all."""
    pages = frame.current().remember("public pages", lambda: frame.public(Page.objects.filter(depth__gt=1)))
    return pages.filter(locale__in=Locale.objects.filter(language_code=language)) if language else pages.all()


def public_versions(keys: Iterable[UUID], language: str) -> dict[UUID, Page]:
    """By translation key the public version in a language of each page that has one, as its own type."""
    versions = public_pages(language).filter(translation_key__in=set(keys)).select_related("locale")
    return {page.translation_key: page for page in as_own_types(versions)}


def in_open_collections(media: QuerySet) -> QuerySet:
    here = Cast(OuterRef("collection__path"), CharField())
    closed = CollectionViewRestriction.objects.annotate(here=here).filter(here__startswith=F("collection__path"))
    return media.exclude(Exists(closed))


def public_images() -> QuerySet[PortalImage]:
    """Pictures in open collections whose people, if there are any, agree today: ``PortalImage.may_be_shown`` as a question."""
    agreed = Q(consent_until=None) | Q(consent_until__gte=timezone.localdate())
    refused = [Consent.MISSING, Consent.WITHDRAWN]
    return in_open_collections(PortalImage.objects.filter(agreed).exclude(consent_status__in=refused))


def public_documents() -> QuerySet[PortalDocument]:
    return in_open_collections(PortalDocument.objects.all())


def counted(querysets: dict[str, QuerySet]) -> dict[str, int]:
    """How many there are of each, in one query."""
    counts = [
        found.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values_list(Value(name, CharField()), "n")
        for name, found in querysets.items()
    ]
    rows = counts[0].union(*counts[1:], all=True).order_by() if counts else []
    return {**dict.fromkeys(querysets, 0), **dict(rows)}


def newest_of_each(among: QuerySet, language: str) -> list[dict]:
    """Of each kind of page, the newest (or what comes soonest) that is public in a language, ``AT_ONCE`` of them at most.

    ``among`` gives keys of pages. Two queries, however many kinds there are.
    """
    groups = {kind: kind.public(language).filter(pk__in=among) for kind in kinds().values() if kind.is_page}
    newest = reduce(or_, (Q(pk__in=kind.newest(found).values("pk")[:AT_ONCE]) for kind, found in groups.items()))
    pages = as_own_types(Page.objects.filter(newest).select_related("locale").order_by("pk"))
    pages.sort(key=lambda page: str(page.shown_date or ""), reverse=True)
    items = {kind: [page for page in pages if page.kind == kind] for kind in groups}
    return [
        {"kind": kind, "items": found[::-1] if kind.calendar else found, "full": len(found) == AT_ONCE}
        for kind, found in items.items()
        if found
    ]


def as_own_types(pages: Iterable[Page]) -> list[Page]:
    """Pages of any type, each as its own type with what a list shows of it: its summary, the date in its address, how it stands.

    One query, however many pages and types there are.
    """
    own = [own_type(page) for page in pages]
    by_type: dict[type[Page], list[int]] = {}
    for page in own:
        by_type.setdefault(type(page), []).append(page.pk)
    found = shown_in_lists(by_type)
    for page in own:
        vars(page).update(found.get(page.pk, {}))
    return own


def own_type(page: Page) -> Page:
    """A page as its own type, with what was fetched together with it: its locale, for instance."""
    own = page.specific_deferred
    own._state.fields_cache.update(page._state.fields_cache)
    return own


def shown_in_lists(by_type: dict[type[Page], list[int]]) -> dict[int, dict]:
    """Of each page the fields of its own type that a list shows, by primary key."""
    names: dict[int, tuple[str, ...]] = {}
    queries = []
    for model, keys in by_type.items():
        columns, listed = listed_of(model)
        if columns:
            names.update(dict.fromkeys(keys, columns))
            queries.append(listed.filter(pk__in=keys))
    rows = queries[0].union(*queries[1:], all=True) if queries else []
    return {pk: {name: value for name, value in zip(names[pk], values, strict=True) if name} for pk, *values in rows}


@cache
def listed_of(model: type[Page]) -> tuple[tuple[str, ...], QuerySet]:
    """The attributes that hold what a list asks of a type, and the question: made once, as that takes longer than the answer."""
    columns = listed_columns(model)
    return tuple(name for name, _value in columns), model.objects.order_by().values_list("pk", *(value for _name, value in columns))


def listed_columns(model: type[Page]) -> list[tuple[str, Expression | F]]:
    """What a list asks of a type, by the attribute that holds it: summary, the date in its address, how it stands, when it ends."""
    kind = kind_of(model)
    summary = kind.summary if kind else "lead"
    if not has_path(model, summary):
        return []
    date = kind.date if kind and kind.dated_addresses else ""
    is_moment = bool(date) and isinstance(model._meta.get_field(date), DateTimeField)
    ends = kind.calendar.ends if kind and kind.calendar else ""
    return [
        (summary, F(summary)),
        column("" if is_moment else date, DateField()),
        column(date if is_moment else "", DateTimeField()),
        column(kind.standing if kind else "", CharField()),
        column(ends, DateTimeField()),
    ]


def column(name: str, kind_of_value: Field) -> tuple[str, Expression | F]:
    """A field, or nothing in its place: what is asked of all types at once has the same columns for each."""
    return (name, F(name)) if name else ("", Cast(Value(None), kind_of_value))
