"""Moodle's export of a glossary, and what is no such export."""

from pathlib import Path

import pytest

from courses.formats.glossary_xml import (
    FAULT_TEXTS,
    Fault,
    ParsedGlossary,
    read_glossary,
)

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "glossary"


def glossary(*entries: str) -> ParsedGlossary:
    text = f"<INFO><NAME>Термины</NAME><ENTRIES>{''.join(entries)}</ENTRIES></INFO>"
    return read_glossary(f"<GLOSSARY>{text}</GLOSSARY>".encode())


def entry(term: str, definition: str) -> str:
    return (
        f"<ENTRY><CONCEPT>{term}</CONCEPT><DEFINITION>{definition}</DEFINITION></ENTRY>"
    )


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not on this machine")
def test_the_sample_of_moodle_itself_is_read():
    told = read_glossary((SAMPLES / "mdlcore_musicians.xml").read_bytes())
    assert [(row.term, row.definition, row.line) for row in told.terms] == [
        (
            "Paul McCartney",
            "Popular British composer, guitarist, and vocalist.",
            18,
        )
    ]
    assert (told.name, told.repeated, told.errors) == ("Musicians", (), ())


def test_a_term_told_twice_counts_once_and_is_named():
    told = glossary(entry("Мода", "Частое"), entry("МОДА", "Иное"))
    assert [row.definition for row in told.terms] == ["Частое"]
    assert [row.definition for row in told.repeated] == ["Иное"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (entry("", "Частое"), Fault.NO_TERM),
        (entry("м" * 201, "Частое"), Fault.LONG_TERM),
        (entry("Мода", "&lt;p&gt; &lt;/p&gt;"), Fault.NO_DEFINITION),
        (entry("Мода", "м" * 2001), Fault.LONG_DEFINITION),
    ],
)
def test_a_bad_entry_is_told_by_its_reason(row, fault):
    told = glossary(row)
    assert [error.reason for error in told.errors] == [FAULT_TEXTS[fault]]
    assert told.terms == ()


def test_more_terms_than_are_taken_are_an_error():
    told = glossary(*(entry(f"Т{key}", "Это") for key in range(20_001)))
    assert {error.reason for error in told.errors} == {FAULT_TEXTS[Fault.TOO_MANY]}


@pytest.mark.parametrize("content", [b"", b"not xml", b"<quiz/>", b"<GLOSSARY/>"])
def test_what_is_no_export_of_a_glossary_is_said_so(content):
    told = read_glossary(content)
    assert [error.reason for error in told.errors] == [
        FAULT_TEXTS[Fault.NOT_A_GLOSSARY]
    ]


def test_a_document_type_is_refused():
    told = read_glossary(b"<!DOCTYPE x [<!ENTITY a 'b'>]><GLOSSARY>&a;</GLOSSARY>")
    assert "document type" in told.errors[0].reason


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 1])
def test_a_cut_export_is_said_to_be_cut(share):
    whole = (
        '<?xml version="1.0" encoding="UTF-8"?><GLOSSARY><INFO><NAME>Словарь</NAME>'
        f"<ENTRIES>{entry('Выборка', 'Часть') * 50}</ENTRIES></INFO></GLOSSARY>"
    ).encode()
    told = read_glossary(whole[: min(int(len(whole) * share), len(whole) - 1)])
    assert [error.reason for error in told.errors] == [FAULT_TEXTS[Fault.CUT]]
    assert told.terms == ()
