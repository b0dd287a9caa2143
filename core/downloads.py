"""How a stored file is given out: by its hash, in pieces, whole or a part of it."""

import re
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

CHUNK_BYTES = 256 * 1024
PLAIN = "application/octet-stream"
# Shown by a browser itself and harmless there; all else is only given to be saved.
SHOWN = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "flac": "audio/flac",
}
# One range, as players ask for it; what asks for several gets the whole file.
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def stored_answer(
    request: HttpRequest,
    *,
    stored_as: str,
    sha256: str,
    file_name: str,
    container: str,
    cache_control: str = "private",
) -> HttpResponseBase:
    """Answer with a stored file: shown where a browser may show it, unless `?save`.

    `container` is what the guard told from the content; `stored_as` comes from a row of
    the portal, never from the address.

    Raises:
        Http404: the storage has no such file.
    """
    etag = quote_etag(sha256)
    try:
        size = default_storage.size(stored_as)
    except FileNotFoundError as error:
        raise Http404 from error
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    answer = _part_of(request, stored_as, size, etag=etag)
    is_shown = container in SHOWN and "save" not in request.GET
    disposition = content_disposition_header(not is_shown, file_name)
    answer["Content-Type"] = SHOWN[container] if is_shown else PLAIN
    answer["Content-Disposition"] = disposition or "inline"
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = cache_control
    answer["ETag"] = etag
    return answer


def _part_of(
    request: HttpRequest, stored_as: str, size: int, *, etag: str
) -> HttpResponseBase:
    """Return the whole file, the range asked for, or a refusal of one past its end."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    is_same = request.headers.get("If-Range", etag) == etag
    if not asked or not any(asked.groups()) or not is_same:
        return _pieces_answer(stored_as, 0, size)
    first, last = _ends(asked, size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = _pieces_answer(stored_as, first, last - first + 1)
    answer.status_code = 206
    answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer


def _ends(asked: re.Match[str], size: int) -> tuple[int, int]:
    """Return the first and the last byte of a range; `-5` means the last five."""
    start, end = asked.groups()
    if not start:
        return max(0, size - int(end)), size - 1
    return int(start), min(int(end or size), size - 1)


def _pieces_answer(stored_as: str, start: int, length: int) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        _pieces(stored_as, start, length), headers={"Content-Length": str(length)}
    )


def _pieces(stored_as: str, start: int, length: int) -> Iterator[bytes]:
    with default_storage.open(stored_as) as stream:
        stream.seek(start)
        while length > 0 and (piece := stream.read(min(CHUNK_BYTES, length))):
            length -= len(piece)
            yield piece
