"""Files the demo hands in: what a scan or a spreadsheet would be in life."""

from html import escape

from core.pdf import render_document


def document_pdf(kind: str, title: str) -> bytes:
    """Return a one-page document of a course."""
    return render_document(
        f"<h1>{escape(kind)}</h1><p>{escape(title)}</p>"
        '<div class="signatures"><div class="signature">'
        '<span class="position">Руководитель авторского коллектива</span>'
        '<span class="line"></span></div></div>',
        title=kind,
        language="ru",
    )
