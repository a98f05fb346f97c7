"""The whole map of addresses, and the only place that knows everyone."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import health, sitemap, wellknown
from cms.api import urls as api_urls
from cms.api.errors import not_found
from cms.feeds import views as feeds
from cms.plugins import call_hooks
from cms.ranges import serve_document
from cms.readable import as_markdown
from cms.robots import robots_txt
from search import urls as search_urls

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:document_id>/<path:document_filename>", serve_document, name="wagtaildocs_serve"),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemap.part, name="sitemap-part"),
    path("robots.txt", robots_txt),
    path("llms.txt", wellknown.llms_txt),
    path(".well-known/security.txt", wellknown.security_txt),
    path("feeds/<slug:name>.<slug:form>", feeds.feed, name="feed"),
    path("api", not_found),
    path("api/", include(api_urls)),
    *i18n_patterns(
        path("", include(search_urls)),
        *call_hooks("register_site_urls"),
        path("<path:path>.md", as_markdown),
        path("<path:path>.ics", feeds.one),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler400 = "cms.translation.errors.bad_request"
handler403 = "cms.translation.errors.forbidden"
handler404 = "cms.translation.errors.not_found"
handler500 = "cms.translation.errors.server_error"
