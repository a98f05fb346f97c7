"""Organisations in schema.org's words, wherever a page names one."""

from typing import Any

from django.conf import settings

BY_SECTOR = {
    "academia": "CollegeOrUniversity",
    "public-sector": "GovernmentOrganization",
    "business": "Corporation",
    "civil-society": "NGO",
    "research-institute": "ResearchOrganization",
}


def named(name: str, url: str, sector: str) -> dict[str, Any]:
    """An organisation of a sector, at its profile if it has one."""
    node = {"@type": BY_SECTOR.get(sector, "Organization"), "name": name}
    return {**node, "@id": f"{settings.BASE_URL}{url}#organisation", "url": settings.BASE_URL + url} if url else node


def of_rows(rows) -> list[dict[str, Any]]:
    """The organisations of a page's rows, as ``public_organisations`` gives them."""
    return [named(row.organisation.name, row.url, row.organisation.sector.code) for row in rows]


def of_ties(ties) -> list[dict[str, Any]]:
    """Those that a project or a network is bound to today."""
    return [named(tie.name, tie.url, tie.shape) for tie in ties if tie.key[0] == "organisation" and not tie.is_former]
