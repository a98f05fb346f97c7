"""What is written inside files."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models import PortalDocument


class FileText(models.Model):
    """The text of a document's file, page by page; or why there is none. ``name`` is the file that was read."""

    PROBLEMS = [
        ("encrypted", _("it has a password")),
        ("damaged", _("it is damaged, or not what its name says")),
        ("large", _("it is larger than 20 MB")),
        ("slow", _("it takes too long to read")),
        ("empty", _("there is no text in it, only pictures perhaps")),
    ]

    document = models.OneToOneField(PortalDocument, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    pages = models.JSONField(default=list)
    problem = models.CharField(max_length=10, blank=True, choices=PROBLEMS)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name
