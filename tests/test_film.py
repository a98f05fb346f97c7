"""A film is seen, heard and read by those who may, and fetched by nobody before they ask."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from cms.blocks.film import Film
from cms.demo.rows import FILES
from cms.media import PortalDocument, PortalImage
from tests.scratch import write

pytestmark = pytest.mark.django_db

PLAIN = {"title": "Vår film", "audio_description": "narrated", "transcript": "", "captions": [], "silent": True}
FILM = (FILES / "samtal-till-samarbete.webm").read_bytes()


def document(name: str = "film.webm", data: bytes = FILM, **fields) -> PortalDocument:
    made = PortalDocument(title=name, **fields)
    made.file.save(name, ContentFile(data), save=False)
    made._set_document_file_metadata()
    made.save()
    return made


@pytest.fixture
def closed(db) -> Collection:
    collection = Collection.get_first_root_node().add_child(name="Stängt")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def film_page(**values):
    return write("Med film", body=[("film", Film().to_python({**PLAIN, **values}))])


def shown(client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser").main


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_film_of_the_demo_has_captions_in_both_languages_and_its_content_in_text(client, page, language):
    guide = page("conversation-to-collaboration", language)
    main = shown(client, guide.url)
    video = main.video
    tracks = {track["srclang"]: track for track in video.select("track[kind=captions]")}
    assert (video["preload"], "autoplay" in video.attrs) == ("none", False)
    assert [code for code, track in tracks.items() if "default" in track.attrs] == [language]
    assert tracks["sv"]["label"], tracks["en"]["label"] == ("Svenska", "English")
    said = {code: b"".join(client.get(track["src"]).streaming_content).decode() for code, track in tracks.items()}
    assert "Det är ett partnerskap." in said["sv"]
    assert "That is a partnership." in said["en"]
    assert client.get(tracks[language]["src"]).headers["Content-Type"] == "text/vtt"
    assert client.get(video.source["src"]).headers["Content-Type"] == "video/webm"
    assert {"sv": "Filmen är tecknad", "en": "The film is animated"}[language] in main.text
    assert video.a["href"] == video.source["src"], "a link, where a browser plays no film"


def test_the_film_of_the_demo_is_small():
    assert len(FILM) < 300_000


def test_a_page_with_a_film_asks_no_other_site_and_needs_no_wider_policy(client, page):
    answer = client.get(page("conversation-to-collaboration").url)
    sources = re.findall(r'(?:src|poster)="([^"]+)"', answer.text)
    assert sources
    assert [source for source in sources if not source.startswith("/")] == []
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "media-src" not in policy
    assert "unsafe" not in policy


def test_a_film_on_another_site_is_a_link_and_nothing_else(client):
    poster = PortalImage.objects.first()
    main = shown(client, film_page(url="https://film.example.org/v/1?a=b", poster=poster.pk, duration=200).url)
    assert main.video is None
    assert main.iframe is None
    link = main.find("a", href="https://film.example.org/v/1?a=b")
    assert "Vår film" in link.text
    assert "film.example.org" in link.text
    assert "3\xa0min 20\xa0s" in main.figcaption.text
    assert main.img["src"].startswith("/media/")


# What an editor is told


def refused(**values) -> list[str]:
    block = Film()
    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python({**PLAIN, **values}))
    return list(error.value.block_errors)


def test_a_film_is_a_file_or_an_address(db):
    film = document()
    assert refused() == ["file"]
    assert refused(file=film.pk, url="https://example.org/film") == ["file"]
    assert Film().clean(Film().to_python({**PLAIN, "file": film.pk}))["file"] == film


def test_a_film_with_sound_has_captions(db):
    film, captions = document(), document("text.vtt", b"WEBVTT\n")
    assert refused(file=film.pk, silent=False) == ["captions"]
    with_captions = {**PLAIN, "file": film.pk, "silent": False, "captions": [{"language": "sv", "file": captions.pk}]}
    assert Film().clean(Film().to_python(with_captions))["captions"][0]["file"] == captions


def test_files_of_another_kind_are_no_film_and_no_captions(db):
    film, text = document(), document("text.txt", b"Hej")
    assert refused(file=text.pk) == ["file"]
    assert refused(file=film.pk, captions=[{"language": "sv", "file": text.pk}]) == ["captions"]


# Who gets it, and how much of it


def test_a_closed_film_never_reaches_a_visitor(client, signed_in, closed):
    film = document("hemlig.webm", collection=closed)
    open_page = film_page(file=film.pk, transcript="<p>Ljudlös.</p>")
    main = shown(client, open_page.url)
    assert main.video is None
    assert "hemlig" not in str(main)
    for headers in ({}, {"Range": "bytes=0-99"}):
        answer = client.get(film.url, headers=headers)
        assert answer.status_code == 302
        assert reverse("wagtailcore_login") in answer.url
    assert signed_in("editor").get(film.url, headers={"Range": "bytes=0-99"}).status_code == 206


def test_closed_captions_are_not_named(client, closed):
    captions = document("hemlig.vtt", b"WEBVTT\n", collection=closed)
    address = film_page(file=document().pk, captions=[{"language": "sv", "file": captions.pk}]).url
    video = shown(client, address).video
    assert video
    assert not video.select("track")


def test_a_closed_film_is_not_named_by_the_api(client, closed):
    film = document("hemlig.webm", collection=closed)
    page = film_page(file=film.pk)
    body = client.get(f"/api/v2/pages/{page.pk}/").json()["body"]
    assert body[0]["value"]["title"] == "Vår film"
    assert body[0]["value"]["file"] is None


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, len(FILM) - 1),
        ("bytes=0-1", 0, 1),
        ("bytes=100-199", 100, 199),
        ("bytes=-50", len(FILM) - 50, len(FILM) - 1),
        ("bytes=10-999999999", 10, len(FILM) - 1),
    ],
)
def test_a_player_gets_the_part_that_it_asks_for(client, asked, first, last):
    answer = client.get(document().url, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(FILM)}"
    assert answer.headers["Content-Length"] == str(last - first + 1)
    assert b"".join(answer.streaming_content) == FILM[first : last + 1]


@pytest.mark.parametrize("asked", ["", "bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b"])
def test_what_is_no_part_is_answered_with_the_whole(client, asked):
    answer = client.get(document().url, headers={"Range": asked})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == FILM


def test_a_part_beyond_the_end_is_refused_in_the_way_of_http(client):
    answer = client.get(document().url, headers={"Range": f"bytes={len(FILM)}-"})
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{len(FILM)}")


def test_parts_of_a_film_that_was_replaced_are_not_mixed(client):
    film = document()
    part = client.get(film.url, headers={"Range": "bytes=0-9"})
    tag = part.headers["ETag"]
    assert client.get(film.url, headers={"Range": "bytes=10-19", "If-Range": tag}).status_code == 206
    Path(film.file.path).write_bytes(FILM[::-1])
    film._set_document_file_metadata()
    film.save()
    assert client.get(film.url, headers={"Range": "bytes=10-19", "If-Range": tag}).status_code == 200


def test_other_documents_are_served_as_before(client):
    text = document("text.txt", b"0123456789")
    assert client.get(text.url, headers={"Range": "bytes=0-1"}).status_code == 200


def test_films_cost_the_same_however_many_there_are(cost):
    def many(count: int) -> str:
        films = []
        for number in range(count):
            captions = [{"language": "sv", "file": document(f"{count}-{number}.vtt", b"WEBVTT\n").pk}]
            poster = PortalImage.objects.order_by("pk")[number % 3]
            value = {**PLAIN, "file": document(f"{count}-{number}.webm").pk, "captions": captions, "poster": poster.pk}
            films.append(("film", Film().to_python(value)))
        return write(f"{count} filmer", body=films).url

    few, more = many(3), many(30)
    for address in (few, more):
        Client().get(address)  # sizes of pictures are made
    assert cost(few) == cost(more)
