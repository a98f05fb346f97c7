"""What joins organisations to one another and to projects and networks: the same for the drawing, the list and the table.

Only what everybody may see is a tie. What is over says so in words.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.models import Page

from cms import languages
from cms.public import public_versions
from cms.sorting import sort_key

from .organisations import Organisation
from .partnerships import Level, Partnership


@dataclass(frozen=True)
class Tie:
    """One line of a drawing or a list: what it leads to, and what that is to the one in the middle."""

    key: tuple[str, int]
    name: str
    url: str
    role: str
    lang: str = ""
    shape: str = "page"
    sector: str = ""
    kind: str = ""
    period: str = ""
    note: str = ""
    note_lang: str = ""
    level: str = ""
    is_former: bool = False

    @property
    def role_in_words(self) -> str:
        if not self.is_former:
            return self.role
        return gettext("former %(role)s, %(period)s") % {"role": self.role[:1].lower() + self.role[1:], "period": self.period}


def tie_to(organisation: Organisation, role: str, request: HttpRequest | None = None, of: Partnership | None = None) -> Tie | None:
    """An organisation as one end; None if not everybody may see it."""
    if not organisation.is_public:
        return None
    sector = organisation.sector
    place = {"key": ("organisation", organisation.pk), "name": organisation.name, "url": organisation.get_url(request)}
    return Tie(**place, role=str(role), lang=organisation.lang, shape=sector.code, sector=sector.name, **(about(of) if of else {}))


def about(partnership: Partnership) -> dict:
    years = [f"{day.year}" for day in (partnership.starts_on, partnership.ends_on) if day]
    return {
        "period": "–".join(dict.fromkeys(years)),
        "note": partnership.note,
        "note_lang": partnership.note_lang,
        "level": partnership.level,
        "is_former": partnership.is_former,
    }


def joined(ties: Iterable[Tie | None]) -> list[Tie]:
    """Each end once, by name; one with several roles has them all, and is not former as long as one of them lasts."""
    found: dict[tuple, Tie] = {}
    for tie in filter(None, ties):
        before = found.get(tie.key)
        if before is None or (before.is_former and not tie.is_former):
            found[tie.key] = tie
        elif tie.is_former == before.is_former and tie.role.lower() not in before.role.lower():
            found[tie.key] = replace(
                before, role=f"{before.role}, {tie.role[:1].lower()}{tie.role[1:]}", note=before.note or tie.note
            )
    return sorted(found.values(), key=lambda tie: (tie.is_former, sort_key(tie.name)))


def shown_partnerships(*narrowed: Q) -> list[Partnership]:
    """Public partnerships with both ends. Whether a page may be seen is not asked here: see ``pages_of``."""
    ends = ["organisation__sector", "with_organisation__sector", "with_page"]
    return list(Partnership.objects.public().filter(*narrowed).select_related(*ends).order_by("pk"))


def pages_of(partnerships: Iterable[Partnership]) -> dict[int, Page]:
    """By primary key the public version of each page in the reader's language; what is not public is not there."""
    keys = {row.with_page_id: row.with_page.translation_key for row in partnerships if row.with_page_id}
    if not keys:
        return {}
    shown = public_versions(keys.values(), languages.active())
    return {pk: shown[key] for pk, key in keys.items() if key in shown}


def ties_with_page(page: Page, request: HttpRequest | None) -> list[Tie | None]:
    """Organisations that have a partnership with a project or a network."""
    rows = shown_partnerships(Q(with_page__translation_key=page.translation_key))
    return [tie_to(row.organisation, row.get_level_display(), request, row) for row in rows]


def ties_of(organisation: Organisation, request: HttpRequest | None, but: Collection[int] = ()) -> list[Tie]:
    """What an organisation has bound itself to, and who has bound themselves to it. ``but`` are pages shown elsewhere."""
    rows = shown_partnerships(Q(organisation=organisation) | Q(with_organisation=organisation))
    pages, ties = pages_of(rows), []
    for row in rows:
        if row.with_organisation_id == organisation.pk:
            ties.append(tie_to(row.organisation, row.get_level_display(), request, row))
        elif not row.with_page_id or (row.with_page_id in pages and pages[row.with_page_id].pk not in but):
            level = row.get_level_display()
            role = gettext("As %(level)s") % {"level": level[:1].lower() + level[1:]}
            ties.append(replace(other_end(row, pages, request), role=role, **about(row)))
    return joined(ties)


def other_end(row: Partnership, pages: dict[int, Page], request: HttpRequest | None) -> Tie:
    """What a public partnership is with: an organisation, a public page, or the arena."""
    if row.with_organisation:
        return tie_to(row.with_organisation, "", request)
    if row.with_page_id:
        page = pages[row.with_page_id]
        kind = str(page.kind.label_one) if page.kind else ""
        return Tie(("page", page.pk), page.title, page.get_url(request) or "", "", kind=kind)
    return Tie(("arena", 0), gettext("The arena"), "", "")


@dataclass(frozen=True)
class Circle:
    """Something that organisations have bound themselves to, and who they are."""

    middle: Tie
    ties: list[Tie]


def circles(request: HttpRequest | None) -> list[Circle]:
    """All partnerships that everybody may see, gathered around what they are with; where most are gathered comes first."""
    rows = shown_partnerships()
    pages = pages_of(rows)
    middles: dict[tuple, Tie] = {}
    around: dict[tuple, list[Tie | None]] = {}
    for row in rows:
        if row.with_page_id and row.with_page_id not in pages:
            continue
        middle = other_end(row, pages, request)
        middles[middle.key] = middle
        around.setdefault(middle.key, []).append(tie_to(row.organisation, row.get_level_display(), request, row))
    found = [Circle(middle, joined(around[key])) for key, middle in middles.items()]
    return sorted((each for each in found if each.ties), key=lambda each: (-len(each.ties), sort_key(each.middle.name)))


def legend_of(gathered: list[Circle]) -> list[tuple[str, str]]:
    """The shapes that the drawings use, each with the sector that it stands for."""
    return sorted({(tie.shape, tie.sector) for circle in gathered for tie in circle.ties}, key=lambda each: sort_key(each[1]))


def by_level(gathered: list[Circle]) -> list[tuple[str, list[tuple[Tie, Tie]]]]:
    """The same ties as the circles hold, each with its middle, level by level."""
    pairs = [(tie, circle.middle) for circle in gathered for tie in circle.ties]
    levels = [(level.label, [pair for pair in pairs if pair[0].level == level]) for level in Level]
    return [(label, found) for label, found in levels if found]
