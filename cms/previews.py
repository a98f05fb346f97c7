"""A page looked at before it is published: as visitors see it, in either language, on paper, and where others link to it."""

from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.addresses import AddressedPage
from cms.kinds import Label

IN_LANGUAGE = {"sv": _("In Swedish"), "en": _("In English")}


class PreviewedPage(AddressedPage):
    """``reading_modes`` are the ways to read a page of a type on the site; the first is what an editor sees beside the form."""

    reading_modes: list[tuple[str, Label]] = [("", _("As visitors see it"))]

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, Label]]:
        other = self.in_other_language
        other_mode = [("other", IN_LANGUAGE[other.locale.language_code])] if other else []
        return [*self.reading_modes, *other_mode, ("print", _("On paper")), ("share", _("As a shared link"))]

    @cached_property
    def in_other_language(self) -> Page | None:
        return self.get_translations().select_related("locale").first() if self.translation_key else None

    def make_preview_request(
        self, original_request: HttpRequest | None = None, preview_mode: str | None = None, extra_request_attrs: dict | None = None
    ) -> HttpResponse:
        extra: dict[str, Any] = {**(extra_request_attrs or {}), "on_paper": preview_mode == "print"}
        if preview_mode == "other" and (other := self.version_for(original_request)):
            return other.make_preview_request(original_request, other.default_preview_mode, extra)
        if preview_mode == "share":
            reader, (live, self.live) = translation.get_language(), (self.live, True)  # as it will be once it is published
            shown = super().make_preview_request(original_request, self.default_preview_mode, extra)
            self.live = live
            if shown.status_code != HttpResponse.status_code:
                return shown
            with translation.override(reader):
                return render(original_request, "editing/shared_link.html", shared_link(shown))
        return super().make_preview_request(original_request, preview_mode, extra)

    def version_for(self, request: HttpRequest | None) -> Page | None:
        """The page in the other language: its draft for whoever may edit it, else what is public."""
        other = self.in_other_language
        if other and request and other.permissions_for_user(request.user).can_edit():
            return other.get_latest_revision_as_object()
        return other.specific if other and other.live else None


def shared_link(shown: HttpResponse) -> dict[str, Any]:
    """What a page tells those who show a link to it, read from the page itself."""
    html = BeautifulSoup(shown.content, "html.parser")
    told = {tag["property"].removeprefix("og:"): tag["content"] for tag in html.select("meta[property^='og:']")}
    return {
        "language": shown.headers["Content-Language"],
        "title": told.get("title", ""),
        "description": told.get("description", ""),
        "site": told.get("site_name", ""),
        "host": settings.HOST,
        "picture": told.get("image", "").removeprefix(settings.BASE_URL),
        "alt": told.get("image:alt", ""),
    }
