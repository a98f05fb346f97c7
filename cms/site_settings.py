"""What an administrator decides for the whole site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.vocabulary.bilingual import Bilingual


@register_setting(icon="cog")
class PortalSettings(Bilingual, BaseSiteSetting):
    """The site's name and what stands in its header and footer."""

    name_sv = models.CharField(_("name in Swedish"), max_length=100, default="Samverka")
    name_en = models.CharField(_("name in English"), max_length=100, default="Samverka")
    footer_sv = models.TextField(_("footer text in Swedish"), blank=True)
    footer_en = models.TextField(_("footer text in English"), blank=True)
    notice_sv = models.CharField(_("notice above the header, in Swedish"), max_length=200, blank=True)
    notice_en = models.CharField(_("notice above the header, in English"), max_length=200, blank=True)
    footer_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page about the site"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The pages below it stand in the footer."),
    )

    panels = [
        FieldRowPanel(["name_sv", "name_en"]),
        FieldRowPanel(["footer_sv", "footer_en"]),
        FieldRowPanel(["notice_sv", "notice_en"]),
        FieldPanel("footer_page"),
    ]

    class Meta:
        verbose_name = _("portal")

    @property
    def name(self) -> str:
        return self.in_language("name")

    @property
    def footer_text(self) -> str:
        return self.in_language("footer")

    @property
    def demo_notice(self) -> str:
        return self.in_language("notice")
