"""XML that is broken or made to hurt gets one clear error, quickly and in little memory."""

import subprocess
import sys
from time import process_time

import pytest

from courses.formats.reading import read_questions

HEAD = b"<?xml version='1.0' encoding='UTF-8'?>"
GOOD = b"<question type='essay'><name><text>n</text></name></question>"
OPEN = HEAD + b"<quiz><question type='essay'>"
ENTITIES = b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
LAUGHS = b"<!DOCTYPE l [<!ENTITY a 'lol'>" + ENTITIES + b"]>"


def _told(content):
    bank = read_questions(content, name="a.xml")
    errors = [(error.line, error.reason_code.value) for error in bank.errors]
    return len(bank.questions), errors


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (HEAD + b"<quiz>\n" + GOOD + b"\n<question", (1, [(3, "broken_xml")])),
        (HEAD + b"<quiz>" + GOOD + b"</quizz>", (1, [(1, "broken_xml")])),
        (HEAD + b"<quiz>\n\n&nbsp;</quiz>", (0, [(3, "broken_xml")])),
        (HEAD + b"\n<GLOSSARY/>", (0, [(2, "not_a_quiz")])),
        (HEAD, (0, [(1, "broken_xml")])),
        (HEAD + b"<quiz>\n\xcf\xf0\xe8</quiz>", (0, [(2, "damaged_encoding")])),
        (
            b"<?xml version='1.0' encoding='klingon'?><quiz/>",
            (0, [(1, "unknown_encoding")]),
        ),
        (HEAD + LAUGHS + b"<quiz>&j;</quiz>", (0, [(1, "doctype")])),
        (HEAD + LAUGHS + b"<quiz a='&j;'/>", (0, [(1, "doctype")])),
        (
            HEAD + b"<!DOCTYPE q SYSTEM 'file:///etc/passwd'><quiz/>",
            (0, [(1, "doctype")]),
        ),
        (
            HEAD + b"<!-- a -->" * 9000 + b"<!DOCTYPE q []><quiz/>",
            (0, [(1, "doctype")]),
        ),
    ],
)
def test_broken_or_forbidden_xml(content, expected):
    assert _told(content) == expected


def test_document_type_is_seen_in_utf16():
    content = "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE q []><quiz/>"

    assert _told(content.encode("utf-16")) == (0, [(1, "doctype")])


HOSTILE = {
    "depth": lambda: OPEN + b"<a>" * 200_000,
    "a long attribute": lambda: OPEN + b"<a b='" + b"x" * 60_000_000 + b"'/>",
    "an attribute of 200 MB": lambda: OPEN + b"<a b='" + b"x" * 200_000_000 + b"'/>",
    "a long text": lambda: OPEN + b"<name><text>" + b"x" * 60_000_000,
    "many elements": lambda: OPEN + b"<a/>" * 5_000_000,
    "many attributes": lambda: (
        OPEN + b"<a " + b" ".join(b"a%d=''" % n for n in range(1_000_000)) + b"/>"
    ),
    "many bytes": lambda: HEAD + b" " * 70_000_000,
    "many elements between questions": lambda: HEAD + b"<quiz>" + b"<a/>" * 5_000_000,
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile_xml_is_refused_quickly(make):
    content = make()
    start = process_time()

    assert _told(content) == (0, [(1, "too_large")])
    assert process_time() - start < 2


MEASURE = """
from pathlib import Path
from courses.formats.reading import read_questions
def peak():
    # ru_maxrss counts the memory of the process that started this one, too.
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
content = {head!r} + b"<quiz>" + {body!r} * {count}
before = peak()
bank = read_questions(content, name="a.xml")
assert bank.errors
print((peak() - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by /proc")
@pytest.mark.parametrize("body", [b"<a/>", b"<a>", b"x" * 100, b"<a b='c'>d</a>"])
def test_hostile_xml_takes_little_memory(body):
    code = MEASURE.format(head=OPEN, body=body, count=400_000)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (our own words)

    assert int(done.stdout) < 150


def test_time_grows_with_the_length_alone():
    def seconds(count):
        content = HEAD + b"<quiz>" + GOOD * count + b"</quiz>"
        times = []
        for _ in range(3):
            start = process_time()
            assert _told(content) == (count, [])
            times.append(process_time() - start)
        return min(times)

    # Sixteen times the length; a square would take 256 times the time.
    assert seconds(8_000) < 64 * seconds(500)
