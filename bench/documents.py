"""Pages of ten texts beside LibreOffice, where it is installed; the CPU they take."""

import shutil
import subprocess
import tempfile
import time
from math import ceil
from pathlib import Path

from pypdf import PdfReader

from courses.formats.docx import measure_docx
from courses.formats.pages import PageFormat
from tests.courses.materials.ten_documents import MAKERS, in_the_edition_s_format, make


def libreoffice_pages(folder: Path) -> dict[str, int]:
    """Lay all texts of a folder out by LibreOffice; return their pages by name."""
    office = shutil.which("soffice")
    if office is None:
        return {}
    texts = map(str, folder.glob("*.docx"))
    command = [office, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *texts], check=True, capture_output=True)  # noqa: S603
    return {path.stem: len(PdfReader(path).pages) for path in folder.glob("*.pdf")}


def main() -> None:
    """Print a line for each text."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for maker in MAKERS:
            text = in_the_edition_s_format(make(maker))
            (folder / f"{maker.__name__}.docx").write_bytes(text)
        theirs = libreoffice_pages(folder)
        for maker in MAKERS:
            began = time.process_time()
            found = measure_docx(folder / f"{maker.__name__}.docx", PageFormat())
            spent = time.process_time() - began
            ours = found.pages or 0
            beside = theirs.get(maker.__name__, "—")
            print(
                f"{maker.__name__:12} LibreOffice {beside}, portal {ours}"
                f" ({ceil(ours)}), {spent * 1000:.0f} ms"
            )


if __name__ == "__main__":
    main()
