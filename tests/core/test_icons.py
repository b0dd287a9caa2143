"""Icons: drawn as the package draws them, once a process."""

from django.template import engines
from heroicons.templatetags import heroicons

from core.templatetags import icons


def test_an_icon_of_a_template_is_that_of_the_package():
    page = engines["django"].from_string(
        '{% load heroicons %}{% heroicon_mini "sun" size=18 %}'
    )

    assert page.render() == heroicons.heroicon_mini("sun", size=18)


def test_an_icon_is_drawn_once():
    first = icons.micro("moon", size=16)

    assert icons.micro("moon", size=16) is first
