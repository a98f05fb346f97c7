"""What templates ask of the portal."""

import datetime
from collections.abc import Iterable
from itertools import accumulate

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import date as format_date
from django.templatetags.static import static
from django.urls import translate_url
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from wagtail.models import Page

from cms import frame, navigation
from cms.languages import NAMES, active, address_in
from cms.listing import BoundFacet, Option
from cms.media import PortalImage, PortalRendition
from cms.models import BasePage, PortalSettings
from cms.plugins import call_hooks
from cms.renditions import Blank, ready_as_avif, shown

register = template.Library()


# Navigation


@register.simple_tag(takes_context=True)
def portal_settings(context) -> PortalSettings:
    return navigation.portal_settings(context["request"])


@register.simple_tag(takes_context=True)
def menu(context) -> list[dict]:
    """The main menu, with the entry that the page is below marked as current."""
    here = getattr(context.get("page"), "path", "") or ""
    return [{**item, "current": here.startswith(item["path"])} for item in navigation.main_menu(context["request"])]


@register.simple_tag(takes_context=True)
def footer_menu(context) -> list[dict]:
    return navigation.footer_menu(context["request"])


@register.simple_tag(takes_context=True)
def footer_columns(context) -> list[dict]:
    return navigation.footer_columns(context["request"])


@register.simple_tag(takes_context=True)
def breadcrumbs(context, page: Page | None) -> list[dict]:
    return navigation.breadcrumbs(page, context["request"]) if page else []


@register.simple_tag(takes_context=True)
def address_of(context, item) -> str:
    """Where a page or a row is shown; what many rows share is then asked for once a request."""
    return item.get_url(context.get("request")) or ""


# The two languages


def alternates_of(context) -> dict[str, str]:
    """Addresses by language of what this request shows; the same for every tag of the page."""
    request: HttpRequest = context["request"]
    if not hasattr(request, "_alternates"):
        page = context.get("page")
        if isinstance(page, BasePage):
            request._alternates = page.alternates(request)
        elif request.resolver_match and request.resolver_match.url_name != "wagtail_serve":
            request._alternates = {code: translate_url(request.path, code) for code in NAMES}
        else:
            request._alternates = {}
    return request._alternates


@register.simple_tag(takes_context=True)
def language_links(context) -> list[dict]:
    """The other languages, with the query of this address; where there is no translation, the page that says so."""
    request, found = context["request"], alternates_of(context)
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return [
        {
            "language_code": code,
            "name": name,
            "url": (found.get(code) or unlisted_address(context, code)) + query,
        }
        for code, name in NAMES.items()
        if code != get_language()
    ]


def unlisted_address(context, code: str) -> str:
    """Of a page that not everybody may see, the other version, for who may see this one; else the page that says there is none."""
    request, page = context["request"], context.get("page")
    if not isinstance(page, BasePage) or frame.is_public(page):
        return address_in(code, request.path)
    is_let_in = all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
    other = page.get_translations().live().filter(locale__language_code=code).first() if is_let_in else None
    return (other and other.get_url(request)) or address_in(code, "/")


@register.simple_tag(takes_context=True)
def alternate_links(context) -> SafeString:
    """The canonical address and the address in each language, for search engines."""
    found = alternates_of(context)
    links = [("canonical", None, found[get_language()])] if get_language() in found else []
    if len(found) > 1:
        links += [("alternate", code, url) for code, url in found.items()]
        links.append(("alternate", "x-default", found.get(settings.LANGUAGE_CODE, next(iter(found.values())))))
    return format_html_join(
        "\n", '<link rel="{}"{} href="{}{}">', ((rel, hreflang(code), settings.BASE_URL, url) for rel, code, url in links)
    )


def hreflang(code: str | None) -> SafeString:
    return format_html(' hreflang="{}"', code) if code else SafeString("")


# Dates and numbers, as each language writes them


@register.filter
def day(value: datetime.date | datetime.datetime | None) -> str:
    """29 april 2024, 29 April 2024."""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value)
    return format_date(value, "j F Y").replace(" ", "\u00a0", 1) if value else ""


@register.filter
def in_a_sentence(language: str) -> str:
    """The name of a language: svenska in Swedish, Swedish in English."""
    return language if active() == "en" else language.lower()


@register.filter
def number(value: int | float | None) -> str:
    """2 340 in Swedish, 2,340 in English."""
    if isinstance(value, int) and 0 <= value < 1000:
        return str(value)
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    return "" if whole is None else number_format(whole, force_grouping=True)


@register.filter
def clock(value: datetime.time | datetime.datetime) -> str:
    """9 or 9.30 in Swedish, 9:30 in English."""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value)
    if get_language() == "en":
        return f"{value.hour}:{value.minute:02d}"
    return f"{value.hour}.{value.minute:02d}" if value.minute else str(value.hour)


@register.simple_tag
def time_range(start: datetime.datetime, end: datetime.datetime | None = None) -> str:
    """kl. 9–10, kl. 13.00–15.30; 13:00–15:30."""
    times = [time for time in (start, end) if time]
    local = [timezone.localtime(time) for time in times]
    shown = [clock(time) for time in local]
    if get_language() != "en" and any(time.minute for time in local):
        shown = [f"{time.hour}.{time.minute:02d}" for time in local]
    return ("" if get_language() == "en" else "kl.\u00a0") + "–".join(shown)


GROUPS = {5: (3, 2), 6: (2, 2, 2), 7: (3, 2, 2), 8: (3, 3, 2)}  # how the digits after the area code are set apart


@register.filter
def phone(value: str) -> str:
    """+46105550100 as 010-555 01 00 in Swedish and +46 10 555 01 00 in English."""
    if not value.startswith("+46"):
        return value
    area, rest = split_area(value[3:])
    sizes = GROUPS.get(len(rest), (len(rest),))
    ends = list(accumulate(sizes))
    tail = "\u00a0".join(rest[end - size : end] for size, end in zip(sizes, ends, strict=True))
    return f"+46\u00a0{area}\u00a0{tail}" if get_language() == "en" else f"0{area}-{tail}"


def split_area(digits: str) -> tuple[str, str]:
    """A Swedish number without its first zero, as area code and the rest: 8 is Stockholm, a few pairs have two figures."""
    if digits.startswith("8"):
        return digits[:1], digits[1:]
    two = digits[:2] in {
        "10",
        "11",
        "13",
        "16",
        "18",
        "19",
        "20",
        "21",
        "23",
        "26",
        "31",
        "33",
        "35",
        "36",
        "40",
        "42",
        "44",
        "46",
        "54",
        "60",
        "63",
        "70",
        "72",
        "73",
        "76",
        "77",
        "79",
        "90",
    }
    length = 2 if two else 3
    return digits[:length], digits[length:]


@register.simple_tag
def reading_time(minutes: int) -> str:
    words = ngettext("%(count)s minute’s reading", "%(count)s minutes’ reading", minutes) % {"count": minutes}
    return words.replace(" ", "\xa0", 1)  # the number stays with its unit


# Pictures and icons


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing beside words, hidden from screen readers."""
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("cms/icons.svg"), name)


@register.simple_tag
def rendition_of(image: PortalImage, spec: str) -> PortalRendition | Blank:
    """The address and the size of a picture, where it is no element of its own."""
    return shown(image, spec)


@register.simple_tag
def picture(image: PortalImage | None, spec: str, alt: str | None = None, eager: bool = False) -> SafeString | str:
    """A picture with its text in the page's language; nothing if those shown have not agreed."""
    if image is None or not image.may_be_shown:
        return ""
    rendition = shown(image, spec)
    loading = format_html('fetchpriority="{}"', "high") if eager else format_html('loading="{}" decoding="{}"', "lazy", "async")
    plain = format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" {}>',
        rendition.url,
        image.alt if alt is None or alt == "" else alt,
        rendition.width,
        rendition.height,
        loading,
    )
    better = ", ".join(f"{made.url} {made.width}w" for made in ready_as_avif(image, spec))
    if not better:
        return plain
    sizes = "100vw" if eager else "auto, 100vw"
    return format_html('<picture><source type="image/avif" sizes="{}" srcset="{}">{}</picture>', sizes, better, plain)


# Lists

OPTION = '<label><input type="{}" name="{}" value="{}"{}><span>{}</span><span>{}</span></label>'


@register.simple_tag
def options(facet: BoundFacet, some: Iterable[Option]) -> SafeString:
    """Values of a facet to choose from: not in a template, as a page has a hundred of them and that takes twice as long."""
    kind = "radio" if facet.kind == "single" else "checkbox"
    rows = ((kind, facet.name, each.value, state(each), capfirst(each.label), number(each.count)) for each in some)
    return format_html_join("\n", OPTION, rows)


def state(option: Option) -> SafeString:
    return SafeString(" checked" if option.selected else "" if option.count else " disabled")


# Plugins


@register.simple_tag(takes_context=True)
def slot(context, name: str) -> SafeString:
    """What plugins put in a named place of a page."""
    components = call_hooks("register_slot_components", name, context)
    return format_html_join("", "{}", ((component.render_html(context),) for component in components))
