"""The views in which pages are written, as this portal has them."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from cms import languages
from cms.demo.values import in_language
from cms.editing.checking import Checked
from cms.editing.drawings import drawn
from cms.editing.presets import Preset, presets_of

BLANK = "blank"


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


class PortalPages(PageViewSet):
    """For all pages, those of plugins too; a viewset that a plugin registers for its own type goes before this."""

    add_view_class, edit_view_class = Create, Edit
