"""Which language a request is in, and where the same thing is in the other one."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext_lazy as _

CODES = [code for code, _ in settings.LANGUAGES]
NAMES = dict(settings.LANGUAGES)
CHOICES = [("sv", _("Swedish")), ("en", _("English"))]
STAFF_PATHS = ("/admin/",)


def active() -> str:
    """The reader's language; Swedish where none is active."""
    return (translation.get_language() or "sv")[:2]


def language_of_path(path: str) -> str:
    """Swedish has no prefix."""
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE


def path_in_site(path: str) -> str:
    """A public path without the prefix of its language and without the first slash: "en/about-us/" becomes "about-us/"."""
    with translation.override(language_of_path(path)):
        return path.removeprefix(reverse("wagtail_serve", args=[""]))


def address_in(language: str, path: str) -> str:
    """The address in a language where the honest page of a missing translation answers; the front page if no page can lie there."""
    with translation.override(language):
        try:
            return reverse("wagtail_serve", args=[path_in_site(path)])
        except NoReverseMatch:
            return reverse("wagtail_serve", args=[""])


class LanguageMiddleware(MiddlewareMixin):
    """Public addresses decide their language alone, so they never vary; staff are met in the language of their choice.

    Django's own middleware lets Swedish pages vary by Accept-Language although they never do, which spoils every cache.
    """

    cookie = settings.LANGUAGE_COOKIE_NAME

    def process_request(self, request: HttpRequest) -> None:
        language = language_of_path(request.path_info)
        if request.path_info.startswith(STAFF_PATHS):
            language = self.chosen(request) or translation.get_language_from_request(request)
        self.speak(language, request)

    def process_view(self, request: HttpRequest, *view) -> None:
        """By now it is known who asks; Wagtail heeds the account's language within its views only, not when it refuses one."""
        if request.path_info.startswith(STAFF_PATHS):
            profile = getattr(request.user, "wagtail_userprofile", None)
            if profile and profile.preferred_language in CODES:
                self.speak(profile.preferred_language, request)

    def speak(self, language: str, request: HttpRequest) -> None:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()

    def chosen(self, request: HttpRequest) -> str | None:
        """What the link on the sign-in page says."""
        wanted = request.GET.get("language")
        return wanted if wanted in CODES else None

    def process_response(self, request: HttpRequest, response):
        if request.path_info.startswith(STAFF_PATHS):
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
            if chosen := self.chosen(request):
                response.set_cookie(self.cookie, chosen, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
