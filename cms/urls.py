"""The whole map of addresses, and the only place that knows everyone."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.plugins import call_hooks

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *i18n_patterns(
        *call_hooks("register_site_urls"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler400 = "cms.translation.errors.bad_request"
handler403 = "cms.translation.errors.forbidden"
handler404 = "cms.translation.errors.not_found"
handler500 = "cms.translation.errors.server_error"
