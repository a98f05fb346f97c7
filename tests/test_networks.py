"""Networks: what they are for, who is welcome, and who is in them."""

from cms.vocabulary.models import Steward
from directory.models import Organisation
from knowledge.models import NetworkMember, NetworkPage
from tests import scratch
from tests.test_guides import cost_beside, get
from tests.test_projects import facts, mention_of, organisations_named


def write_network(title: str, below, **fields) -> NetworkPage:
    fields = {"purpose": "Att lära av varandra.", "convenor": Steward.objects.first(), **fields}
    return scratch.write(title, below, NetworkPage, **fields)


def test_a_network_says_what_it_is_for_who_is_welcome_and_how_to_join(client, page):
    for language, words in (
        ("sv", ["Öppet för", "Så går du med", "Sammankallande"]),
        ("en", ["Open to", "How to join", "Convenor"]),
    ):
        network = page("coordinators-in-the-west", language)
        html = get(client, network.url)
        for word in [*words, network.purpose, network.open_to, network.convenor.mailbox]:
            assert word in html


def test_a_network_that_rests_says_so_and_asks_nobody_to_join(client, page):
    network = page("coordinators-in-the-west")
    assert "Nätverket vilar" not in get(client, network.url)
    NetworkPage.objects.filter(pk=network.pk).update(active=False)
    html = get(client, network.url)
    assert "Nätverket vilar" in html
    assert facts(html)["Status"] == "Vilar"
    assert "Så går du med" not in html
    assert "Vilande nätverk" in get(client, page("networks").url)


def test_a_network_and_its_members_show_each_other(client, page):
    network, member = write_network("Provnätet", page("networks")), Organisation.objects.get(code="vattenfall")
    network.members = [NetworkMember(organisation=member, role="host")]
    network.save()
    assert "Vattenfall" in get(client, network.url)
    assert "Nätverk, värd" in " ".join(mention_of(get(client, member.get_url()), network).split())
    Organisation.objects.filter(pk=member.pk).update(live=False)
    assert "Vattenfall" not in get(client, network.url)


def test_a_network_costs_the_same_with_3_and_with_30_members(client, cost, page):
    network, costs = page("facilitators-who-meet"), []
    for more in (3, 27):
        rows = organisations_named(f"nät-{more}", more)
        NetworkMember.objects.bulk_create([NetworkMember(network=network, organisation=row) for row in rows])
        costs.append(cost_beside(client, cost, network.url, page("coordinators-in-the-west").url))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 20
