"""The views in which pages are written, as this portal has them."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.search.query import MATCH_ALL
from wagtail.search.utils import separate_filters_from_query

from cms import languages
from cms.demo.values import in_language
from cms.editing.checking import Checked
from cms.editing.drawings import drawn
from cms.editing.presets import Preset, presets_of
from search.backend import Typed

BLANK = "blank"
LIVE = {"yes": True, "true": True, "no": False, "false": False}  # what "live:" in the field may say


class Create(Checked, CreateView):
    """A new page: blank, or from a preset if its type has any. The preset is written in before the form, so it replaces nothing."""

    def get(self, request: HttpRequest) -> HttpResponse:
        chosen, offered = request.GET.get("preset"), presets_of(self.page_class)
        if offered and chosen != BLANK and chosen not in offered:
            return self.choose(list(offered.values()))
        if chosen in offered:
            offered[chosen].fill(self.page)
        return super().get(request)

    def choose(self, offered: list[Preset]) -> HttpResponse:
        language, reader = self.parent_page.locale.language_code, languages.active()
        context = {
            "parent_page": self.parent_page,
            "page_type": self.get_page_subtitle(),
            "language": language,
            "presets": [
                {
                    "preset": preset,
                    "name": in_language(preset.name, reader),
                    "when": in_language(preset.when, reader),
                    "headings": preset.headings(language),
                    "shapes": drawn(preset.fields),
                }
                for preset in offered
            ],
            "next": self.next_url,
        }
        return TemplateResponse(self.request, "editing/choose_preset.html", context)


class Edit(Checked, EditView):
    """A page that is there. What the checks find is told anew whenever the draft has been saved."""

    partials_template_name = "editing/edit_partials.html"


class Explorer(ExplorableIndexView):
    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return queryset.search(Typed(self.search_query), order_by_relevance=not self.is_explicitly_ordered)


class Search(SearchView):
    """Wagtail's looks at titles alone. Here a page is found as the site finds it, after those whose titles begin so."""

    verbose_name, verbose_name_plural = _("page"), _("pages")

    def get_queryset(self):
        filters, text = separate_filters_from_query(self.search_query)
        asked = Typed(text) if text.strip() else MATCH_ALL
        live = LIVE.get((filters.get("live") or filters.get("published") or "").lower())
        explorable = self.permission_policy.explorable_instances(self.request.user).values_list("pk", flat=True)
        pages = Page.objects.filter(pk__in=explorable, **{"live": live} if live is not None else {})
        self.all_pages = pages.search(asked)
        counts = self.all_pages.facet("content_type_id").items()
        self.content_types = [(ContentType.objects.get_for_id(pk), count) for pk, count in counts]
        if self.ordering:
            pages = pages.order_by(self.ordering)
        if self.selected_content_type:
            pages = pages.filter(content_type=self.selected_content_type)
        return self.annotate_queryset(pages).search(asked, order_by_relevance=not self.ordering)


class PortalPages(PageViewSet):
    """For all pages, those of plugins too; a viewset that a plugin registers for its own type goes before this."""

    add_view_class, edit_view_class, index_view_class, search_view_class = Create, Edit, Explorer, Search
