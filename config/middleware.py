"""What is answered wherever it is met: a refused transition, a file with a virus."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from config.views import conflict, file_infected, file_not_scanned, forbidden
from core.antivirus import ScannerUnreachable, virus_in
from core.quarantine import put_into_quarantine
from core.workflow import NotAllowed, TransitionRefused

logger = logging.getLogger(__name__)

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


class InfectedFiles:
    """No file with a virus comes to any door, where ClamAV is configured (TARGETS 34).

    The files of people who are not signed in are kept nowhere, and not scanned.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; `process_view` does the work, after the form's token was checked."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _named: Any
    ) -> HttpResponse | None:
        """Scan what somebody sent; a request with one infected file is refused whole."""
        # Who brings no file is not asked for: a page that all share knows no session.
        if not settings.CLAMAV_ADDRESS or not request.FILES:
            return None
        if not request.user.is_authenticated:
            return None
        for _field, files in request.FILES.lists():
            for file in files:
                if answer := _refused(request, file):
                    return answer
        return None


def _refused(request: HttpRequest, file: Any) -> HttpResponse | None:
    try:
        virus = virus_in(file, address=settings.CLAMAV_ADDRESS)
    except ScannerUnreachable:
        logger.exception("ClamAV did not answer for a file of %s", request.path)
        return file_not_scanned(request, file.name)
    if not virus:
        return None
    kept = put_into_quarantine(
        file=file,
        name=file.name,
        virus=virus,
        path=request.path,
        by=request.user,
        at=timezone.now(),  # noqa: TID251 - it stands where a view would
    )
    return file_infected(request, kept)
