"""The same question is known again, another one is not taken for it."""

import pytest

from courses.formats.fingerprint import fingerprint
from courses.formats.reading import read_questions
from tests.courses.formats.reading import read_one


def _mark(text):
    return fingerprint(read_one(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Столица? {~Алматы =Астана}", "::Имя::столица?  {=АСТАНА#Да\n~алматы}"),
        ("Столица? {~Алматы =Астана}", "Столица? {=Алматы ~Астана}"),
        ("Су ылғалды. {T}", "Су ылғалды. {F}"),
        ("Су ылғалды. {T}", "[html]<p>Су\\n <b class\\=x>ылғалды</b>.<br/></p>{T}"),
        ("Су ылғалды. {T}", "[html]Су<!-- <b>не</b> -->&nbsp;ылғал&shy;ды.{T}"),
        ("Су ылғалды. {T}", "[markdown]**Су** _ылғалды_. {T}"),
        ("Й және Ё {T}", "И\u0306 және Е\u0308 {T}"),
        ("H₂O — №1 {T}", "h2o — no1 {T}"),
        ("a &lt; b {T}", "[plain]a < b {T}"),
        ("Жұп? {=a->b =c->d}", "Жұп? {=C -> D\n=A -> B}"),
        ("Год? {#1822:2}", "Год? {#1822}"),
        ("::Только имя::{T}", "Только имя {T}"),
    ],
)
def test_same_question(one, other):
    assert _mark(one) == _mark(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Столица? {~Алматы =Астана}", "Столица? {~Шымкент =Астана}"),
        ("Столица России? {=Москва}", "Столица Казахстана? {=Москва}"),
        ("Что делает тег <b>? {=шрифт}", "Что делает тег <i>? {=шрифт}"),
        ("[plain]<b>a</b> {T}", "[plain]<i>a</i> {T}"),
        ("a < b > c {T}", "a < d > c {T}"),
        (
            "[html]Что это? <img src\\='1.png'> {T}",
            "[html]Что это? <img src\\='2.png'> {T}",
        ),
        ("[markdown]2**3 {#8}", "[markdown]2*3 {#8}"),
        ("Жұп? {=a->b =c->d}", "Жұп? {=a->d =c->b}"),
        ("Тізім? {=a, b =c}", "Тізім? {=a =b, c}"),
        ("қ {T}", "к {T}"),
    ],
)
def test_another_question(one, other):
    assert _mark(one) != _mark(other)


def test_mark_is_a_sha256():
    mark = _mark("Су ылғалды. {T}")

    assert len(mark) == 64
    assert int(mark, 16) >= 0


def test_monstrous_character_number_is_left_as_it_is():
    assert _mark("&\\#" + "9" * 5000 + "; {T}") != _mark("9 {T}")


def _xml_mark(name, content, kind="ddimageortext"):
    bank = read_questions(
        f'<quiz><question type="{kind}"><name><text>{name}</text></name><questiontext>'
        f"<text>Қайда?</text>{content}</questiontext></question></quiz>".encode(),
        name="a.xml",
    )
    return fingerprint(bank.questions[0])


def test_unknown_kinds_are_told_apart_by_all_but_their_names():
    assert _xml_mark("a", "<x>1</x>") == _xml_mark("b", "<x>1</x>")
    assert _xml_mark("a", "<x>1</x>") != _xml_mark("a", "<x>2</x>")


def test_questions_on_different_pictures_of_one_name_are_two():
    one, other = (
        f'<file name="a.png">{content}</file>' for content in ("AAAA", "BBBB")
    )

    assert _xml_mark("a", one, "essay") == _xml_mark("b", one, "essay")
    assert _xml_mark("a", one, "essay") != _xml_mark("a", other, "essay")
    assert _xml_mark("a", "", "essay") == _mark("Қайда? {}")
