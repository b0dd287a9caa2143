"""The portal's addresses and the two that its pages are measured against."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from courses.models import Course

_LIST = engines["django"].from_string(
    "<table>{% for row in rows %}<tr><td>{{ row.code }}</td><td>{{ row.unit }}</td>"
    "<td>{{ row.get_type_display }}</td></tr>{% endfor %}</table>"
)


def bare(_request: HttpRequest) -> HttpResponse:
    """Answer with nothing but a word."""
    return HttpResponse("bare")


def bare_list(request: HttpRequest) -> HttpResponse:
    """Answer with a plain table of 25 rows from one query."""
    rows = Course.objects.select_related("unit")[:25]
    return HttpResponse(_LIST.render({"rows": rows}, request))


urlpatterns = [
    path("bench/bare/", bare),
    path("bench/list/", bare_list),
    path("", include("config.urls")),
]
