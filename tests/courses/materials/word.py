"""DOCX written by hand: only the parts that a test speaks of."""

import zipfile
from io import BytesIO
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
LINE = "слово"


def archive(members: dict[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    theme: str = "",
    footnotes: str = "",
) -> bytes:
    members = {
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
    }
    if styles:
        members["word/styles.xml"] = f"<w:styles {NAMES}>{styles}</w:styles>"
    if numbering:
        members["word/numbering.xml"] = (
            f"<w:numbering {NAMES}>{numbering}</w:numbering>"
        )
    if footnotes:
        members["word/footnotes.xml"] = (
            f"<w:footnotes {NAMES}>{footnotes}</w:footnotes>"
        )
    if theme:
        members["word/theme/theme1.xml"] = f"<a:theme {NAMES}>{theme}</a:theme>"
    return archive(members)


def run(text: str = LINE, properties: str = "") -> str:
    kept = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{kept}<w:t>{text}</w:t></w:r>"


def paragraph(content: str | None = None, properties: str = "") -> str:
    kept = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{kept}{run() if content is None else content}</w:p>"


def drawing(kind: str, *, width_cm: float, height_cm: float, wrap: str = "") -> str:
    emu = 360_000
    size = f'cx="{width_cm * emu:.0f}" cy="{height_cm * emu:.0f}"'
    return (
        f"<w:r><w:drawing><wp:{kind}><wp:extent {size}/>{wrap}</wp:{kind}>"
        "</w:drawing></w:r>"
    )


def saved(folder: Path, content: bytes, name: str = "x.docx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
