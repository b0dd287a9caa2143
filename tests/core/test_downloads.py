"""Stored files given out: whole, in part, unchanged, or not there."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from core.downloads import stored_answer
from core.storage import store_bytes

CONTENT = bytes(range(256)) * 4
SIZE = len(CONTENT)


def answer(container="mp4", *, path="/", **headers):
    stored_as, sha256 = store_bytes(CONTENT, folder="materials", ending=container)
    return stored_answer(
        RequestFactory().get(path, headers=headers),
        stored_as=stored_as,
        sha256=sha256,
        file_name="Лекция 1.mp4",
        container=container,
    )


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_video_is_shown_by_the_browser_under_its_own_name():
    response = answer()

    assert (response.status_code, body(response)) == (200, CONTENT)
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Length"] == str(SIZE)
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert response["Accept-Ranges"] == "bytes"
    assert response["Cache-Control"] == "private"


@pytest.mark.parametrize(("container", "path"), [("pdf", "/"), ("mp4", "/?save")])
def test_what_a_browser_need_not_show_is_saved(container, path):
    response = answer(container, path=path)

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=1000-", 1000, 1023),
        ("bytes=-24", 1000, 1023),
        ("bytes=-5000", 0, 1023),
        ("bytes=1000-9999", 1000, 1023),
    ],
)
def test_a_player_gets_the_range_it_asks_for(asked, first, last):
    response = answer(range=asked)

    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)
    assert body(response) == CONTENT[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=9-5", "bytes=-0"])
def test_a_range_past_the_end_is_refused_with_the_size(asked):
    response = answer(range=asked)

    assert (response.status_code, response["Content-Range"]) == (
        416,
        f"bytes */{SIZE}",
    )


@pytest.mark.parametrize(
    "asked", ["bytes=-", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b", "bytes=١-٢"]
)
def test_a_range_that_is_none_gets_the_whole_file(asked):
    # HTTP lets a server pass over what it does not understand.
    assert body(answer(range=asked)) == CONTENT


def test_a_range_of_another_file_gets_the_whole_of_this_one():
    response = answer(range="bytes=0-9", **{"if-range": '"another"'})

    assert (response.status_code, body(response)) == (200, CONTENT)


def test_what_the_browser_has_is_not_sent_again():
    etag = answer()["ETag"]

    assert answer(**{"if-none-match": etag}).status_code == 304


def test_a_file_that_is_not_there_is_not_found():
    with pytest.raises(Http404):
        stored_answer(
            RequestFactory().get("/"),
            stored_as="materials/00/none.mp4",
            sha256="0" * 64,
            file_name="none.mp4",
            container="mp4",
        )
