from django.apps import AppConfig
from django.core import checks


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Samverka"

    def ready(self):
        from cms import calendar_entries, deploy, events, redirects

        checks.register(deploy.check_address, checks.Tags.security)
        checks.register(deploy.check_search_url, checks.Tags.security)
        events.connect()
        calendar_entries.connect()
        redirects.connect()
