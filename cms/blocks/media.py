"""What one looks at."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.groups import MEDIA
from cms.blocks.samples import one, some


class Picture(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)
    alt = blocks.CharBlock(
        label=_("Alternative text here"),
        max_length=250,
        required=False,
        help_text=_("Only if the picture means something else here than its own text says."),
    )
    size = blocks.ChoiceBlock(
        label=_("Size"), choices=[("normal", _("As wide as the text")), ("wide", _("Wide"))], default="normal"
    )

    class Meta:
        label, icon, group = _("Picture"), "image", MEDIA
        description = _("A picture with its caption and credit.")
        template = "blocks/image.html"
        preview_value = staticmethod(
            lambda: {"image": one("cms.PortalImage"), "caption": gettext("Where land meets sea."), "alt": "", "size": "normal"}
        )


class GalleryItem(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        label, icon = _("Picture"), "image"


class Gallery(blocks.StructBlock):
    images = blocks.ListBlock(GalleryItem(), label=_("Pictures"), min_num=2, max_num=24)

    class Meta:
        label, icon, group = _("Picture gallery"), "image", MEDIA
        description = _("Two to twenty-four pictures that belong together.")
        template = "blocks/gallery.html"
        preview_value = staticmethod(lambda: {"images": [{"image": image, "caption": ""} for image in some("cms.PortalImage", 2)]})
