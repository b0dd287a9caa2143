"""Banks written to files; what a format leaves out is told before (MIN 4.6)."""

import pytest
from django.test import Client

from courses.formats.question import Format
from courses.formats.reading import read_questions
from courses.models import CourseVersion
from courses.selectors import facts_of
from courses.services import add_question, import_questions
from tests import factories
from tests.courses.questions import choice

pytestmark = pytest.mark.django_db
XML = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Ряды</text></category></question>
<question type="truefalse"><name><text>Да</text></name>
<questiontext format="html"><text><![CDATA[<p>Сходится?</p>]]></text></questiontext>
<answer fraction="100"><text>true</text></answer>
<answer fraction="0"><text>false</text></answer></question>
<question type="stack"><name><text>Производная</text></name>
<questiontext format="html"><text>Найдите [[input:ans1]]</text></questiontext>
<stackversion><text>2020</text></stackversion></question>
</quiz>"""


@pytest.fixture
def version(author, at) -> CourseVersion:
    made = factories.VersionFactory(lead=author)
    import_questions(
        version=made, name="банк.xml", content=XML.encode(), by=author, at=at
    )
    return made


def test_a_kind_that_is_not_read_is_kept_counted_and_drawn_where_a_machine_grades_it(
    version,
) -> None:
    kinds = version.banks.get().questions.values_list("kind", "kind_name")
    assert list(kinds) == [("truefalse", ""), ("other", "stack")]
    [bank] = facts_of(version).banks
    assert (bank.total, len(bank.drawable)) == (2, 2)

    version.banks.get().questions.filter(kind="other").update(kind_name="riddle")
    [bank] = facts_of(version).banks
    assert (bank.total, len(bank.drawable)) == (2, 1)


def test_what_a_format_leaves_out_is_named_before_the_download(
    version, author, client: Client
) -> None:
    client.force_login(author)
    url = f"/courses/{version.pk}/banks/export/"
    for name in ("gift", "xlsx", "aiken"):
        page = client.get(f"{url}?format={name}")
        left_out = [row["name"] for row in page.context["left_out"]]
        assert left_out[-1] == "Производная", name
        assert "Производная" in page.text

    page = client.get(url)
    assert page.context["left_out"] == []
    assert "nothing is left out" in page.text


def test_every_format_is_read_back(version, author, client: Client) -> None:
    client.force_login(author)
    counts = {}
    for name in Format:
        file = client.get(f"/courses/{version.pk}/banks/export/file/?format={name}")
        assert file["Content-Disposition"].startswith("attachment; filename")
        bank = read_questions(file.content, name="x")
        counts[name] = (bank.format, len(bank.questions), len(bank.errors))

    assert counts == {
        Format.GIFT: (Format.GIFT, 1, 0),
        Format.AIKEN: (Format.GIFT, 0, 0),
        Format.MOODLE_XML: (Format.MOODLE_XML, 2, 0),
        Format.XLSX: (Format.XLSX, 1, 0),
    }


def test_one_bank_is_written_alone_and_one_of_another_course_never(
    version, author, client: Client
) -> None:
    other = factories.BankFactory(version=version)
    foreign = factories.BankFactory(version=factories.VersionFactory(lead=author))
    for bank, text in ((other, "Другое?"), (foreign, "Чужое?")):
        add_question(bank=bank, question=choice(text=text), by=author)
    client.force_login(author)
    url = f"/courses/{version.pk}/banks/export/file/?format=gift&bank="

    alone = client.get(f"{url}{other.pk}").content.decode()
    assert ("Другое" in alone, "Сходится" in alone) == (True, False)
    every = client.get(f"{url}{foreign.pk}").content.decode()
    assert ("Другое" in every, "Чужое" in every) == (True, False)


def test_the_template_has_an_example_of_each_kind_and_is_read_whole(
    version, author, client: Client
) -> None:
    client.force_login(author)
    url = f"/courses/{version.pk}/banks/import/questions.xlsx"
    bank = read_questions(client.get(url).content, name="questions.xlsx")

    assert bank.errors == ()
    assert len(bank.questions) > 0
