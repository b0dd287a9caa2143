"""What a file gave comes back from JSON as it was, and another layout is refused."""

import json

import pytest

from courses.formats.fingerprint import fingerprint
from courses.formats.kept import from_json, question_row, read_rows, to_json
from courses.formats.reading import read_questions
from courses.formats.stored import question_from_row

TEXT = """$CATEGORY: А

// [tag:ә]
::Аты::Да? {T#нет#да}

Бір {

$CATEGORY: Б

[html]<b>Екі</b> {~%50%2 ~%50%"2" ~3#жоқ####бәрі}

$CATEGORY: А

Эссе {}
"""
XML = """<quiz><question type="category"><category><text>R</text></category>
<idnumber>R-1</idnumber></question><question type="stack"><name><text>s</text></name>
</question></quiz>"""


@pytest.mark.parametrize("text", [TEXT, XML, "", "\0"])
def test_what_a_file_gave_comes_back(text):
    read = read_rows(text.encode(), name="a")

    assert from_json(to_json(read)) == read


def test_rows_stand_by_category_in_the_order_of_the_file():
    bank = read_questions(TEXT.encode(), name="a")
    read = read_rows(TEXT.encode(), name="a")

    assert {
        path: [row.kind for row in rows] for path, rows in read.by_category.items()
    } == {
        "А": ["truefalse", "essay"],
        "Б": ["multichoice"],
    }
    assert tuple(read.errors) == bank.errors
    assert read_rows(XML.encode(), name="a").id_numbers == {"R": "R-1"}


def test_row_holds_the_whole_question():
    for question in read_questions(TEXT.encode(), name="a").questions:
        row = question_row(question)
        values = {
            **row._asdict(),
            "answers": json.loads(row.answers),
            "details": json.loads(row.details),
        }

        back = question_from_row(values)

        assert question_row(back) == row
        assert row.fingerprint == fingerprint(question) == fingerprint(back)


def test_what_another_release_kept_is_not_read():
    with pytest.raises(ValueError, match="1"):
        from_json(b'{"layout": 0}')
