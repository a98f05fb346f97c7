"""The views in which pages are written, as this portal has them."""

from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from cms.editing.checking import Checked


class Create(Checked, CreateView):
    """A new page."""


class Edit(Checked, EditView):
    """A page that is there. What the checks find is told anew whenever the draft has been saved."""

    partials_template_name = "editing/edit_partials.html"


class PortalPages(PageViewSet):
    """For all pages, those of plugins too; a viewset that a plugin registers for its own type goes before this."""

    add_view_class, edit_view_class = Create, Edit
