"""A film is asked for in parts: a player shows its beginning before the rest is there, and some play nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

CHUNK = 64 * 1024


def part_of(document, request: HttpRequest) -> HttpResponse | StreamingHttpResponse | None:
    """The part of a film that a request asks for; None where it asks for the whole, or for no film."""
    asked = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range", ""))
    etag = f'"{document.file_hash}"'
    if not asked or not any(asked.groups()) or not document.content_type.startswith("video/"):
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    path = Path(document.file.path)
    size = path.stat().st_size
    first, last = bounds(*asked.groups(), size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Disposition": document.content_disposition,
        "Content-Length": str(last - first + 1),
        "Content-Range": f"bytes {first}-{last}/{size}",
        "Content-Security-Policy": "default-src 'none'",
        "ETag": etag,
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingHttpResponse(pieces(path, first, last), status=206, content_type=document.content_type, headers=headers)


def bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte; "-500" means the last five hundred."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)


def pieces(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
