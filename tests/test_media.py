"""Pictures and documents: what is refused at upload, and what never reaches a visitor."""

import datetime
import io
import re
import struct
import time
import zlib
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction, UploadedFile

from cms import renditions
from cms.events import ContentEvent, ReaderCursor
from cms.media import Consent, PortalDocument, PortalImage
from cms.templatetags.portal import picture
from cms.vocabulary.models import Licence

on_what_is_committed = pytest.mark.skipif(
    connection.vendor == "postgresql", reason="the worker is given what is committed, and a test never commits"
)

ADD = reverse("wagtailimages:add")
ADD_MANY = reverse("wagtailimages:add_multiple")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HERE = "place 59.3293 18.0686"


def drawing(kind: str = "PNG", size: tuple[int, int] = (64, 48), **options) -> bytes:
    file = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(file, kind, **options)
    return file.getvalue()


def giant() -> bytes:
    """A PNG of 11,300 x 11,300 white points, 127 megapixels in 30 kB."""
    side = 11_300
    packed = zlib.compressobj(9)
    rows = b"".join(packed.compress(b"\0" + b"\xff" * -(-side // 8)) for _ in range(side)) + packed.flush()

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_position() -> bytes:
    """A photo as a telephone takes it: turned, and with the place where it was taken, in EXIF and in XMP."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, HERE
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 19.0, 45.5), 3: "E", 4: (18.0, 4.0, 7.0)})
    return drawing("JPEG", exif=exif, xmp=HERE.encode(), comment=HERE)


def form(file: bytes, name: str = "picture.png", **fields) -> dict:
    return {
        "title": "Bryggan",
        "file": SimpleUploadedFile(name, file),
        "alt_sv": "En brygga i dis.",
        "alt_en": "A jetty in the mist.",
        "credit": "Samverka",
        "licence": Licence.objects.values_list("pk", flat=True).first(),
        "consent_status": "not_needed",
        "collection": Collection.get_first_root_node().pk,
        **fields,
    }


def stored(file: bytes | None = None, name: str = "picture.png", **fields) -> PortalImage:
    texts = {"title": "Bryggan", "credit": "Samverka", "alt_sv": "En brygga i dis.", "alt_en": "A jetty in the mist."}
    return PortalImage.objects.create(file=ContentFile(file or drawing(), name), **{**texts, **fields})


REFUSED = {
    "a drawing": (SVG, "drawing.svg"),
    "a drawing called a picture": (SVG, "drawing.png"),
    "an XML bomb": (b'<!DOCTYPE a [<!ENTITY b "bbbb">]><svg>&b;</svg>', "bomb.png"),
    "a picture of another kind": (drawing("GIF"), "picture.png"),
    "words": (b"Hello", "hello.jpg"),
    "a program": (b"MZ\x90\x00", "picture.exe"),
    "no suffix": (drawing(), "picture"),
    "half a PNG": (drawing(size=(300, 300))[:90_000], "half.png"),
    "half a JPEG": (drawing("JPEG", (300, 300))[:20_000], "half.jpg"),
    "half a WebP": (drawing("WEBP", (300, 300))[:10_000], "half.webp"),
    "a head without a body": (drawing()[:40], "head.png"),
    "nothing": (b"", "empty.png"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_whole_picture_is_refused_in_words(signed_in, what):
    client, before = signed_in("admin"), PortalImage.objects.count()
    answer = client.post(ADD, form(*REFUSED[what]))
    problems = answer.context["form"].errors["file"]
    assert answer.status_code == 200
    assert PortalImage.objects.count() == before
    assert len(problems) == 1
    assert 'value="Bryggan"' in answer.text, "what was typed is still there"
    assert "En brygga i dis." in answer.text


def test_the_refusal_is_in_the_language_of_the_user(signed_in):
    client = signed_in("admin")
    said = {}
    for language in ("sv", "en"):
        answer = client.post(ADD, form(SVG, "drawing.svg"), headers={"accept-language": language})
        said[language] = answer.context["form"].errors["file"][0]
    assert "AVIF, GIF, JPG" in said["en"]
    assert said["sv"] != said["en"]


def test_a_giant_is_refused_before_it_is_unpacked(signed_in):
    bomb, client = giant(), signed_in("admin")
    assert len(bomb) < 50_000
    began = time.process_time()
    answer = client.post(ADD, form(bomb, "giant.png"), headers={"accept-language": "en"})
    assert "11,300 × 11,300 pixels" in answer.context["form"].errors["file"][0]
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("kind", "name"),
    [("PNG", "a.png"), ("JPEG", "a.jpg"), ("JPEG", "a.JPEG"), ("GIF", "a.gif"), ("WEBP", "a.webp"), ("AVIF", "a.avif")],
)
def test_a_whole_picture_is_taken(signed_in, kind, name):
    answer = signed_in("admin").post(ADD, form(drawing(kind), name, title=f"{kind} {name}"))
    assert answer.status_code == 302, answer.context["form"].errors
    assert PortalImage.objects.get(title=f"{kind} {name}").width == 64


@pytest.mark.parametrize("missing", ["alt_sv", "alt_en"])
def test_a_picture_is_described_in_both_languages(signed_in, missing):
    answer = signed_in("admin").post(ADD, form(drawing(), **{missing: ""}))
    assert list(answer.context["form"].errors) == [missing]


def test_a_picture_may_be_decoration_only_and_stays_so(signed_in):
    answer = signed_in("admin").post(ADD, form(drawing(), title="Rand", alt_sv="", alt_en="", is_decorative="on"))
    assert answer.status_code == 302
    image = PortalImage.objects.get(title="Rand")
    assert image.is_decorative
    assert 'alt=""' in picture(image, "width-800")


def test_many_pictures_at_once_meet_the_same_questions(signed_in):
    client = signed_in("admin")
    refused = client.post(ADD_MANY, {"files[]": SimpleUploadedFile("drawing.png", SVG)}, headers={"accept-language": "en"}).json()
    assert not refused["success"]
    assert "holds something else" in refused["error_message"]
    waiting = client.post(ADD_MANY, {"files[]": SimpleUploadedFile("jetty.png", drawing())}).json()
    upload = UploadedFile.objects.get(pk=waiting["uploaded_file_id"])
    address, prefix = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[upload.pk]), f"uploaded-image-{upload.pk}"
    typed = {f"{prefix}-{name}": value for name, value in form(b"").items() if name != "file"}
    without = client.post(address, {**typed, f"{prefix}-alt_en": ""}).json()
    assert not without["success"]
    assert "En brygga i dis." in without["form"]
    assert not PortalImage.objects.filter(title="Bryggan").exists()
    assert client.post(address, typed).json()["success"]
    assert PortalImage.objects.get(title="Bryggan").alt_en == "A jetty in the mist."


@pytest.mark.parametrize(
    "size",
    ["width-800|format-webp", "max-165x165", "original", "fill-88x88|format-jpeg", "width-20|format-png", "width-20|format-avif"],
)
def test_where_a_photo_was_taken_stays_with_us(db, size):
    image = stored(with_position(), "photo.jpg")
    assert HERE.encode() in Path(image.file.path).read_bytes()
    made = Path(image.get_rendition(size).file.path).read_bytes()
    for trace in (HERE.encode(), b"Exif", b"xmp", b"XMP"):
        assert trace not in made


def test_a_turned_photo_stands_upright_without_its_traces(db):
    assert stored(with_position(), "photo.jpg").get_rendition("original").width == 48


def test_a_picture_cannot_be_found_by_guessing(db):
    one, other = (stored(name="same.png").get_rendition("width-20").url for _ in range(2))
    secret = [url.removeprefix("/media/images/").partition(".")[0] for url in (one, other)]
    assert secret[0] != secret[1]
    assert all(len(part) == 16 for part in secret)


@pytest.mark.parametrize(
    "refused",
    [{"consent_status": Consent.WITHDRAWN}, {"consent_status": Consent.MISSING}, {"consent_until": datetime.date(2026, 1, 1)}],
)
def test_when_consent_ends_the_picture_is_gone_from_pages_and_from_its_address(
    client, page, refused, django_capture_on_commit_callbacks
):
    news = page("portal-opens")
    image = news.hero_image = stored(consent_status=Consent.GIVEN)
    news.save()
    shown = client.get(news.url).text
    file = Path(image.get_rendition("fill-1240x620|format-webp").file.path)
    assert f"/media/images/{file.name}" in shown
    PortalImage.objects.filter(pk=image.pk).update(**refused)
    with django_capture_on_commit_callbacks(execute=True):
        renditions.withdraw()
    assert "/media/" not in client.get(news.url).text.partition("<main")[2].partition("</main")[0]
    assert not file.exists()


def test_consent_lasts_to_the_end_of_its_last_day(db):
    image = stored(consent_status=Consent.GIVEN, consent_until=timezone.localdate())
    renditions.shown(image, "width-800")
    renditions.withdraw()
    assert image.may_be_shown
    assert image.renditions.count() == 1


def test_a_missing_original_leaves_a_blank_of_the_same_size(client, page):
    news = page("portal-opens")
    news.hero_image = stored(drawing(size=(2000, 1500)))
    news.save()
    Path(news.hero_image.file.path).unlink()
    answer = client.get(news.url)
    assert answer.status_code == 200
    assert 'src="data:image/svg+xml,' in answer.text
    assert 'width="1240" height="620"' in answer.text


@pytest.fixture
def caught_up(db) -> None:
    """As if the worker had made all that the demo needs."""
    last = ContentEvent.objects.latest("pk")
    ReaderCursor.objects.update_or_create(reader=renditions.READER, defaults={"last_event": last.pk})


@on_what_is_committed
def test_the_worker_makes_every_size_that_templates_ask_for(caught_up):
    image = stored()
    assert renditions.make_next()
    assert {made.filter_spec for made in image.renditions.all()} == set(renditions.FORMATS)
    while renditions.make_next():
        pass
    assert image.renditions.count() == len(renditions.FORMATS)


@on_what_is_committed
def test_a_large_picture_comes_as_avif_in_two_widths_as_soon_as_both_are_made(client, caught_up, page):
    news = page("portal-opens")
    news.hero_image = image = stored(drawing(size=(1600, 1000)))
    news.save()
    assert "<picture>" not in client.get(news.url).text, "no visitor waits for what the worker makes"
    while renditions.make_next():
        pass
    full, narrow = (image.renditions.get(filter_spec=made) for made in renditions.formats_of("fill-1240x620")[1:])
    assert (full.width, narrow.width) == (1240, 620)
    source, plain = re.search(r"<picture>(<source.*?>)(<img.*?>)</picture>", client.get(news.url).text).groups()
    assert f'srcset="{full.url} 1240w, {narrow.url} 620w"' in source
    assert 'type="image/avif"' in source
    assert ".webp" in plain
    assert 'width="1240" height="620"' in plain
    for rendition in (full, narrow):
        with Image.open(rendition.file.path) as made:
            assert made.format == "AVIF"


def test_the_sizes_are_those_of_the_templates():
    root = Path(__file__).parents[1]
    templates = [*root.glob("templates/**/*.html"), *root.glob("*/templates/**/*.html")]
    asked = {size for template in templates for size in re.findall(r'{% picture \S+ "([^"]+)"', template.read_text())}
    assert asked | {renditions.SHARED} == set(renditions.SIZES)
    assert not [template for template in templates if re.search(r"{% (image|srcset_image) ", template.read_text())], (
        "use {% picture %}"
    )


@on_what_is_committed
def test_a_broken_picture_does_not_hold_up_the_next(caught_up):
    broken, whole = stored(), stored()
    Path(broken.file.path).write_bytes(b"no more")
    while renditions.make_next():
        pass
    assert broken.renditions.count() == 0
    assert whole.renditions.count() == len(renditions.FORMATS)


@on_what_is_committed
def test_a_lost_file_is_made_again(caught_up):
    rendition = renditions.shown(stored(), "width-800")
    Path(rendition.file.path).unlink()
    renditions.mend()
    while renditions.make_next():
        pass
    assert Path(rendition.image.renditions.get(filter_spec="width-800|format-webp").file.path).exists()


def test_originals_and_documents_lie_where_no_address_leads(db, settings):
    document = PortalDocument.objects.create(title="Protokoll", file=ContentFile(b"secret", "minutes.txt"))
    assert Path(stored().get_rendition("width-20").file.path).is_relative_to(settings.MEDIA_ROOT)
    for file in (stored().file, document.file):
        assert Path(file.path).is_relative_to(settings.ORIGINALS_ROOT)
        assert not Path(file.path).is_relative_to(settings.MEDIA_ROOT)
    assert not Path(settings.ORIGINALS_ROOT).is_relative_to(settings.MEDIA_ROOT)


def test_a_document_is_for_those_who_may_read_it(client, signed_in):
    closed = Collection.get_first_root_node().add_child(name="Styrgruppen")
    restriction = CollectionViewRestriction.objects.create(collection=closed, restriction_type="groups")
    restriction.groups.add(Group.objects.first())
    document = PortalDocument.objects.create(title="Protokoll", file=ContentFile(b"secret", "minutes.txt"), collection=closed)
    refused = client.get(document.url)
    assert refused.status_code == 302
    assert b"secret" not in refused.content
    assert b"".join(signed_in("admin").get(document.url).streaming_content) == b"secret"
    for guess in (document.file.name, f"../originals/{document.file.name}"):
        assert client.get(f"/media/{guess}").status_code == 404
    document.collection = Collection.get_first_root_node()
    document.save()
    answer = client.get(document.url)
    assert b"".join(answer.streaming_content) == b"secret"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in answer.headers["Content-Disposition"]
