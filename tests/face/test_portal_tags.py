"""Tags and filters of the pages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from heroicons import _load_icon

from core.templatetags import compare, figures, portal


def unbroken(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.fixture(autouse=True)
def in_russian():
    with translation.override("ru"):
        yield


def test_number_parts_thousands_by_a_space_that_does_not_break():
    assert figures.number(Decimal("1234567.89")) == unbroken("1 234 567,89")
    assert figures.number(-4500) == unbroken("−4 500")
    assert figures.number(None) == "—"


def test_money_has_two_decimals_and_its_sign():
    assert figures.money(Decimal("1234567.89"), "KZT") == unbroken("1 234 567,89 ₸")
    assert figures.money(Decimal(-15), "RUB") == unbroken("−15,00 ₽")
    assert figures.money(Decimal(1)) == "1,00"
    assert figures.money(None, "RUB") == "—"


def test_day_and_moment_are_by_the_clock_of_the_centre(settings):
    settings.TIME_ZONE = "Europe/Moscow"
    late = datetime(2026, 11, 20, 22, 5, tzinfo=UTC)
    assert figures.day(late) == "21.11.2026"
    assert figures.moment(late) == "21.11.2026 01:05"
    assert figures.day(date(2026, 11, 21)) == "21.11.2026"
    assert figures.moment(late.replace(tzinfo=None)) == "20.11.2026 22:05"
    assert (figures.day(None), figures.moment(None)) == ("—", "—")


def test_working_days_agree_with_their_count():
    with translation.override("en"):
        assert figures.working_days(1) == "1 working day"
        assert figures.working_days(3) == "3 working days"


@pytest.mark.parametrize("word", portal.TONES)
def test_every_state_has_its_shape_in_both_sizes(word):
    assert _load_icon("micro", portal.TONES[word][1]) is not None
    assert portal.tone_icon(word).startswith("<svg")
    assert portal.tone_icon(word, 24).startswith("<svg")


def test_unknown_state_is_neutral():
    assert portal.tone("never heard of") == "neutral"


def test_badge_says_its_word_beside_colour_and_shape():
    html = rendered("{% load portal %}{% badge 'rework' label %}", label="<in rework>")
    assert "tone-warn" in html
    assert "<svg" in html
    assert "&lt;in rework&gt;" in html


@pytest.mark.parametrize(
    ("days_left", "tone"),
    [(None, "wait"), (-1, "stop"), (0, "warn"), (2, "warn"), (3, "wait")],
)
def test_deadline_warns_when_two_days_are_left(days_left, tone):
    assert portal.due(date(2026, 11, 26), days_left)["tone"] == tone


@pytest.mark.parametrize(
    ("done", "total", "percent", "tone"),
    [(9, 12, 75, "info"), (12, 12, 100, "ok"), (0, 0, 100, "ok"), (45, 30, 100, "ok")],
)
def test_ring_and_bar_show_the_same_share(done, total, percent, tone):
    for drawn in (portal.ring(done, total), portal.bar(done, total)):
        assert (drawn["percent"], drawn["tone"]) == (percent, tone)
    assert portal.bar(done, total, "stop")["tone"] == "stop"


@pytest.mark.parametrize(
    ("query", "order", "url"),
    [
        ("?page=3&q=a", "", "?q=a&amp;sort=code"),
        ("?sort=code", "ascending", "?sort=-code"),
        ("?sort=-code", "descending", "?sort=code"),
    ],
)
def test_sort_header_turns_the_order_and_keeps_the_query(query, order, url):
    request = RequestFactory().get(f"/{query}")
    html = rendered("{% load portal %}{% sort_header 'code' 'Code' %}", request=request)
    assert f'href="{url}"' in html
    assert (f'aria-sort="{order}"' in html) is bool(order)


def test_order_of_the_list_itself_is_shown_where_the_query_has_none():
    request = RequestFactory().get("/")
    source = "{% load portal %}{% sort_header 'code' 'Code' %}"
    assert 'aria-sort="descending"' in rendered(source, request=request, sort="-code")


@pytest.mark.parametrize(
    ("cookie", "attribute"),
    [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ('"><x', "")],
)
def test_theme_comes_from_the_cookie_and_nothing_else_does(cookie, attribute):
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert portal.theme_attribute(Context({"request": request})) == attribute


def test_page_without_a_request_has_no_theme():
    assert portal.theme_attribute(Context()) == ""


def test_checkbox_alone_stands_before_its_label():
    class Form(forms.Form):
        one = forms.BooleanField()
        two = forms.CharField()

    form = Form()
    assert portal.is_checkbox(form["one"])
    assert not portal.is_checkbox(form["two"])


def test_compare_marks_changed_words_in_one_piece_and_escapes_them():
    before, after = "Курс <b> знаком с данными.", "Курс <b> учит данным на деле."
    assert str(compare.words_before(before, after)) == (
        "Курс &lt;b&gt; <del>знаком с данными.</del>"
    )
    assert str(compare.words_after(before, after)) == (
        "Курс &lt;b&gt; <ins>учит данным на деле.</ins>"
    )


def test_compare_of_a_very_long_text_goes_by_lines():
    before = "one\n" + "word " * compare.WORDS_COMPARED
    html = str(compare.words_after(before, before.replace("one", "two")))
    assert html.startswith("<ins>two</ins>\nword")


def test_nothing_is_marked_where_nothing_changed():
    assert str(compare.words_after("same text", "same text")) == "same text"
    assert str(compare.words_before("", "new")) == ""
