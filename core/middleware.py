"""Middleware of the plumbing."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from pghistory.middleware import HistoryMiddleware

GetResponse = Callable[[HttpRequest], HttpResponse]


class RefuseControlCharacters:
    """Answer 400 to a NUL in an address, a query or a cookie: PostgreSQL stores none."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on.

        Raises:
            BadRequest: there is a NUL.
        """
        query = (text for key, values in request.GET.lists() for text in (key, *values))
        # Quoted, a cookie carries any sign: the key of the session is looked up.
        if any(
            "\0" in text for text in (request.path, *query, *request.COOKIES.values())
        ):
            raise BadRequest("A NUL character is not allowed here.")
        return self.get_response(request)


class TrailContext(HistoryMiddleware):
    """Put the login and the address beside every change in the trail.

    Source: KSTU 6.1.
    """

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the trail keeps of a request."""
        user = request.user
        return {
            "user": user.pk if user.is_authenticated else None,
            "login": user.get_username(),
            "url": request.path,
        }
