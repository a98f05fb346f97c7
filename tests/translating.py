"""What an editor and a translator do in the stock editor of wagtail-localize, request by request."""

from urllib.parse import urlencode

from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from tests.scratch import locale


def submit(client, original: Page, subtree: bool = False) -> None:
    address = reverse("wagtail_localize:submit_page_translation", args=[original.pk])
    response = client.post(address, {"locales": [locale("en").pk], **({"include_subtree": "on"} if subtree else {})})
    assert response.status_code == 302, response.content.decode()[:2000]


def english(original: Page) -> Page:
    return type(original).objects.get(translation_key=original.translation_key, locale=locale("en"))


def translation_of(original: Page) -> Translation:
    return Translation.objects.get(source__object_id=original.translation_key, target_locale=locale("en"))


def translate(client, original: Page, words: dict[str, str] | None = None, leave: int = 0) -> int:
    """Fill in every string as the editor's script does: the given words, else the Swedish ones with EN before."""
    record = translation_of(original)
    segments = list(StringSegment.objects.filter(source=record.source).select_related("string").order_by("order"))
    for segment in segments[: len(segments) - leave]:
        value = (words or {}).get(segment.string.data, f"EN {segment.string.data}")
        address = reverse("wagtail_localize:edit_string_translation", args=[record.pk, segment.pk])
        response = client.put(address, urlencode({"value": value}), content_type="application/x-www-form-urlencoded")
        assert response.status_code in (200, 201), response.content
    return len(segments)


def press_publish(client, original: Page, capture) -> None:
    with capture(execute=True):
        response = client.post(reverse("wagtailadmin_pages:edit", args=[english(original).pk]), {"action": "publish"})
    assert response.status_code == 302
