"""Run every measurement, each in a process of its own; write docs/performance.md.

python -m bench
"""

import json
import platform
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


def main() -> None:
    """Measure, write, print."""
    certificate = _figures("bench.certificate")
    banks = _figures("bench.banks")
    imports = _figures("bench.bank_import", with_servers=True)
    backup = _figures("bench.mbz")
    documents = _figures("bench.documents")
    hostile = _figures("bench.hostile")
    check = _figures("bench.check", with_servers=True)
    editions = _figures("bench.editions", with_servers=True)
    panel = _figures("bench.panel", with_servers=True)
    pages = _figures("bench.pages", with_servers=True)
    text = "\n".join(
        [
            "# Performance",
            "",
            "Written by `make bench`. Figures of one run stand beside one another; those",
            "of two machines, or of two runs, do not.",
            "",
            f"{_today()}, Python {platform.python_version()}, {platform.machine()}.",
            "",
            *_certificate_section(certificate),
            *_banks_section(banks),
            *_imports_section(imports),
            *_backup_section(backup),
            *_documents_section(documents),
            *_hostile_section(hostile),
            *_check_section(check),
            *_editions_section(editions),
            *_panel_section(panel),
            *_pages_section(pages),
        ]
    )
    PAGE.write_text(text, encoding="utf-8")
    print(text)


def _today() -> date:
    return datetime.now(tz=UTC).date()


def _figures(module: str, *, with_servers: bool = False) -> Any:
    print(f"{module} …", file=sys.stderr)
    command = [sys.executable, "-m", module, "--json"]
    if with_servers:
        command = [sys.executable, "-m", "config.embedded", *command]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 (our own words)
    return json.loads(done.stdout.splitlines()[-1])


def _certificate_section(figures: Any) -> list[str]:
    rows = [
        f"| {way} | {time} | {figures['bytes'][way]} |"
        for way, time in figures["cpu_ms"].items()
    ]
    return [
        "## A certificate",
        "",
        (
            "The same row on the same ornament with the same faces; median CPU of "
            f"{figures['count']} pieces, the ways taking turns."
        ),
        "",
        "| way | CPU, ms | bytes |",
        "|---|---:|---:|",
        *rows,
        "",
    ]


def _banks_section(figures: Any) -> list[str]:
    rows = [
        f"| {form} | {told['kilobytes']} | {told['read_cpu_s']} | {told['marks_cpu_s']} "
        f"| {told['grown_mb']} |"
        for form, told in figures.items()
    ]
    return [
        "## Files of questions",
        "",
        f"{figures['gift']['questions']} choices of four, read in a process of their own.",
        "",
        "| format | KB | reading, CPU s | fingerprints, CPU s | memory, MB more |",
        "|---|---:|---:|---:|---:|",
        *rows,
        "",
    ]


def _imports_section(figures: Any) -> list[str]:
    rows = [
        f"| {form} | {told['preview_cpu_s']} | {told['store_cpu_s']} "
        f"| {told['grown_mb']} |"
        for form, told in figures.items()
    ]
    return [
        f"{figures['gift']['questions']} of them previewed, then stored.",
        "",
        "| format | preview, CPU s | import, CPU s | memory, MB more |",
        "|---|---:|---:|---:|",
        *rows,
        "",
    ]


def _hostile_section(figures: Any) -> list[str]:
    rows = [
        f"| {name} | {told['kilobytes']} | {told['seconds']} "
        f"| {told['rss_megabytes'] - told['rss_megabytes_before']} "
        f"| {told['answer'].partition(':')[0].split()[0]} |"
        for name, told in figures.items()
    ]
    return [
        "## Hostile files at the door",
        "",
        "Each brought to the guard of its door, in a process of its own.",
        "",
        "| file | KB | s | memory, MB more | answer |",
        "|---|---:|---:|---:|---|",
        *rows,
        "",
    ]


def _check_section(figures: Any) -> list[str]:
    return [
        "## The structural check",
        "",
        (
            f"A course of {figures['weeks']} weeks, {figures['topics']} topics, "
            f"{figures['questions']} questions and {figures['materials']} materials gives "
            f"{figures['findings']} findings."
        ),
        "",
        "| what | median | best |",
        "|---|---:|---:|",
        f"| queries for the facts | {figures['queries']} | |",
        *(
            f"| CPU of the {what}, ms | {figures[f'{key}_cpu_ms']} "
            f"| {figures[f'{key}_best_cpu_ms']} |"
            for what, key in (("facts", "facts"), ("check without queries", "check"))
        ),
        "",
    ]


def _editions_section(figures: Any) -> list[str]:
    return [
        "## Who would fail under a new edition",
        "",
        (
            f"{figures['courses']} courses of 8 weeks with {figures['questions']} questions "
            "in all, each checked by the new edition and by its own."
        ),
        "",
        "| what | figure |",
        "|---|---:|",
        f"| CPU of the worker, s | {figures['worker_cpu_s']} |",
        f"| CPU of asking, s | {figures['ask_cpu_s']} |",
        f"| queries, in {figures['batches']} batches | {figures['queries']} |",
        "",
    ]


def _backup_section(figures: Any) -> list[str]:
    return [
        "## A Moodle backup of 500 MB",
        "",
        "Mostly files that are streamed past; read whole in a process of its own.",
        "",
        "| what | figure |",
        "|---|---:|",
        *(
            f"| {name.replace('_', ' ')} | {figure} |"
            for name, figure in figures.items()
        ),
        "",
    ]


def _documents_section(figures: Any) -> list[str]:
    rows = [
        f"| {name.replace('_', ' ')} | {told['libreoffice'] or '—'} | {told['portal']} "
        f"| {told['cpu_ms']} |"
        for name, told in figures.items()
    ]
    return [
        "## Pages of texts",
        "",
        "DOCX laid out in the edition's format, by LibreOffice where it is installed.",
        "",
        "| text | LibreOffice | portal | CPU, ms |",
        "|---|---:|---:|---:|",
        *rows,
        "",
    ]


def _panel_section(figures: Any) -> list[str]:
    page, saved = figures["page"], figures["autosave"]
    rows = (
        ("queries", "queries"),
        ("CPU, ms, median", "cpu_ms"),
        ("CPU, ms, best", "best_cpu_ms"),
        ("bytes of the answer", "bytes"),
    )
    return [
        "## A form with its panel",
        "",
        (
            f"A form of a course of {figures['weeks']} weeks and {figures['topics']} topics "
            "is shown, and saves itself: the save, the check, the panel drawn anew."
        ),
        "",
        "| what | the page | an autosave |",
        "|---|---:|---:|",
        *(f"| {words} | {page[key]} | {saved[key]} |" for words, key in rows),
        "",
    ]


def _pages_section(figures: Any) -> list[str]:
    rates, ratios = figures["requests_per_second"], figures["ratio_to_bare_list"]
    rows = [f"| {name} | {rate} | {ratios[name]} |" for name, rate in rates.items()]
    return [
        "## Pages",
        "",
        (
            "gunicorn with two sync workers, the demo's data, `wrk -c8` on the same cores; "
            "medians of three rounds in turn. The form is that of the large course above, "
            "for its author who is signed in."
        ),
        "",
        "| page | requests/s | of the bare list |",
        "|---|---:|---:|",
        *rows,
        "",
    ]


if __name__ == "__main__":
    main()
