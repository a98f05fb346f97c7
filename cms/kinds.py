"""The registry of kinds of content: what the rest of the portal needs to know about each.

A kind is a public, stable name for a type of content. Front page, lists, navigation, search, API, feeds and sitemap read
the registry; none of them names a page type.
"""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.facets import Facet, field_at

Label = str | Promise
MENTIONED_IN = _("Mentioned in")


def _in_active_language(sv: str, en: str) -> str:
    return en if get_language() == "en" else sv


bilingual = lazy(_in_active_language, str)
"""A label in both languages, for a plugin too small for a catalogue of its own: ``bilingual("Poddar", "Podcasts")``."""


@dataclass(frozen=True)
class Order:
    """One way to sort a list; text is sorted as the visitor's language does."""

    name: str
    label: Label
    fields: tuple[str, ...]
    by_name: bool = False


class Calendar(NamedTuple):
    """The fields that say when something of a kind begins, when it is over, and whether it takes whole days.

    For calendars that visitors keep elsewhere, also what a model calls its place in words, that it is cancelled, and what to
    say of it if that is more than its summary.
    """

    starts: str
    ends: str
    all_day: str
    place: str = ""
    cancelled: str = ""
    text: str = ""

    def days(self, item: Model) -> tuple[datetime.date, datetime.date]:
        """The first and the last day; what ends at midnight takes nothing of the day that begins then."""
        here, starts = timezone.get_default_timezone(), getattr(item, self.starts)
        ends = getattr(item, self.ends) or starts
        return timezone.localdate(starts, here), timezone.localdate(max(starts, ends - datetime.timedelta(microseconds=1)), here)

    def said(self, item: Model, name: str) -> Any:
        """What an item says of its place, its text or whether it is cancelled; nothing where its kind does not say."""
        return getattr(item, getattr(self, name), "") if getattr(self, name) else ""


@dataclass(frozen=True)
class Kind:
    """One kind of content.

    ``model`` is a page, or a row whose manager has ``public()`` and which has ``title`` and ``get_url(request)``.
    ``name`` stands in addresses and answers of the API for ever. ``on_front_page`` is how many the front page shows, and
    ``entrance`` whether its list is among the ways in there. ``mention`` is what a page that is used or linked to by one of this
    kind says of it: "Used in the guide"; None where it shows that in another way. ``mentions`` are fields
    in which it says something else: "Comes from the project". ``shown_apart`` are fields that are no such use.
    ``dated_addresses`` is what of the date stands in an address, as for ``strftime``. ``standing`` is the field that says whether
    it is cancelled, for instance. ``stylesheet`` is what its lists need.
    ``card_template`` shows one on a card to be printed and cut out; a kind without it is not printed so.
    """

    name: str
    model: str
    label: Label
    label_one: Label
    facets: tuple[Facet, ...] = ()
    orders: tuple[Order, ...] = ()
    date: str = "first_published_at"
    dated_addresses: str = ""
    summary: str = "lead"
    image: str = "hero_image"
    calendar: Calendar | None = None
    standing: str = ""
    schema_org: str = "Article"
    mention: Label | None = MENTIONED_IN
    mentions: tuple[tuple[str, Label], ...] = ()
    shown_apart: tuple[str, ...] = ()
    on_front_page: int = 3
    entrance: bool = True
    item_template: str = "includes/item.html"
    entry_template: str = "includes/entry.html"
    front_template: str = "home/newest.html"
    card_template: str = ""
    stylesheet: str = ""
    icon: str = "doc-full"
    related: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()

    @property
    def cls(self) -> type[Model]:
        return apps.get_model(self.model)

    @property
    def is_page(self) -> bool:
        return hasattr(self.cls, "url_path")

    def public(self, language: str) -> QuerySet:
        """All of this kind that anybody may see in a language; rows are in both."""
        if not self.is_page:
            return self.cls.objects.public()
        return self.cls.objects.live().public().filter(locale__language_code=language)

    @property
    def date_parts(self) -> int:
        """How many parts of an address are its date."""
        return len(self.dated_addresses.split("/")) if self.dated_addresses else 0

    def not_over(self, items: QuerySet) -> QuerySet:
        """Of what has its time, what goes on now or is still to come; of any other kind, everything."""
        return items.filter(**{f"{self.calendar.ends}__gte": timezone.now()}) if self.calendar else items

    def newest(self, items: QuerySet) -> QuerySet:
        """What a visitor should meet first: what comes soonest, or what is newest."""
        if self.calendar:
            return self.not_over(items).order_by(self.calendar.starts, "pk")
        return items.order_by(f"-{self.date}", "pk")

    def latest(self, items: QuerySet) -> QuerySet:
        """What was made known last comes first: for whoever follows a kind. What has its time is made known before that."""
        names = dict.fromkeys(["first_published_at"] if self.calendar else [self.date, "first_published_at"])
        known = [name for name in names if has_path(self.cls, name)]
        return items.order_by(*(F(name).desc(nulls_last=True) for name in known), "-pk")

    def made_known(self, item: Model) -> datetime.datetime | None:
        """When something was made known; of what is dated by the day, at the clock of its publication if it was the same day."""
        first = getattr(item, "first_published_at", None)
        dated = first if self.calendar else getattr(item, self.date)
        if dated is None or isinstance(dated, datetime.datetime):
            return dated
        here = timezone.get_default_timezone()
        if first and timezone.localdate(first, here) == dated:
            return first
        return datetime.datetime.combine(dated, datetime.time(), here)

    def for_list(self, queryset: QuerySet) -> QuerySet:
        """With everything that one line of a list shows, at a cost that does not grow with the list."""
        return together_with(queryset, self.related).prefetch_related(*self.prefetched)


def together_with(queryset: QuerySet, names: Iterable[str]) -> QuerySet:
    """With what some of its relations lead to, which may be none: Django takes no names for all of them."""
    found = [*names]
    return queryset.select_related(*found) if found else queryset


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name, in the order of installation."""
    return {kind.name: kind for config in apps.get_app_configs() for kind in getattr(config, "kinds", ())}


def kind_choices() -> list[tuple[str, Label]]:
    """The kinds that are pages, for whoever chooses among them."""
    return [(kind.name, kind.label) for kind in kinds().values() if kind.is_page]


def kind_of(model: type[Model] | Model) -> Kind | None:
    """The kind that a model, or an instance of it, belongs to."""
    label = model._meta.label
    return next((kind for kind in kinds().values() if kind.model == label), None)


def lasting_id(item: Model, language: str) -> uuid.UUID:
    """What a reader of feeds or a calendar knows something by in a language, whatever becomes of its title, time and address."""
    if key := getattr(item, "translation_key", None):
        return uuid.uuid5(key, language)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.BASE_URL}/{item._meta.label_lower}/{item.pk}/{language}")


def missing_fields(kind: Kind) -> list[str]:
    """Paths that a kind names and its model lacks."""
    names = [kind.date, kind.standing, *(facet.path for facet in kind.facets), *kind.related, *(kind.calendar or ())[:3]]
    return [name for name in names if name and not has_path(kind.cls, name)]


def has_path(model: type[Model], path: str) -> bool:
    try:
        field_at(model, path)
    except FieldDoesNotExist:
        return False
    return True


@checks.register("samverka")
def check_kinds(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """Two kinds of one name, a model that is not there, a field that is not there."""
    errors, seen = [], {}
    for config in apps.get_app_configs():
        for kind in getattr(config, "kinds", ()):
            if kind.name in seen:
                errors.append(
                    checks.Error(f"The kind {kind.name!r} is in both {seen[kind.name]} and {config.name}.", id="samverka.E001")
                )
            seen[kind.name] = config.name
            try:
                errors += [
                    checks.Error(
                        f"{kind.model} has no field {name!r}, which the kind {kind.name!r} of {config.name} names.",
                        id="samverka.E002",
                    )
                    for name in missing_fields(kind)
                ]
            except LookupError:
                errors.append(checks.Error(f"{config.name} names the model {kind.model}, which is not there.", id="samverka.E003"))
    return errors
