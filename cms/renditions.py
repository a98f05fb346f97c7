"""The sizes in which visitors get pictures: made by the worker, so that nobody waits, or else at the first request."""

import logging
import re
import shutil
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from wagtail.images.models import Filter

from cms.events import ContentEvent, ReaderCursor, record, settled
from cms.media import Consent, PortalImage, PortalRendition

logger = logging.getLogger(__name__)

READER = "renditions"
SHARED = "fill-1200x630"  # beside a link in other people's services, some of which read no WebP
LARGE = ("fill-1240x620", "fill-1240x520", "width-1240", "fill-960x600", "width-800")  # made in half the width too, for phones
SIZES = (*LARGE, "fill-224x224", "max-224x224", "fill-88x88", SHARED)  # every size that a template asks for
BROKEN = (OSError, SyntaxError, ValueError)  # what a missing, damaged or unreadable original gives


@dataclass(frozen=True)
class Blank:
    """Stands where a picture cannot be shown, in its size, so that the page keeps its shape."""

    width: int
    height: int

    @property
    def url(self) -> str:
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}"/>'
        return f"data:image/svg+xml,{quote(drawing)}"


def format_of(size: str) -> str:
    return f"{size}|format-{'jpeg' if size == SHARED else 'webp'}"


def formats_of(size: str) -> list[str]:
    """A size as every browser reads it, and a large one as AVIF too: half the bytes, and half the width for a phone."""
    return [format_of(size), *(f"{width}|format-avif" for width in (size, half(size)) if size in LARGE)]


def half(size: str) -> str:
    return re.sub(r"\d+", lambda number: str(int(number[0]) // 2), size)


FORMATS = [made for size in SIZES for made in formats_of(size)]


def ready_as_avif(image: PortalImage, size: str) -> list[PortalRendition]:
    """A picture in a size and in half of it; none before the worker has made both, for that takes longer than a visitor waits."""
    wanted = [Filter(made) for made in formats_of(size)[1:]]
    ready = image.find_existing_renditions(*wanted) if wanted else {}
    return [ready[made] for made in wanted] if len(ready) == len(wanted) else []


def shown(image: PortalImage, size: str) -> PortalRendition | Blank:
    """A picture in a size or a format of it, or a blank of that size if its original is missing or broken."""
    try:
        return image.get_rendition(size if "|" in size else format_of(size))
    except BROKEN as error:
        logger.warning("Picture %s cannot be shown as %s: %r", image.pk, size, error)
        width, height = Filter(size.partition("|")[0]).get_transform(image).size
        return Blank(round(width), round(height))


def make_next() -> bool:
    """Makes the sizes of one picture that is new or changed. Whether there was one, so that there may be more.

    The cursor moves when all of them are made: what a kill interrupts is made again. No transaction is held meanwhile;
    on SQLite it would keep everybody from writing.
    """
    cursor = ReaderCursor.objects.filter(reader=READER).first()
    unread = settled().filter(pk__gt=cursor.last_event if cursor else 0)
    newest = unread.last()
    if newest is None:
        return False
    changed = unread.filter(model="cms.PortalImage", action=ContentEvent.SAVED, pk__lte=newest.pk).first()
    if changed and (image := PortalImage.objects.filter(pk=changed.object_id).first()):
        make(image)
    ReaderCursor.objects.update_or_create(reader=READER, defaults={"last_event": (changed or newest).pk})
    return changed is not None


def make(image: PortalImage) -> None:
    """One size after the other, to keep memory low. What cannot be made is logged, and does not hold up the others."""
    if image.may_be_shown:
        for made in FORMATS:
            shown(image, made)


def withdraw() -> int:
    """Removes the files of pictures whose people do not, or no longer, agree. How many pictures those were."""
    refused = Q(consent_status__in=[Consent.MISSING, Consent.WITHDRAWN]) | Q(consent_until__lt=timezone.localdate())
    renditions = PortalRendition.objects.filter(image__in=PortalImage.objects.filter(refused), filter_spec__in=FORMATS)
    pictures = set(renditions.values_list("image", flat=True))
    renditions.delete()
    return len(pictures)


def mend() -> None:
    """Has made anew what has a row but no file, as on a machine that got the database and the originals only."""
    lost = [row for row in PortalRendition.objects.iterator() if not row.file.storage.exists(row.file.name)]
    PortalRendition.objects.filter(pk__in=[row.pk for row in lost]).delete()
    record(PortalImage.objects.filter(pk__in={row.image_id for row in lost}))


def forget() -> None:
    """After a restore no size has its file: the worker shall make all of them anew."""
    PortalRendition.objects.all().delete()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    record(PortalImage.objects.only("pk"))
