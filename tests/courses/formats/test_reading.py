"""The format is told by what is in a file, not by what it is called."""

import pytest

from courses.formats.question import ParsedCategory, ParsedQuestion, ParseError
from courses.formats.reading import iter_questions, read_questions
from courses.formats.writing import write_template

XML = (
    "<quiz><question type='essay'><questiontext><text>Неге?</text></questiontext>"
    "</question></quiz>"
)
AIKEN = "Астана?\nA) Жоқ\nB) Иә\nANSWER: B\n"


def _told(content, name):
    bank = read_questions(content, name=name)
    return (
        bank.format,
        len(bank.questions),
        [error.reason_code for error in bank.errors],
    )


@pytest.mark.parametrize("name", ["a.gift", "a.xml", "a.txt", "a.xlsx", "a", ""])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (XML.encode(), ("moodle_xml", 1, [])),
        (f"\n\n<?xml version='1.0'?>{XML}".encode(), ("moodle_xml", 1, [])),
        (f"<!-- a --> {XML}".encode(), ("moodle_xml", 1, [])),
        (f"<?xml version='1.0'?>{XML}".encode("utf-16"), ("moodle_xml", 1, [])),
        (b"\xef\xbb\xbf" + XML.encode(), ("moodle_xml", 1, [])),
        (b"<!DOCTYPE html><html></html>", ("moodle_xml", 0, ["doctype"])),
        (AIKEN.encode(), ("aiken", 1, [])),
        (AIKEN.encode("cp1251", "replace"), ("aiken", 1, [])),
        (AIKEN.encode("utf-16"), ("aiken", 1, [])),
        ("Су ылғалды. {T}".encode(), ("gift", 1, [])),
        ("Су. {T}\n\nANSWER: A\n\nСу. {T}".encode(), ("gift", 3, [])),
        (b"$$\\frac{1}{2}$$?\nA) {x}\nB) {y}\nANSWER: A", ("aiken", 1, [])),
        (b"", ("gift", 0, [])),
        (b"a\0b", ("gift", 0, ["not_text"])),
        (b"PK\x03\x04", ("xlsx", 0, ["not_a_table"])),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ("xlsx", 0, ["not_a_table"])),
        (write_template(), ("xlsx", 9, [])),
    ],
)
def test_format_is_told_by_the_content(content, expected, name):
    assert _told(content, name) == expected


def test_name_counts_where_the_content_is_silent():
    content = b"<b>2 + 2?</b> {=4}"

    assert _told(content, "a.gift") == ("gift", 1, [])
    assert _told(content, "a.XML") == ("moodle_xml", 0, ["not_a_quiz"])


def test_questions_are_read_one_by_one():
    content = b"$CATEGORY: A\n\nQ {T}\n\nQ {=\n\n"

    kinds = [type(item) for item in iter_questions(content, name="a.gift")]

    assert kinds == [ParsedCategory, ParsedQuestion, ParseError]
