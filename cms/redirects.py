"""An address that has been public keeps leading to its page.

Redirects are written in the transaction that changes an address, whatever changes it (slug, move, date of a news item), for
the whole subtree: all of it or none. They name the page, not its address, so a chain is never longer than one. What lives at
an address always wins over a redirect from it.
"""

from collections.abc import Iterable

from django.db.models import Model, QuerySet
from django.db.models.functions import Length
from django.db.models.signals import post_save, pre_save
from django.http import Http404, HttpRequest
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.kinds import kind_of
from cms.languages import CODES
from cms.public import public_pages

Address = tuple[int, str]  # the site's id, and the path as redirects are looked up by
FRONT_PAGE_DEPTH = 2
LONGEST: int = Redirect._meta.get_field("old_path").max_length or 0
BATCH = 500
DEEPEST = 20


def address_of(page: Page) -> Address | None:
    """Where a page is served, if it is."""
    parts = page.get_url_parts()
    return (parts[0], Redirect.normalise_path(parts[2])) if parts and parts[2] else None


def may_change(page: Page, update_fields: Iterable[str] | None) -> bool:
    """Front pages stay where they are; most saves only note a revision."""
    if page.depth <= FRONT_PAGE_DEPTH:
        return False
    kind = kind_of(page)
    return update_fields is None or not {"slug", "url_path", "live", kind.date if kind else ""}.isdisjoint(update_fields)


def before_save(sender: type[Model], instance: Model, raw=False, update_fields=None, **kwargs) -> None:
    """Take note of what is public at which address before the change."""
    if issubclass(sender, Page) and not raw and instance.pk and may_change(instance, update_fields):
        before = sender._default_manager.filter(pk=instance.pk).first()
        instance._before = before and before.specific


def after_save(sender: type[Model], instance: Model, created=False, raw=False, update_fields=None, **kwargs) -> None:
    """The rows below the page still have their old paths in the database: Wagtail rewrites them after this."""
    if not issubclass(sender, Page) or raw or not may_change(instance, update_fields):
        return
    before, after = instance.__dict__.pop("_before", None), instance.specific
    pairs = [(after.pk, address_of(before) if before and before.live else None, address_of(after) if after.live else None)]
    if before and before.url_path != after.url_path:
        pairs += list(addresses_below(after, len(before.url_path)))
    changed = [pair for pair in pairs if pair[1] != pair[2]]
    if changed:
        follow(changed)


def addresses_below(page: Page, length: int) -> Iterable[tuple[int, Address | None, Address | None]]:
    """Each public page below, with its address before and after the page above it got its new path."""
    for below in page.get_descendants().live().defer_streamfields().specific():
        before = address_of(below)
        below.url_path = page.url_path + below.url_path[length:]
        yield below.pk, before, address_of(below)


def follow(changed: list[tuple[int, Address | None, Address | None]]) -> None:
    """Lead from every address that was left; forget old redirects from every address that is taken."""
    taken = {after for _, _, after in changed if after}
    left = {before: pk for pk, before, after in changed if before and after and before not in taken and len(before[1]) <= LONGEST}
    for batch in batches([*taken, *left]):
        paths, sites = [path for _, path in batch], {site for site, _ in batch}
        Redirect.objects.filter(automatically_created=True, site__in=sites, old_path__in=paths).delete()
    redirects = [
        Redirect(site_id=site, old_path=path, redirect_page_id=pk, automatically_created=True) for (site, path), pk in left.items()
    ]
    # A conflict is a redirect that an editor made by hand from the same address: that one stays.
    Redirect.objects.bulk_create(redirects, batch_size=BATCH, ignore_conflicts=True)


def batches(addresses: list[Address]) -> Iterable[list[Address]]:
    for start in range(0, len(addresses), BATCH):
        yield addresses[start : start + BATCH]


def public_redirects(request: HttpRequest) -> QuerySet[Redirect]:
    return Redirect.get_for_site(Site.find_for_request(request)).filter(
        redirect_page__in=public_pages(), automatically_created=True
    )


def page_once_at(path: str, request: HttpRequest) -> Page | None:
    """The public page that an address once led to."""
    redirect = public_redirects(request).filter(old_path=Redirect.normalise_path(path)).first()
    return redirect.redirect_page.specific if redirect else None


def address_now(path: str, request: HttpRequest) -> str | None:
    """Where a moved page is now, or a part of it: a chapter, a month of an archive, an entry of the directory."""
    parts = path.strip("/").split("/")[:DEEPEST]
    rest = {"/" + "/".join(parts[:n]): "".join(f"{part}/" for part in parts[n:]) for n in range(1, len(parts) + 1)}
    redirect = public_redirects(request).filter(old_path__in=rest).order_by(Length("old_path").desc()).first()
    if redirect is None:
        return None
    page, below = redirect.redirect_page.specific, rest[redirect.old_path]
    return page.get_url(request) + below if not below or has_part(page, below, request) else None


def has_part(page: Page, below: str, request: HttpRequest) -> bool:
    """Whether the page itself, not one below it, answers at an address below its own."""
    try:
        return page.route(request, below.strip("/").split("/"))[0].pk == page.pk
    except Http404:
        return False


# Rows with an address of their own: an organisation, a word of the glossary


def row_addresses(row: Model | None) -> list[str]:
    """In each language; empty where it has none, or is not public."""
    found = []
    for language in CODES if row else ():
        with translation.override(language):
            found.append(row.get_url())
    return found


def is_row(instance: Model, raw: bool) -> bool:
    kind = None if raw or not instance.pk else kind_of(instance)
    return bool(kind and not kind.is_page)


def before_row(sender: type[Model], instance: Model, raw=False, **kwargs) -> None:
    if is_row(instance, raw):
        instance._addresses = row_addresses(sender._default_manager.filter(pk=instance.pk).first())


def after_row(sender: type[Model], instance: Model, raw=False, **kwargs) -> None:
    """What led to the old address leads to the new one, so that a chain is never longer than one."""
    for before, after in zip(
        instance.__dict__.pop("_addresses", ()), row_addresses(instance) if is_row(instance, raw) else (), strict=False
    ):
        if before and after and before != after:
            own = Redirect.objects.filter(automatically_created=True, redirect_page=None)
            own.filter(old_path__in=map(Redirect.normalise_path, (before, after))).delete()
            own.filter(redirect_link=before).update(redirect_link=after)
            Redirect.objects.create(old_path=Redirect.normalise_path(before), redirect_link=after, automatically_created=True)


def connect() -> None:
    pre_save.connect(before_save, dispatch_uid="samverka-redirects-before")
    post_save.connect(after_save, dispatch_uid="samverka-redirects-after")
    pre_save.connect(before_row, dispatch_uid="samverka-redirects-before-row")
    post_save.connect(after_row, dispatch_uid="samverka-redirects-after-row")
