"""What guides, methods, projects and the rest say of themselves in schema.org's words."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest

from cms.markdown import bare

Node = dict[str, Any]


def duration(minutes: int | None) -> str | None:
    """PT90M, as ISO 8601 has it."""
    return f"PT{minutes}M" if minutes else None


def page_named(page: Model, request: HttpRequest) -> Node:
    """Another page of a kind, so that machines can go on to it."""
    address = settings.BASE_URL + (page.get_url(request) or "")
    return {"@type": page.kind.schema_org, "@id": f"{address}#{page.kind.name}", "name": page.title, "url": address}


def guide_in_schema(guide: Model, context: Mapping[str, Any]) -> Node:
    """A guide with its chapters, or one chapter as a part of it. One that goes step by step is a HowTo whose steps they are."""
    schema = "HowTo" if guide.kind_of_guide == "step-by-step" else "TechArticle"
    whole = {**page_named(guide, context["request"]), "@type": schema}
    status = str(guide.get_status_display())
    common = {"@type": schema, "version": guide.version, "creativeWorkStatus": status, **written_by(context)}
    if chapter := context.get("chapter"):
        said = {"name": chapter.title, "headline": chapter.title, "description": chapter.summary, "position": chapter.number}
        return {**common, "@type": "TechArticle", **said, "timeRequired": duration(chapter.minutes), "isPartOf": whole}
    chapters = [
        {"@type": "TechArticle", "@id": f"{url}#guide", "url": url, "name": place.title, "position": place.number}
        for place in context["chapters"]
        if (url := settings.BASE_URL + place.url)
    ]
    steps = [{"@type": "HowToStep", "position": part["position"], "name": part["name"], "url": part["url"]} for part in chapters]
    how_to = {"step": steps} if schema == "HowTo" else {}
    return {**common, "timeRequired": duration(guide.reading_minutes), "hasPart": chapters, **how_to}


def written_by(context: Mapping[str, Any]) -> Node:
    """The authors that the page names; who publishes it where it names none."""
    authors = [
        {"@type": "Person" if author["is_person"] else "Organization", "name": author["name"], **url_of(author["url"])}
        for author in context.get("authors") or []
    ]
    return {"author": authors} if authors else {}


def url_of(address: str) -> Node:
    return {"url": settings.BASE_URL + address} if address else {}


def step_in_schema(number: int, step: Mapping[str, Any], minutes: int) -> Node:
    """A step with its text, or its name if it has no other."""
    text = bare(str(step["text"])) or step["title"]
    node = {"@type": "HowToStep", "position": number, "name": step["title"], "text": text}
    return {**node, "timeRequired": duration(minutes)} if minutes else node
