"""How a file is given out."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF = "application/pdf"
JSON = "application/json"


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    """Answer with a file to be saved under a name."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": str(disposition)}
    )
