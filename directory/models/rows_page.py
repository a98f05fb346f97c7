"""A page that shows rows, each at an address of its own in each language: the directory, the glossary."""

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page

from cms import frame
from cms.models import BasePage


class PageOfRows(RoutablePageMixin, BasePage):
    """``request.below`` is what follows the page's address in each language when a row, or a list of rows, is shown."""

    shown_with, page_type = (), "CollectionPage"
    one_in_each_language = True

    class Meta:
        abstract = True

    def path_below(self, translation: BasePage, request: HttpRequest) -> str | None:
        return getattr(request, "below", {}).get(translation.locale.language_code, "")

    def public_translations(self) -> list[Page]:
        """The same for all rows, so they are asked once."""
        return frame.current().remember(("translations", self.pk), lambda: [*super(PageOfRows, self).public_translations()])

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """What lies below shows nothing of this page, so nothing that its body points to is fetched."""
        if hasattr(request, "below"):
            return Page.get_context(self, request, *args, **kwargs)
        return super().get_context(request, *args, **kwargs)

    def to_right_address(self, request: HttpRequest, below: dict[str, str]) -> HttpResponsePermanentRedirect | None:
        """Keeps where in each language what is shown lies; the way there if it was asked for at another address."""
        request.below = below
        address = self.get_url(request) + below[self.language]
        if request.path == address:
            return None
        query = request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

    def row_at(self, rows: QuerySet, slug: str) -> Model:
        """The row with a slug in this language, or else in the other one."""
        row = rows.filter(**{f"slug_{self.language}": slug}).first() or rows.filter(Q(slug_sv=slug) | Q(slug_en=slug)).first()
        if row is None:
            raise Http404
        return row
