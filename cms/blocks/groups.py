"""What the blocks of a body are sorted by in the editor, and which marks a text of theirs may have."""

from django.utils.translation import gettext_lazy as _

TEXT, MEDIA, FACTS, CONTACT = _("Text"), _("Media"), _("Facts"), _("Contact and links")
MARKS = ["lang-sv", "lang-en"]  # words that are in the other language
RICH = ["bold", "italic", "link", "document-link", "ol", "ul", "note", *MARKS]
PLAIN = ["bold", "italic", "link", *MARKS]
