from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Samverka"

    def ready(self):
        from cms import events, redirects

        events.connect()
        redirects.connect()
