"""Pages of twenty texts beside LibreOffice, where it is installed; the CPU they take."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from courses.formats.docx import measure_docx
from courses.formats.pages import PageFormat
from tests.courses.materials import ten_documents, ten_more_documents
from tests.courses.materials.ten_documents import in_the_edition_s_format

SETS = (ten_documents, ten_more_documents)


def libreoffice_pages(folder: Path) -> dict[str, int]:
    """Lay all texts of a folder out by LibreOffice; return their pages by name."""
    office = shutil.which("soffice")
    if office is None:
        return {}
    texts = map(str, folder.glob("*.docx"))
    command = [office, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *texts], check=True, capture_output=True)  # noqa: S603
    return {path.stem: len(PdfReader(path).pages) for path in folder.glob("*.pdf")}


def figures() -> dict[str, dict[str, Any]]:
    """Return the pages of each text by LibreOffice and by the portal, and the CPU."""
    told: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for texts in SETS:
            for maker in texts.MAKERS:
                content = in_the_edition_s_format(texts.make(maker))
                (folder / f"{maker.__name__}.docx").write_bytes(content)
        theirs = libreoffice_pages(folder)
        for path in sorted(folder.glob("*.docx")):
            began = time.process_time()
            pages = measure_docx(path, PageFormat()).pages
            told[path.stem] = {
                "libreoffice": theirs.get(path.stem),
                "portal": str(pages),
                "cpu_ms": round((time.process_time() - began) * 1000),
            }
    return told


def main() -> None:
    """Print a line for each text, or all as JSON."""
    told = figures()
    if "--json" in sys.argv:
        print(json.dumps(told))
        return
    for name, figure in told.items():
        print(name, *(f"{key} {value}" for key, value in figure.items()))


if __name__ == "__main__":
    main()
