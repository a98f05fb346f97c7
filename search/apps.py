from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from cms.events import recorded
        from search.sync import on_recorded

        recorded.connect(on_recorded, dispatch_uid="samverka-search")
