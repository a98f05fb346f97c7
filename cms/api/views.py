"""Wagtail's stable read API: the same for everybody, signed in or not. Bad input is answered with 400, never with an error."""

from functools import cached_property, wraps
from http import HTTPStatus
from types import SimpleNamespace

from django.core.exceptions import FieldError, ValidationError
from django.db import DataError, models
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from rest_framework.renderers import JSONRenderer
from taggit.managers import TaggableManager
from wagtail.api.v2 import filters
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, Site

from cms.api.errors import NOTHING
from cms.api.references import Answer
from cms.api.serializers import (
    PublicDocumentSerializer,
    PublicImageSerializer,
    PublicPageSerializer,
    RowSerializer,
    gathered,
    joined,
)
from cms.kinds import together_with
from cms.languages import language_of_path, path_in_site
from cms.public import as_own_types, public_documents, public_images, public_pages

MOST_OFFSET, LONGEST_FIELDS, DEEPEST_FIELDS = 10_000, 2_000, 5
ONE_ITEM = {"fields", "rich_text_format", "format", "_"}
OPERATORS = (None, "and", "or")
OF_PAGES_ALONE = {"search", "search_operator"}
IMAGE_FILE = "max-1600x1600|format-webp"


def or_400(method):
    """What a field or the database refuses is the caller's mistake."""

    @wraps(method)
    def answered(*args, **kwargs):
        try:
            return method(*args, **kwargs)
        except (ValueError, TypeError, OverflowError, ValidationError, FieldError, DataError, Http404) as error:
            raise BadRequestError("a parameter has a value that it cannot have") from error

    return answered


class Pagination(WagtailPagination):
    def paginate_queryset(self, queryset, request, view=None):
        found = super().paginate_queryset(queryset, request, view)
        if int(request.GET.get("offset", 0)) > MOST_OFFSET:
            raise BadRequestError(f"offset cannot be higher than {MOST_OFFSET}")
        return found


class FieldsFilter(filters.FieldsFilter):
    """A value outside a field's choices is a mistake, not a list of nothing."""

    def filter_queryset(self, request, queryset, view):
        if request.GET.get("format") == JSONRenderer.format:
            request = SimpleNamespace(GET={name: value for name, value in request.GET.items() if name != "format"})
        for name in set(request.GET) & set(view.get_available_fields(queryset.model, db_fields_only=True)):
            field = queryset.model._meta.get_field(name)
            if getattr(field, "choices", None) and request.GET[name] not in {str(value) for value, _ in field.flatchoices}:
                raise BadRequestError(f"'{request.GET[name]}' is not a valid value for {name}")
        return super().filter_queryset(request, queryset, view)


class OrderingFilter(filters.OrderingFilter):
    """By fields of the item's own: ordered by its tags, an item would come once for each."""

    def filter_queryset(self, request, queryset, view):
        if "tags" in request.GET.get("order", "").replace("-", "").split(","):
            raise BadRequestError("cannot order by 'tags'")
        return super().filter_queryset(request, queryset, view)


class SearchFilter(filters.SearchFilter):
    """By the portal's own search, the best first unless another order is asked for."""

    def filter_queryset(self, request, queryset, view):
        if request.GET.get("search_operator") not in OPERATORS:
            raise BadRequestError("search_operator must be 'and' or 'or'")
        return super().filter_queryset(request, queryset, view)


class PublicAPI:
    """What all endpoints share."""

    authentication_classes: list = []
    permission_classes: list = []
    renderer_classes = [JSONRenderer]
    pagination_class = Pagination
    filter_backends: list = [FieldsFilter, OrderingFilter]

    def handle_exception(self, exc):
        """Django would say that there is no page like that in the language of the address, which is always Swedish."""
        return super().handle_exception(Http404(NOTHING) if isinstance(exc, Http404) else exc)

    def perform_content_negotiation(self, request, force=False):
        """Every answer is JSON. ``format`` may ask for that, or be a field of what is listed: where an event takes place."""
        if not force and "format" in self.get_available_fields(self.get_queryset().model, db_fields_only=True):
            return JSONRenderer(), JSONRenderer.media_type
        return super().perform_content_negotiation(request, force)

    @classmethod
    def get_available_fields(cls, model, db_fields_only=False):
        names = super().get_available_fields(model, db_fields_only)
        return [name for name in names if can_be_asked_for(model, name)] if db_fields_only else names

    def get_serializer_class(self):
        """Also bounds what ``fields`` may ask for: Wagtail reads it recursively."""
        asked, depth, deepest = self.request.GET.get("fields", ""), 0, 0
        for sign in asked:
            depth += (sign == "(") - (sign == ")")
            deepest = max(deepest, depth)
        if len(asked) > LONGEST_FIELDS or deepest > DEEPEST_FIELDS:
            raise BadRequestError("fields asks for too much")
        return super().get_serializer_class()

    @or_400
    def filter_queryset(self, queryset):
        return super().filter_queryset(queryset)

    def paginate_queryset(self, queryset):
        """The items of one page, with everything that is shown of them."""
        shown = self.get_serializer_class()
        page = or_400(super().paginate_queryset)(queryset)
        if isinstance(page, models.QuerySet):
            page = together_with(page, joined(shown))
        elif page.query_compiler:  # what was found; not if nothing was asked for
            page.query_compiler.queryset = together_with(page.query_compiler.queryset, joined(shown))
        items = list(page)
        prefetch_related_objects(items, *gathered(shown))
        return items

    def listing_view(self, request):
        if self.resolve_rich_text_format() not in ("db_html", "html"):
            raise BadRequestError("a list gives rich text as db_html or html only")
        return super().listing_view(request)

    def detail_view(self, request, pk):
        if unknown := set(request.GET) - ONE_ITEM:
            raise BadRequestError(f"query parameter is not an operation: {', '.join(sorted(unknown))}")
        prefetch_related_objects([self.get_object()], *gathered(self.get_serializer_class()))
        return super().detail_view(request, pk)

    @or_400
    def find_object(self, queryset, request):
        return super().find_object(queryset, request)

    def finalize_response(self, request, response, *args, **kwargs):
        if response.status_code == HTTPStatus.OK:
            response.data = Answer(response.data, self.resolve_rich_text_format()).data
        return super().finalize_response(request, response, *args, **kwargs)


def can_be_asked_for(model: type[models.Model], name: str) -> bool:
    """Whether a list may be filtered and ordered by a field: a column with a plain value, or tags."""
    field = model._meta.get_field(name)
    return isinstance(field, TaggableManager) or (
        field.concrete and name != "alias_of" and not isinstance(field, models.JSONField) and not hasattr(field, "stream_block")
    )


class Rows(PublicAPI, BaseAPIViewSet):
    """Rows without an address of their own, such as topics: only shown inside others."""

    base_serializer_class = RowSerializer

    @classmethod
    def get_nested_default_fields(cls, model):
        """Whoever reads a page wants its topics by name: what a row says of itself comes along, its own relations do not."""
        own = {field.name for field in model._meta.concrete_fields if not field.is_relation}
        return [*super().get_nested_default_fields(model), *(name for name in cls.get_body_fields_names(model) if name in own)]


class Pages(PublicAPI, PagesAPIViewSet):
    base_serializer_class = PublicPageSerializer
    filter_backends = [
        FieldsFilter,
        filters.ChildOfFilter,
        filters.AncestorOfFilter,
        filters.DescendantOfFilter,
        OrderingFilter,
        filters.TranslationOfFilter,
        filters.LocaleFilter,
        SearchFilter,  # last, since what it finds cannot be narrowed
    ]
    known_query_parameters = PagesAPIViewSet.known_query_parameters - {"site"}
    meta_fields = [*PagesAPIViewSet.meta_fields, "kind"]

    @cached_property
    def public(self):
        return public_pages()

    def get_base_queryset(self):
        return self.public

    def get_root_page(self):
        return Site.find_for_request(self.request).root_page

    def paginate_queryset(self, queryset):
        items = super().paginate_queryset(queryset)
        return as_own_types(items) if any(type(item) is Page for item in items) else items

    def find_object(self, queryset, request):
        """By the path that a visitor sees, in either language."""
        if "html_path" not in request.GET:
            return super().find_object(queryset, request)
        asked = f"/{request.GET['html_path'].strip('/')}/"
        root = self.get_root_page().get_translations(inclusive=True).filter(locale__language_code=language_of_path(asked)).first()
        try:
            page = root and root.specific.route(request, path_in_site(asked).strip("/").split("/"))[0]
        except Http404:
            return None
        return queryset.filter(pk=page.pk).first() if page else None


class Images(PublicAPI, ImagesAPIViewSet):
    base_serializer_class = PublicImageSerializer
    known_query_parameters = ImagesAPIViewSet.known_query_parameters - OF_PAGES_ALONE
    body_fields = [*ImagesAPIViewSet.body_fields, "alt_sv", "alt_en", "credit"]

    def get_queryset(self):
        return public_images().order_by("id")

    def file_view(self, request, pk):
        try:
            return redirect(self.get_object().get_rendition(IMAGE_FILE).url)
        except SourceImageIOError as error:
            raise Http404("the picture's file is missing") from error

    @classmethod
    def get_urlpatterns(cls):
        return [*super().get_urlpatterns(), path("<int:pk>/file/", cls.as_view({"get": "file_view"}), name="file")]


class Documents(PublicAPI, DocumentsAPIViewSet):
    base_serializer_class = PublicDocumentSerializer
    known_query_parameters = DocumentsAPIViewSet.known_query_parameters - OF_PAGES_ALONE
    own_fields = ["language", "summary_sv", "summary_en", "accessible", "alternative_sv", "alternative_en"]
    body_fields = [*DocumentsAPIViewSet.body_fields, *own_fields]

    def get_queryset(self):
        return public_documents().order_by("id")


class Router(WagtailAPIRouter):
    """Rows without an endpoint are written by our serializer too."""

    def get_model_endpoint(self, model):
        return super().get_model_endpoint(model) or ("", Rows)

    def get_object_detail_urlpath(self, model, pk):
        return super().get_object_detail_urlpath(model, pk) if super().get_model_endpoint(model) else None


api = Router("wagtailapi")
api.register_endpoint("pages", Pages)
api.register_endpoint("images", Images)
api.register_endpoint("documents", Documents)
