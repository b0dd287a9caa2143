"""Ten thousand questions read in each format: CPU, and how much the process grows.

Each reading has a process of its own, so that no memory of another one is counted.

    python -m bench.banks [--count 10000] [--json]
"""

import argparse
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypedDict

from courses.formats.fingerprint import fingerprint
from courses.formats.question import (
    Format,
    Kind,
    ParsedAnswer,
    ParsedQuestion,
    TextFormat,
)
from courses.formats.reading import read_questions
from courses.formats.writing import write_questions

COUNT = 10_000
CATEGORY_SIZE = 250


class Reading(TypedDict):
    """What one reading took; `marks_cpu_s` is the time of the fingerprints."""

    kilobytes: int
    questions: int
    read_cpu_s: float
    marks_cpu_s: float
    grown_mb: int


def measure(*, count: int) -> dict[str, Reading]:
    """Write the same questions in each format and read them again."""
    questions = [question(number) for number in range(count)]
    figures: dict[str, Reading] = {}
    with TemporaryDirectory() as name:
        for form in Format:
            path = Path(name) / form.value
            path.write_bytes(write_questions(questions, format=form).content)
            command = [sys.executable, "-m", "bench.banks", "--read", str(path)]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603 (our own words)
            figures[form.value] = json.loads(done.stdout)
    return figures


def question(number: int) -> ParsedQuestion:
    """Return a choice of four, whose words are its own."""
    return ParsedQuestion(
        kind=Kind.MULTICHOICE,
        name=f"Вопрос {number}",
        text=f"<p>Чему равно значение выражения <b>{number}</b>x + 1 при x = 2?</p>",
        text_format=TextFormat.HTML,
        answers=tuple(
            ParsedAnswer(
                text=f"Ответ {number * 2 + place}",
                fraction=Decimal(0 if place else 100),
                text_format=TextFormat.HTML,
                feedback="Нет, посмотрите ещё раз." if place else "Да.",
                feedback_format=TextFormat.HTML,
            )
            for place in range(4)
        ),
        category=f"Тема {number // CATEGORY_SIZE + 1}",
        line=1,
        raw="",
        general_feedback="Подставьте значение x.",
        general_feedback_format=TextFormat.HTML,
    )


def peak_kilobytes() -> int:
    """Return the most memory ever held; `ru_maxrss` would count the parent's, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def _read(path: Path) -> Reading:
    content = path.read_bytes()
    before = peak_kilobytes()
    start = process_time()
    bank = read_questions(content, name=path.name)
    read = process_time()
    for question in bank.questions:
        fingerprint(question)
    done = process_time()
    grown = peak_kilobytes() - before
    return Reading(
        kilobytes=len(content) // 1024,
        questions=len(bank.questions),
        read_cpu_s=round(read - start, 2),
        marks_cpu_s=round(done - read, 2),
        grown_mb=grown // 1024,
    )


def main() -> None:
    """Print the figures; `--read` is what the process of one reading does."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--read", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.read:
        print(json.dumps(_read(options.read)))
        return
    figures = measure(count=options.count)
    print(json.dumps(figures, indent=None if options.json else 2))


if __name__ == "__main__":
    main()
