"""Bodies in the editor that know how to take what is pasted from other programs: see ``paste.js``."""

from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter

from cms.blocks import BodyBlock


class BodyAdapter(StreamBlockAdapter):
    js_constructor = "samverka.Body"


register(BodyAdapter(), BodyBlock)


def words() -> SafeString:
    """What an editor is told about what was not pasted."""
    lost = {
        "pictures": _("Pictures are not pasted. Upload them, with alternative texts, and choose them in a picture block."),
        "films": _("Films and sound are not pasted. Use a film block."),
        "comments": _("Comments are not pasted."),
        "links": _("Links that only work on your computer or in the other program have become text."),
        "shape": _("Headings and tables have become plain text here. To keep them, paste into an empty text block of the page."),
    }
    return json_script(lost, "paste-words")
