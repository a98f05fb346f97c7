"""What travels compressed, and what does not."""

import gzip

import pytest

pytestmark = pytest.mark.django_db
PACKED = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("address", ["/", "/en/", "/api/v2/pages/", "/sitemap-pages-1.xml"])
def test_pages_and_answers_are_compressed_for_those_who_ask(client, address):
    plain, packed = client.get(address), client.get(address, headers=PACKED)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content)[:30] == plain.content[:30]


def test_a_film_comes_in_parts_as_it_is(client, page):
    source = (
        client.get(page("conversation-to-collaboration").url + "?view=all").text.partition('<source src="')[2].partition('"')[0]
    )
    part = client.get(source, headers={**PACKED, "Range": "bytes=0-99"})
    assert part.status_code == 206
    assert "Content-Encoding" not in part.headers
    assert len(b"".join(part.streaming_content)) == 100
