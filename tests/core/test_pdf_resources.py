"""Nothing leaves and nothing enters: hostile markup against the closed fetcher.

The markup goes in raw, as if a template had forgotten to escape it.
"""

import socket
import urllib.request
import zlib

import pytest

from core import pdf

SECRET = "Canary-5b1f"

# {file} is a file of the server, {http} an address of its inner network.
REFUSED = [
    '<img src="file://{file}" alt="x">',
    '<img src="{http}/a.png" alt="x">',
    '<img src="ftp://127.0.0.1/a.png" alt="x">',
    '<img src="data:image/png;base64,iVBORw0KGgo=" alt="x">',
    '<img src="//127.0.0.1:{port}/a.png" alt="x">',
    '<img src="{file}" alt="x">',
    '<img src="../../etc/passwd" alt="x">',
    '<img src="asset:face-400/../x" alt="x">',
    '<img src="FILE://{file}" alt="x">',
    '<img src="jar:{http}!/a.png" alt="x">',
    '<object data="file://{file}" type="image/svg+xml">x</object>',
    '<embed src="{http}/a.svg" type="image/svg+xml">',
    '<link rel="stylesheet" href="{http}/a.css">',
    '<link rel="stylesheet" href="file://{file}">',
    '<link rel="attachment" href="file://{file}">',
    '<link rel="attachment" href="{http}/a">',
    '<a rel="attachment" href="file://{file}">x</a>',
    "<style>@import url({http}/a.css);</style>",
    "<style>@import 'file://{file}';</style>",
    "<style>@font-face {{ font-family: X; src: url({http}/a.woff) }}</style>",
    "<style>p::before {{ content: url(file://{file}) }}</style><p>x</p>",
    '<p style="background-image: url({http}/a.png)">x</p>',
    '<p style="background: url(file://{file})">x</p>',
    '<ul style="list-style-image: url({http}/a.png)"><li>x</li></ul>',
    '<p style="border-image-source: url({http}/a.png); border: 1px solid">x</p>',
]

# Not even asked for by the typesetter: printed without them.
IGNORED = [
    '<svg><image href="file://{file}" width="9" height="9"/></svg>',
    '<svg><image xlink:href="{http}/a.png" width="9" height="9"/></svg>',
    '<svg><use href="{http}/a.svg#x"/></svg>',
    "<svg><style>@import url({http}/a.css);</style></svg>",
    '<script src="{http}/a.js"></script><p>x</p>',
    '<iframe src="file://{file}"></iframe><p>x</p>',
    '<base href="file:///etc/"><p>x</p>',
    '<meta http-equiv="refresh" content="0; url={http}/"><p>x</p>',
    '<video src="{http}/a.mp4"></video><p>x</p>',
    '<a href="{http}/">x</a>',
    '<?xml-stylesheet href="{http}/a.css"?><p>x</p>',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{file}">]><p>&e;</p>',
    "<p>&lt;img src=file:///etc/passwd&gt;</p>",
]


class Outside:
    """The outer world, which counts the calls at its door."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def refuse(self, *args: object, **_kwargs: object) -> None:
        self.calls.append(repr(args))
        raise OSError


@pytest.fixture
def outside(monkeypatch):
    pdf.document_typesetter()
    outside = Outside()
    monkeypatch.setattr(socket.socket, "connect", outside.refuse)
    monkeypatch.setattr(socket, "getaddrinfo", outside.refuse)
    monkeypatch.setattr(urllib.request.OpenerDirector, "open", outside.refuse)
    return outside


@pytest.fixture
def places(tmp_path):
    file = tmp_path / "secret.svg"
    file.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>'
    )
    return {"file": str(file), "http": "http://127.0.0.1:9", "port": "9"}


def printed(body: str) -> bytes:
    return pdf.render_document(body, title="Проба", language="ru")


@pytest.mark.parametrize("payload", REFUSED)
def test_markup_that_asks_for_a_resource_is_refused(payload, outside, places):
    with pytest.raises(pdf.ForeignResource):
        printed(payload.format(**places))

    assert outside.calls == []


@pytest.mark.parametrize("payload", IGNORED)
def test_what_a_typesetter_does_not_fetch_stays_out(payload, outside, places):
    content = printed(payload.format(**places))

    assert outside.calls == []
    assert SECRET.encode() not in unpacked(content)


def test_a_refusal_names_what_was_asked_for():
    with pytest.raises(pdf.ForeignResource) as refusal:
        printed('<img src="file:///etc/passwd" alt="x">')

    assert refusal.value.details == {"url": "file:///etc/passwd"}


def test_a_refusal_leaves_the_typesetter_fit_for_the_next_document(places):
    with pytest.raises(pdf.ForeignResource):
        printed('<img src="file://{file}" alt="x">'.format(**places))

    assert printed("<p>Дальше</p>").startswith(b"%PDF-1.7")


def test_the_outer_world_is_counted():
    """Control: without the closed fetcher the same markup knocks at the door."""
    outside = Outside()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urllib.request.OpenerDirector, "open", outside.refuse)
        from weasyprint import HTML  # noqa: PLC0415 (the control alone calls it)

        HTML(string='<img src="http://127.0.0.1:9/a.png" alt="x">').write_pdf()

    assert len(outside.calls) == 1


def unpacked(content: bytes) -> bytes:
    """Return a PDF with its compressed streams opened."""
    parts = content.split(b"stream\n")
    opened = [content]
    for part in parts:
        try:
            opened.append(zlib.decompressobj().decompress(part))
        except zlib.error:
            continue
    return b"".join(opened)
