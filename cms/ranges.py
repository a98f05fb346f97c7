"""A film is asked for in parts: a player shows its beginning before the rest is there, and some play nothing else."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from wagtail.documents.views.serve import serve

CHUNK = 64 * 1024


def serve_document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Wagtail's own view, which knows who may have what; of a film, the part that was asked for."""
    response = serve(request, document_id, document_filename)
    if response.headers.get("Content-Encoding") == "None":  # Wagtail's sendfile says so of files that are not packed
        del response.headers["Content-Encoding"]
    if isinstance(response, FileResponse) and response.headers["Content-Type"].startswith("video/"):
        response.headers["Accept-Ranges"] = "bytes"
        return part_of(response, request)
    return response


def part_of(whole: FileResponse, request: HttpRequest) -> HttpResponseBase:
    asked = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range", ""))
    changed = request.headers.get("If-Range", whole.headers["ETag"]) != whole.headers["ETag"]
    if not asked or not any(asked.groups()) or changed:
        return whole
    size = int(whole.headers["Content-Length"])
    first, last = bounds(*asked.groups(), size)
    if first > last:
        whole.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    whole.status_code = 206
    whole.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    whole.headers["Content-Length"] = str(last - first + 1)
    whole.streaming_content = pieces(whole.file_to_stream, first, last)
    return whole


def bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte; "-500" means the last five hundred."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)


def pieces(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    file.seek(first)
    left = last - first + 1
    while left and (piece := file.read(min(CHUNK, left))):
        left -= len(piece)
        yield piece
