from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.plugins import PortalPlugin


class KnowledgeConfig(PortalPlugin):
    name = "knowledge"
    verbose_name = _("Knowledge")

    @cached_property
    def kinds(self):
        """Each module of models says what its own kind is; the package puts them in order."""
        return self.models_module.KINDS
