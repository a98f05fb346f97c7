"""What wagtail-localize offers and this portal does not: each of it would show one language at the address of the other."""

from django.contrib import messages
from django.forms import HiddenInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from wagtail.models import Page
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization, Translation
from wagtail_localize.views.update_translations import UpdateTranslationsView


def withdraw_tree_copying() -> None:
    """No locale is filled with copies of the pages of another."""
    LOCALE_COMPONENTS[:] = [component for component in LOCALE_COMPONENTS if component["model"] is not LocaleSynchronization]


def never_an_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """No page is turned into a copy of its original."""
    message = gettext("A page cannot be a copy of its original: readers would meet the other language without a word.")
    messages.error(request, message)
    return redirect("wagtailadmin_pages:edit", page_id)


class FetchChanges(UpdateTranslationsView):
    """The translator gets what has changed in the original. What readers see waits until it is translated."""

    def get_form(self):
        form = super().get_form()
        form.fields["publish_translations"].disabled = True  # so that what is posted does not count
        form.fields["publish_translations"].widget = HiddenInput()
        return form


def untranslated_strings(page: Page) -> int:
    """How many strings of a page under translation would be published in the language of the original."""
    translations = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    translation = translations.filter(target_locale=page.locale_id).first()
    if translation is None:
        return 0
    strings = translation.source.stringsegment_set.annotate_translation(translation.target_locale)
    return strings.filter(translation__isnull=True).count()


def refuse_untranslated(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Publishing waits until every string has its translation."""
    if request.method != "POST" or request.POST.get("action") != "publish" or not (missing := untranslated_strings(page)):
        return None
    message = ngettext(
        "One string is not translated yet. Translate it, and then publish.",
        "%(count)s strings are not translated yet. Translate them, and then publish.",
        missing,
    )
    messages.error(request, message % {"count": missing})
    return redirect(request.path)
