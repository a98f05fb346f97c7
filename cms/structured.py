"""What a page is about in the words of schema.org, for machines that read along: search engines, assistants, catalogues.

The page, what it describes, the way to it as visitors see it, and on a front page who stands behind the site. What a kind knows of
its own it says in ``structured_data``.
"""

import html
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue

from cms import navigation
from cms.kinds import Kind, kind_of
from cms.languages import active
from cms.listing import Listing
from cms.models import BasePage
from cms.sharing import as_shared

Node = dict[str, Any]
NO_WORKS = {"DefinedTerm", "Event", "ItemList", "Organization", "Person", "Project"}  # the rest is somebody's work
WHOLE_SITE, PUBLISHER = "#website", "#organization"
PIXELS = "E37"  # as the United Nations count them
UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def as_script(nodes: list[Node]) -> SafeString:
    """Data, not a program: no browser runs it, and nothing in it can end it."""
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    script = '<script type="application/ld+json">{}</script>'
    return format_html(script, mark_safe(text.translate(UNSAFE)))  # noqa: S308 no sign of HTML is left in it


def graph(context: Mapping[str, Any], addresses: dict[str, str]) -> list[Node]:
    """What a template shows, at its addresses by language, the original's first."""
    page, request = context.get("page"), context["request"]
    address = settings.BASE_URL + addresses[active()]
    shown = page_node(context, address, addresses)
    subject = context.get("described") or page
    thing = entity(subject, context, address) if subject else None
    listed = item_list(context["listing"], address, request) if not thing and context.get("listing") else None
    nodes = [node for node in (thing, listed) if node]
    if nodes:
        shown["mainEntity"] = {"@id": nodes[0]["@id"]}
    if way := getattr(request, "shown_way", None):
        nodes.append(breadcrumbs(way, address))
        shown["breadcrumb"] = {"@id": nodes[-1]["@id"]}
    if isinstance(page, BasePage) and subject is page:
        nodes += blocks_of(page, request, address)
    if getattr(page, "depth", 0) == 2:
        nodes += site_nodes(request)
    return [without_nothing(node) for node in (shown, *nodes)]


def page_node(context: Mapping[str, Any], address: str, addresses: dict[str, str]) -> Node:
    page = context.get("page")
    node = {
        "@type": getattr(page, "page_type", "WebPage"),
        "@id": address,
        "url": address,
        "name": html.unescape(context.get("shared_title", "")),
        "description": html.unescape(context.get("shared_text", "")),
        "inLanguage": active(),
        "isPartOf": {"@id": settings.BASE_URL + "/" + WHOLE_SITE},
        **versions(addresses),
    }
    subject = context.get("described")
    if subject is not None:
        person = kind_of(subject) and kind_of(subject).schema_org == "Person"
        return {**node, "@type": "ProfilePage" if person else "WebPage"}
    if isinstance(page, BasePage):
        node |= {"datePublished": moment(page.first_published_at), "dateModified": moment(page.last_published_at)}
        node |= {"lastReviewed": moment(page.reviewed_on), "reviewedBy": page.reviewer, "about": about(page)}
    return node


def versions(addresses: dict[str, str]) -> Node:
    """A page and its translations, each way."""
    original, *translations = addresses
    if active() != original:
        return {"translationOfWork": {"@id": settings.BASE_URL + addresses[original]}}
    return {"workTranslation": [{"@id": settings.BASE_URL + addresses[language]} for language in translations]}


def about(page: BasePage) -> list[Node]:
    """Topics and goals, where the page shows them: they cost a question."""
    if "subjects" not in vars(page):
        return []
    topics = [("topic", topic.code, topic.name, topic.external_uri) for topic in page.topics]
    goals = [("goal", str(goal.number), goal.name, goal.uri) for goal in page.goals]
    return [
        {"@type": "DefinedTerm", "@id": uri or f"{settings.BASE_URL}/#{sort}-{code}", "name": name, "termCode": code}
        for sort, code, name, uri in (*topics, *goals)
    ]


# What a page describes


def entity(subject: Model, context: Mapping[str, Any], address: str) -> Node | None:
    """Something of a kind, with what all kinds can say and what its own knows."""
    kind = kind_of(subject)
    own = getattr(subject, "structured_data", nothing_more)(context)
    if kind is None:
        return {"@id": f"{address}#thing", **own} if own else None
    node = {
        "@type": kind.schema_org,
        "@id": f"{address}#{kind.name}",
        "url": address,
        "name": subject.title,
        "description": getattr(subject, kind.summary, ""),
        "mainEntityOfPage": {"@id": address},
    }
    if isinstance(subject, BasePage):
        node |= {"image": picture(subject)}
    is_work = kind.schema_org not in NO_WORKS and not kind.calendar
    if is_work:
        node |= work(subject, kind, context)
    if isinstance(subject, BasePage) and (is_work or kind.calendar):
        node |= {"about": [{"@id": term["@id"]} for term in about(subject)]}
    return {**node, **own}


def nothing_more(context: Mapping[str, Any]) -> Node:
    """Of a row whose kind knows nothing of its own."""
    return {}


def work(subject: Model, kind: Kind, context: Mapping[str, Any]) -> Node:
    """What is true of all that somebody has written."""
    portal = navigation.portal_settings(context["request"])
    publisher = {"@type": "Organization", "@id": f"{settings.BASE_URL}/{PUBLISHER}", "name": portal.authority or portal.name}
    terms = getattr(subject, "terms_of_use", ("", ""))
    return {
        "headline": subject.title,
        "inLanguage": active(),
        "datePublished": moment(kind.made_known(subject)),
        "dateModified": moment(getattr(subject, "last_published_at", None)),
        "author": publisher,
        "publisher": publisher,
        "license": terms[1] or terms[0],
    }


def picture(page: BasePage) -> Node | None:
    found = as_shared(page.hero_image_id, wait=False)
    if not found:
        return None
    size = {side: {"@type": "QuantitativeValue", "value": found[side], "unitCode": PIXELS} for side in ("width", "height")}
    return without_nothing({"@type": "ImageObject", "url": found["url"], **size, "caption": found["alt"]})


def item_list(listing: Listing, address: str, request: HttpRequest) -> Node:
    """A list as the visitor sees it, but for who asked to be kept out of search engines. A glossary is a set of terms."""
    shown = [item for item in listing.page.object_list if not getattr(item, "noindex", False)]
    items = [(item.title, settings.BASE_URL + (item.get_url(request) or "")) for item in shown]
    if listing.kind.schema_org == "DefinedTerm":
        terms = [{"@type": "DefinedTerm", "@id": f"{url}#{listing.kind.name}", "name": name, "url": url} for name, url in items]
        return {"@type": "DefinedTermSet", "@id": f"{address}#terms", "name": str(listing.kind.label), "hasDefinedTerm": terms}
    return {"@type": "ItemList", "@id": f"{address}#list", "numberOfItems": listing.total, "itemListElement": list_items(items)}


def list_items(entries: Iterable[tuple[str, str]]) -> list[Node]:
    """Names, and addresses where they have one, in order."""
    nodes = [{"@type": "ListItem", "position": n, "name": name, "url": url} for n, (name, url) in enumerate(entries, start=1)]
    return [without_nothing(node) for node in nodes]


def blocks_of(page: BasePage, request: HttpRequest, address: str) -> Iterator[Node]:
    """What the blocks on a page say of themselves; its questions stand together, as search engines want them."""
    said = [node for body in page.shown_bodies(request) for node in below(body)]
    questions = [node for node in said if node["@type"] == "Question"]
    yield from (node for node in said if node["@type"] != "Question")
    if questions:
        yield {"@type": "FAQPage", "@id": f"{address}#questions", "inLanguage": active(), "mainEntity": questions}


def below(value: Any) -> Iterator[Node]:
    if isinstance(value, StreamValue):
        for bound in value:
            yield from getattr(bound.block, "structured_data", lambda value: [])(bound.value)
            yield from below(bound.value)
    elif isinstance(value, StructValue):
        for part in value.values():
            yield from below(part)
    elif isinstance(value, ListValue):
        for part in value:
            yield from below(part)


# The site, and the way to a page of it


def site_nodes(request: HttpRequest) -> list[Node]:
    portal, root = navigation.portal_settings(request), f"{settings.BASE_URL}/"
    search = f"{settings.BASE_URL}{reverse('search')}?q={{q}}"
    site = {
        "@type": "WebSite",
        "@id": root + WHOLE_SITE,
        "url": root,
        "name": portal.name,
        "description": portal.footer_text,
        "inLanguage": active(),
        "publisher": {"@id": root + PUBLISHER},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=q",
        },
    }
    organisation = {
        "@type": "Organization",
        "@id": root + PUBLISHER,
        "name": portal.authority or portal.name,
        "url": root,
        "email": portal.contact_email,
        "telephone": portal.contact_phone,
        "identifier": portal.org_number,
    }
    return [site, organisation]


def breadcrumbs(way: list[Mapping[str, Any]], address: str) -> Node:
    """The way to a page as it stands above its heading, the page itself last."""
    names = [pgettext("breadcrumb", "Home"), *(str(step["title"]) for step in way[1:])]
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": {"@id": settings.BASE_URL + step["url"]}}
        for n, (name, step) in enumerate(zip(names, way, strict=True), start=1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{address}#breadcrumb", "itemListElement": items}


# Values


def moment(value: date | datetime | None) -> str | None:
    """By Swedish clocks, with what they differ from the world's."""
    if isinstance(value, datetime):
        return timezone.localtime(value, timezone.get_default_timezone()).isoformat(timespec="seconds")
    return value.isoformat() if value else None


def without_nothing(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}
