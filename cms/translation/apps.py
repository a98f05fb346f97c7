from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "cms.translation"
    verbose_name = _("Translation")

    def ready(self):
        from cms.translation import privacy, stock

        privacy.connect()
        stock.withdraw_tree_copying()
