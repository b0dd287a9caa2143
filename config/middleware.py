"""What a refused transition answers, wherever it was tried."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config.views import conflict, forbidden
from core.workflow import NotAllowed, TransitionRefused

GetResponse = Callable[[HttpRequest], HttpResponse]


class StateConflicts:
    """A refusal that no view took up answers 403 or 409 with its reasons, never 500."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; `process_exception` does the work."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Turn a refusal into a page; leave every other exception alone."""
        if isinstance(exception, NotAllowed):
            return forbidden(request, exception)
        if isinstance(exception, TransitionRefused):
            return conflict(request, str(exception).splitlines())
        return None
