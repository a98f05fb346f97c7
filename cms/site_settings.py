"""What an administrator decides for the whole site."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.blocks.contact import LinkTarget
from cms.fields import StreamField
from cms.identifiers import PhoneField, check_org_number
from cms.vocabulary.bilingual import Bilingual


class HeaderMenu(blocks.StreamBlock):
    page = blocks.PageChooserBlock(label=_("Page"))


class FooterLink(LinkTarget):
    """A page by its own title, or by a shorter text; or an address on another site."""

    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Address on another site"), required=False)
    text_sv = blocks.CharBlock(label=_("Text in Swedish"), max_length=80, required=False)
    text_en = blocks.CharBlock(label=_("Text in English"), max_length=80, required=False)

    def clean(self, value):
        cleaned = super().clean(value)
        missing = [name for name in ("text_sv", "text_en") if cleaned.get("url") and not cleaned.get(name)]
        if missing:
            message = ValidationError(_("A link to another site needs a text in both languages."))
            raise blocks.StructBlockValidationError(block_errors=dict.fromkeys(missing, message))
        return cleaned

    class Meta:
        label, icon = _("Link"), "link"


class FooterColumn(blocks.StructBlock):
    heading_sv = blocks.CharBlock(label=_("Heading in Swedish"), max_length=60)
    heading_en = blocks.CharBlock(label=_("Heading in English"), max_length=60)
    links = blocks.ListBlock(FooterLink(), label=_("Links"), min_num=1, max_num=12)

    class Meta:
        label, icon = _("Column"), "list-ul"


class FooterColumns(blocks.StreamBlock):
    column = FooterColumn()

    class Meta:
        max_num = 3


@register_setting(icon="cog")
class PortalSettings(Bilingual, BaseSiteSetting):
    """The site's name and menus, who answers for it and how they are reached."""

    name_sv = models.CharField(_("name in Swedish"), max_length=100, default="Samverka")
    name_en = models.CharField(_("name in English"), max_length=100, default="Samverka")
    notice_sv = models.CharField(_("notice above the header, in Swedish"), max_length=200, blank=True)
    notice_en = models.CharField(_("notice above the header, in English"), max_length=200, blank=True)
    social_image = models.ForeignKey(
        "cms.PortalImage",
        verbose_name=_("picture when shared"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown beside a link to a page that has no picture of its own. At least 1200 × 630 pixels."),
    )
    editors_guide = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("guide for editors"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Linked from the admin’s first page and its help menu, to each in their language."),
    )

    header_menu = StreamField(HeaderMenu, verbose_name=_("pages in the header"), blank=True)
    footer_sv = models.TextField(_("footer text in Swedish"), blank=True)
    footer_en = models.TextField(_("footer text in English"), blank=True)
    footer_columns = StreamField(FooterColumns, verbose_name=_("columns in the footer"), blank=True)
    footer_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page about the site"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The pages below it are shown in the footer if there are no columns."),
    )

    authority_sv = models.CharField(_("name in Swedish"), max_length=150, blank=True)
    authority_en = models.CharField(_("name in English"), max_length=150, blank=True)
    org_number = models.CharField(_("organisation number"), max_length=11, blank=True, validators=[check_org_number])
    contact_email = models.EmailField(
        _("mailbox"), blank=True, help_text=_("A shared mailbox, not that of one person. Shown in the footer.")
    )
    contact_phone = PhoneField(_("telephone"), blank=True)
    registrar_email = models.EmailField(
        _("registrar’s mailbox"), blank=True, help_text=_("For what must be registered. Shown in the footer.")
    )
    security_email = models.EmailField(
        _("mailbox for security"),
        blank=True,
        help_text=_(
            "For reports of security holes. Published in security.txt; if empty, the site’s mailbox is published there instead."
        ),
    )
    response_days = models.PositiveSmallIntegerField(
        _("working days until an answer"),
        default=5,
        help_text=_("Visitors are told this when they write to you. With 0, nothing is said."),
    )

    sender_name = models.CharField(_("sender"), max_length=100, blank=True, help_text=_("If empty, the site’s name."))
    sender_email = models.EmailField(
        _("sender’s address"),
        blank=True,
        help_text=_("If empty, the address that the server is set up with is used. Ask whoever runs the server first."),
    )
    accessibility_standard = models.CharField(
        _("accessibility standard"),
        max_length=100,
        default="EN 301 549 V3.2.1",
        help_text=_("The version of the European standard that the accessibility statement refers to."),
    )

    site_panels = [
        FieldRowPanel(["name_sv", "name_en"]),
        FieldRowPanel(["notice_sv", "notice_en"]),
        FieldPanel("social_image"),
        FieldPanel("editors_guide"),
    ]
    menu_panels = [
        HelpPanel(_("Choose a page in either language: visitors get it in theirs. A page that has no such version is left out.")),
        MultiFieldPanel(
            ["header_menu"],
            heading=_("Header"),
            help_text=_("In this order. If you choose none, it is the pages below the front page that are shown in menus."),
        ),
        MultiFieldPanel([FieldRowPanel(["footer_sv", "footer_en"]), "footer_columns", "footer_page"], heading=_("Footer")),
    ]
    contact_panels = [
        MultiFieldPanel([FieldRowPanel(["authority_sv", "authority_en"]), "org_number"], heading=_("Who answers for the site")),
        MultiFieldPanel(
            [FieldRowPanel(["contact_email", "contact_phone"]), "registrar_email", "security_email", "response_days"], _("Contact")
        ),
        "accessibility_standard",
    ]
    mail_panels = [
        HelpPanel(_("Who mail from the portal comes from, a new password for instance.")),
        FieldRowPanel(["sender_name", "sender_email"]),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(site_panels, heading=_("The site")),
            ObjectList(menu_panels, heading=_("Header and footer")),
            ObjectList(contact_panels, heading=_("Contact and responsibility")),
            ObjectList(mail_panels, heading=_("Mail")),
        ]
    )

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

    @property
    def authority(self) -> str:
        return self.in_language("authority")

    @property
    def sender(self) -> str:
        """What stands as From in a mail; empty if the server's own address shall."""
        return f'"{self.sender_name or self.name}" <{self.sender_email}>' if self.sender_email else ""
