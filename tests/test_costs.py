"""What it costs to show anything: a page at most twelve questions to the database, a list at most ten, however much there is."""

import copy
from collections import defaultdict
from collections.abc import Iterable

import pytest
from django.db import connection
from django.db.models import CharField, Model
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms import frame
from cms.kinds import Kind, kinds
from cms.models import PortalImage, RelatedLink, TopicLink
from cms.vocabulary.models import Topic
from home.models import IndexPage
from tests import scratch
from tests.copies import live_copies

A_PAGE, A_LIST = 12, 10


def addresses(items: Iterable[Model], rf) -> list[str]:
    request = rf.get("/")
    return [item.get_url(request) for item in items]


def warmed(client, *before: str) -> None:
    """What all pages share is known, and what those of a kind do once one of them was read; of the others nothing."""
    frame.forget()
    for address in ("/", "/en/", *before):
        client.get(address)


def asked(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def dear(client, found: dict[str, list[str]], most: int) -> dict[str, int]:
    """The addresses that cost more than they may."""
    costs = {}
    for of_a_kind in found.values():
        for address in of_a_kind:
            client.get(address)  # pictures are made at the first view
        warmed(client, of_a_kind[-1])
        costs |= {address: asked(client, address) for address in of_a_kind}
    assert costs
    return {address: cost for address, cost in costs.items() if cost > most}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_page_of_the_demo_costs_more_than_twelve_queries(client, rf, alone, db, language):
    found = defaultdict(list)
    for page in frame.public(Page.objects.filter(depth__gt=1, locale__language_code=language)).specific():
        found[type(page).__name__].append(page.get_url(rf.get("/")))
    if language == "en":
        found = {name: some[:2] for name, some in found.items()}
    assert len(found) >= 15
    assert not dear(client, found, A_PAGE)


def test_no_row_of_the_demo_costs_more_than_twelve_queries(client, rf, alone, db):
    rows = {kind.name: addresses(kind.public("sv"), rf) for kind in kinds().values() if not kind.is_page}
    assert {"organisation", "person", "term"} <= {*rows}
    assert not dear(client, rows, A_PAGE)


def copies_of(item: Model, number: int) -> list[Model]:
    """More of the same, each with what a list shows of it: a picture and a topic of its own."""
    if not isinstance(item, Page):
        return rows_like(item, number)
    images, topics = list(PortalImage.objects.all()), list(Topic.objects.all())
    made = live_copies(item, number)
    for n, each in enumerate(made):
        type(item).objects.filter(pk=each.pk).update(hero_image=images[n % len(images)])
    TopicLink.objects.bulk_create([TopicLink(page_id=each.pk, topic=topics[n % len(topics)]) for n, each in enumerate(made)])
    return made


def rows_like(item: Model, number: int) -> list[Model]:
    """Each with another name, and what must be its own."""
    model, made = type(item), []
    last = model.objects.count()
    for n in range(last, last + number):
        row = copy.copy(item)
        row.pk, row._state = None, copy.copy(item._state)
        row._state.adding = True
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField) and (field.unique or field.name.startswith("slug")):
                setattr(row, field.attname, f"prov{n}")
        made.append(row)
    return model.objects.bulk_create(made)


def one_of(kind: Kind) -> Model:
    """One of the demo's, or if a plugin brought the kind, one written here."""
    if found := kind.public("sv").first():
        return found
    return scratch.write("Prov", scratch.write("Prov", scratch.home(), IndexPage, lists=kind.name), kind.cls, minutes=20)


@pytest.mark.parametrize("name", kinds())
def test_a_list_of_any_kind_costs_the_same_for_3_30_and_300(cost, rf, db, name):
    item = one_of(kinds()[name])
    above = (
        item.get_parent().specific.get_url() if kinds()[name].is_page else addresses([item], rf)[0].rstrip("/").rpartition("/")[0]
    )
    costs = []
    for total in (3, 30, 300):
        copies_of(item, max(0, total - type(item).objects.count()))
        costs.append(cost(f"{above.rstrip('/')}/"))
    assert costs[0] == costs[1] == costs[2] <= A_LIST, costs


def test_pages_of_all_kinds_cost_the_same_with_3_30_and_300_that_name_them(client, alone, rf, page):
    items = [one_of(kind) for kind in kinds().values() if kind.is_page]
    costs = defaultdict(list)
    for more in (3, 27, 270):
        naming = live_copies(page("portal-opens"), more)
        links = [RelatedLink(page_id=each.pk, target_id=item.pk) for each in naming for item in items]
        RelatedLink.objects.bulk_create(links)
        for item in items:
            here, *others = addresses([item, *item.get_translations().live()], rf)
            client.get(here)
            warmed(client, *others)
            costs[type(item).__name__].append(asked(client, here))
    assert not {name: found for name, found in costs.items() if len(set(found)) > 1 or found[0] > A_PAGE}
