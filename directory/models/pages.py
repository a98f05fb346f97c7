"""The directory's page: entrances, lists and profiles."""

from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.fields import StreamField
from cms.models import BasePage


class DirectoryPage(RoutablePageMixin, BasePage):
    """Where one finds somebody to ask: organisations, people, and what they know about."""

    body = StreamField(BodyBlock, verbose_name=_("content"), blank=True)

    content_panels = [*BasePage.content_panels, "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("body")]

    parent_page_types = ["home.HomePage"]
    page_description = _("The entrance to organisations and people. One in each language is enough.")

    class Meta:
        verbose_name, verbose_name_plural = _("directory"), _("directories")
