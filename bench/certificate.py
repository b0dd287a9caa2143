"""A certificate beside plain WeasyPrint and Typst: CPU a piece, in one run.

All three print the same row on the same ornament, with the same three faces. The ways
take turns, so that whatever else the machine does falls on all of them.

    python -m bench.certificate [--count 40] [--json]
"""

import argparse
import json
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypedDict

import segno
import typst
from weasyprint import HTML

from certificates.printing import CertificateFields, preload, render
from certificates.printing.curves import Line, pieces
from certificates.printing.markup import certificate_markup
from certificates.printing.ornament import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    certificate_ornament,
)
from core.pdf import LIGHT, REGULAR, SEMIBOLD
from core.pdf.faces import font_file

Way = Callable[[CertificateFields], bytes]

ROW = CertificateFields(
    number="№\N{NO-BREAK SPACE}000123",
    code="K7QF-3M9X-2RTA",
    verification_url="https://portal.university.example/verify/K7QF-3M9X-2RTA",
    surname="Верещагина",
    given_name="Анна",
    patronymic="Сергеевна",
    course_title="Основы статистики и анализа данных",
    course_type="open_learning",
    workload_hours=Decimal(144),
    workload_credits=Decimal(4),
    completed_on=date(2026, 11, 14),
    issued_on=date(2026, 11, 21),
    university="Приречный государственный университет",
    centre="Центр открытого образования",
    city="Приречный",
    signatory_name="И. К. Лесной",
    signatory_position="Проректор по учебной работе",
    language="ru",
)


class Figures(TypedDict):
    """What one run measured; the keys of the dictionaries are the ways."""

    count: int
    cpu_ms: dict[str, float]
    bytes: dict[str, int]
    times_cheaper: dict[str, float]


def measure(*, count: int) -> Figures:
    """Print `count` certificates each way.

    Returns:
        For each way the median CPU a piece in milliseconds and the bytes of one, and
        how many times cheaper ours is than each peer.
    """
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write_assets(folder)
        preload()
        ways: dict[str, Way] = {
            "portal": render,
            "plain WeasyPrint": _plain(folder),
            "Typst": _typst(folder),
        }
        spent, sizes = _take_turns(ways, count)
    medians = {way: median(times) * 1000 for way, times in spent.items()}
    return {
        "count": count,
        "cpu_ms": {way: round(time, 2) for way, time in medians.items()},
        "bytes": sizes,
        "times_cheaper": {
            way: round(time / medians["portal"], 2)
            for way, time in medians.items()
            if way != "portal"
        },
    }


def _take_turns(
    ways: dict[str, Way], count: int
) -> tuple[dict[str, list[float]], dict[str, int]]:
    spent: dict[str, list[float]] = {way: [] for way in ways}
    sizes = {}
    for way, printed in ways.items():
        sizes[way] = len(printed(ROW))
    for number in range(count):
        row = _row(number)
        for way, printed in ways.items():
            start = process_time()
            printed(row)
            spent[way].append(process_time() - start)
    return spent, sizes


def _row(number: int) -> CertificateFields:
    """Return a row of its own: nothing of the last one can be printed again."""
    code = f"{number * 7919 % 10_000:04d}-3M9X-{number:04d}"
    return replace(
        ROW,
        number=f"№\N{NO-BREAK SPACE}{number:06d}",
        given_name=("Анна", "Ольга", "Жанна", "Мария", "Юлия")[number % 5],
        surname="Верещагина"[: 4 + number % 6] + "ова",
        code=code,
        verification_url=f"https://portal.university.example/verify/{code}",
    )


def _write_assets(folder: Path) -> None:
    for face in (LIGHT, REGULAR, SEMIBOLD):
        (folder / f"{face.weight}.ttf").write_bytes(font_file(face))
    (folder / "ground.svg").write_text(_svg(), encoding="utf-8")
    (folder / "certificate.typ").write_text(_TYPST, encoding="utf-8")


def _svg() -> str:
    """Return the ornament as SVG, which is how the peers take it."""
    lines = "".join(_path(line) for line in certificate_ornament())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PAGE_WIDTH}pt"'
        f' height="{PAGE_HEIGHT}pt" viewBox="0 0 {PAGE_WIDTH} {PAGE_HEIGHT}"'
        f' fill="none" stroke-linecap="round">{lines}</svg>'
    )


def _path(line: Line) -> str:
    left, top = line.curve(line.knots[0])
    curves = " ".join(
        f"C{a:.2f} {b:.2f} {c:.2f} {d:.2f} {e:.2f} {f:.2f}"
        for (a, b), (c, d), (e, f) in pieces(line)
    )
    colour = ",".join(str(round(channel * 255)) for channel in line.colour)
    return "".join(
        f'<path d="M{left:.2f} {top:.2f} {curves}" stroke="rgb({colour})"'
        f' stroke-width="{line.width}" transform="matrix'
        f'({" ".join(f"{number:.2f}" for number in place)})"/>'
        for place in line.places
    )


def _plain(folder: Path) -> Way:
    """Return WeasyPrint as most projects call it: all in the markup, `write_pdf()`."""
    faces = "".join(
        f"@font-face {{ font-family: Portal; font-weight: {face.weight};"
        f" src: url({face.weight}.ttf) }}\n"
        for face in (LIGHT, REGULAR, SEMIBOLD)
    )
    css = files("certificates.printing").joinpath("certificate.css").read_text("utf-8")
    css += (
        "@page { background: url(ground.svg) }"
        ".qr { position: absolute; left: 235mm; top: 151mm; width: 26mm }"
    )

    def printed(row: CertificateFields) -> bytes:
        picture = segno.make(row.verification_url, error="m").png_data_uri(
            scale=8, border=0
        )
        markup = (
            certificate_markup(row)
            .replace("</head>", f"<style>{faces}{css}</style></head>")
            .replace("</body>", f'<img class="qr" alt="QR" src="{picture}"></body>')
        )
        content: bytes = HTML(string=markup, base_url=f"{folder}/").write_pdf()
        return content

    return printed


_TYPST = """
#set page(width: 297mm, height: 210mm, margin: 0mm,
  background: image("ground.svg", width: 100%))
#set document(title: sys.inputs.name)
#set text(font: "Source Sans 3", size: 13pt, fill: rgb("#2b3a4d"), lang: "ru")
#set align(center)
#let ink = rgb("#1b3760")
#let small(body) = text(size: 7.5pt, fill: rgb("#55606e"), body)
#place(top, dy: 31mm, block(width: 100%)[
  #text(15pt, weight: 600, fill: ink, sys.inputs.university) \\
  #text(11pt, sys.inputs.centre)])
#place(top, dy: 47mm, block(width: 100%,
  text(44pt, weight: 300, fill: ink, tracking: 2.2pt)[Сертификат]))
#place(top, dy: 65mm, block(width: 100%, text(10pt, sys.inputs.registration)))
#place(top, dy: 77mm, block(width: 100%)[
  Настоящий сертификат подтверждает, что
  #v(12pt, weak: true) #text(36pt, weight: 600, fill: ink, sys.inputs.name)
  #v(12pt, weak: true) успешно освоил(а) открытый онлайн-курс
  #v(16pt, weak: true) #text(25pt, weight: 300, fill: ink)[«#sys.inputs.title»]
  #v(16pt, weak: true) в объёме #sys.inputs.workload
  #v(8pt, weak: true) #text(10pt, sys.inputs.completed)])
#place(top + left, dx: 36mm, dy: 150mm, block(width: 78mm, align(left)[
  #text(10.5pt, sys.inputs.position) #v(11mm)
  #line(length: 78mm, stroke: 0.5pt) #small[подпись] \\
  #text(10.5pt, weight: 600, fill: ink, sys.inputs.signatory)]))
#place(top, dy: 162mm, block(width: 100%, text(fill: rgb("#97a3b3"))[М. П.]))
#place(top + left, dx: 183mm, dy: 152mm, block(width: 47mm, align(right)[
  #small[Подлинность сертификата проверяется по адресу] \\
  #text(9pt, weight: 600, link(sys.inputs.url)) \\
  #small[Код проверки] \\ #text(10.5pt, weight: 600, sys.inputs.code)]))
#place(top + left, dx: 235mm, dy: 151mm,
  image(bytes(sys.inputs.qr), width: 26mm, alt: "QR"))
"""


def _typst(folder: Path) -> Way:
    """Return Typst with its compiler kept warm, the way it is fastest."""
    compiler = typst.Compiler(
        folder / "certificate.typ", root=folder, font_paths=[folder]
    )

    def printed(row: CertificateFields) -> bytes:
        picture = segno.make(row.verification_url, error="m").svg_inline(border=0)
        inputs = {
            "university": row.university,
            "centre": row.centre,
            "registration": f"Регистрационный {row.number} · {row.city} · "
            f"Дата выдачи: {row.issued_on:%d.%m.%Y}",
            "name": row.full_name,
            "title": row.course_title,
            "workload": f"{row.workload_hours} часов",
            "completed": f"Дата освоения курса: {row.completed_on:%d.%m.%Y}",
            "position": row.signatory_position,
            "signatory": row.signatory_name,
            "url": row.verification_url,
            "code": row.code,
            "qr": picture.replace(
                "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1
            ),
        }
        content = compiler.compile(sys_inputs=inputs, format="pdf")
        assert isinstance(content, bytes)
        return content

    return printed


def main() -> None:
    """Print the table, or the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    # The faces that set-up has cut are found by the settings; no server is asked.
    os.environ.setdefault("SECRET_KEY", "bench")
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@127.0.0.1/none")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    figures = measure(count=options.count)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    print(f"{'way':<20}{'CPU, ms':>10}{'bytes':>10}")
    for way, time in figures["cpu_ms"].items():
        print(f"{way:<20}{time:>10.1f}{figures['bytes'][way]:>10}")


if __name__ == "__main__":
    main()
