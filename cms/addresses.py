"""Where a page lies: its own address, those of its parts and of its translations, and how a request finds it."""

import datetime
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.functional import classproperty
from wagtail.models import Page, PageViewRestriction, Site

from cms import frame
from cms.events import record
from cms.kinds import Kind, kind_of
from cms.slugs import own_slug, plain_slug


class AddressedPage(Page):
    """A page with an address of plain letters, dated if its kind is, at a cost that does not grow with the tree."""

    class Meta:
        abstract = True

    def full_clean(self, *args, **kwargs):
        """Addresses are of plain letters, also for titles with å, ä and ö."""
        self.slug = self.slug_from(self.slug or self.title)
        super().full_clean(*args, **kwargs)

    @staticmethod
    def slug_from(text: str) -> str:
        return plain_slug(text)

    def save(self, *args, **kwargs):
        if kwargs.get("update_fields") is None:
            self.slug = own_slug(self)
        return super().save(*args, **kwargs)

    @property
    def kind(self) -> Kind | None:
        return kind_of(type(self))

    @property
    def shown_date(self) -> datetime.date | datetime.datetime | None:
        """By Swedish clocks."""
        kind = kind_of(type(self))
        date = getattr(self, kind.date if kind else "first_published_at")
        return timezone.localtime(date, timezone.get_default_timezone()) if isinstance(date, datetime.datetime) else date

    def _update_descendant_url_paths(self, old_url_path: str, new_url_path: str) -> None:
        """Wagtail's own, in SQL; the outbox hears of every page whose address it changes."""
        super()._update_descendant_url_paths(old_url_path, new_url_path)
        record(self.get_descendants().select_related("locale"))

    def _get_site_root_paths(self, cache_object=None, **kwargs):
        return frame.current().remember("root paths", Site.get_site_root_paths)

    def route(self, request: HttpRequest, path_components: list[str]):
        if path_components and hasattr(request, "page_chain"):
            below = request.page_chain.get(f"{self.url_path}{path_components[0]}/")
            if below is None:
                raise Http404
            return frame.descend(below, path_components[1:], request)
        return super().route(request, path_components)

    @classproperty
    def routes_itself(cls) -> bool:
        """Whether a type looks at the rest of an address before its children do."""
        return cls.route is not AddressedPage.route

    def get_view_restrictions(self):
        now = frame.current()
        if now.aliases:
            return super().get_view_restrictions()
        found = [restriction.pk for restriction in now.restrictions if self.path.startswith(restriction.page.path)]
        return PageViewRestriction.objects.filter(pk__in=found) if found else PageViewRestriction.objects.none()

    def get_url_parts(self, request: HttpRequest | None = None):
        """Kinds with their date in the address lie under it: /nyheter/2024/04/29/<slug>/."""
        parts = super().get_url_parts(request)
        written = self.kind.dated_addresses if self.kind else ""
        day = self.shown_date if parts and written else None
        if not day:
            return parts
        site_id, root_url, address = parts
        above = address.rstrip("/").rpartition("/")[0]
        return site_id, root_url, f"{above}/{day:{written}}/{self.slug}/"

    def serve(self, request: HttpRequest, *args, **kwargs):
        """An item reached without its date, or under a date it no longer has, is shown at its right address."""
        if self.kind and self.kind.dated_addresses and request.path != (address := self.get_url(request)):
            return HttpResponsePermanentRedirect(address)
        return super().serve(request, *args, **kwargs)

    known_translations: list[Page] | None = None  # when it is shown: found together with what it points to

    def public_translations(self) -> Iterable[Page]:
        """The version that was written first comes first: the others are its translations."""
        if self.known_translations is not None:
            return self.known_translations
        versions = type(self).objects.filter(translation_key=self.translation_key)
        return versions.live().public().select_related("locale").order_by("pk")

    def alternates(self, request: HttpRequest) -> dict[str, str]:
        """The addresses of what this request shows, by language code, this page's own among them, the original's first."""
        found = {}
        for page in self.public_translations():
            below = self.path_below(page, request)
            if below is not None:
                found[page.locale.language_code] = page.get_url(request) + below
        return found

    def path_below(self, translation: "AddressedPage", request: HttpRequest) -> str | None:
        """What follows a translation's address to show the same part of it; None where it has no such part."""
        return ""

    def parts_below(self) -> dict[str, str]:
        """The parts with addresses of their own: what follows the page's address, by a key that is the same in every language."""
        return {}
