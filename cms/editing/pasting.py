"""Bodies in the editor that know how to take what is pasted from other programs: see ``paste.js``."""

from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter

from cms.blocks import BodyBlock


class BodyAdapter(StreamBlockAdapter):
    js_constructor = "samverka.Body"


register(BodyAdapter(), BodyBlock)
