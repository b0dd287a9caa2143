"""The letters of the register, each in its reader's language."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core.actors import Actor
from core.mail import queue_mail
from registry.enums import REQUIRED_DOCUMENTS
from registry.models import RegisterEntry


def _authors(entry: RegisterEntry) -> Iterable[User]:
    return User.objects.filter(authorships__version=entry.version, is_active=True)


def _page(name: str, *arguments: object) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=arguments)}"


def _asked_for(entry: RegisterEntry) -> Iterable[str]:
    yield from (str(kind.label) for kind in REQUIRED_DOCUMENTS)
    page = _page("courses:opening_edit", entry.version_id)
    yield f"{_('Short description and illustration')}: {page}"


def ask_for_documents(entry: RegisterEntry, *, by: Actor, at: datetime) -> None:
    """Tell the author team what to hand in, and by when (MIN 5.4.8, 5.4.9)."""
    for author in _authors(entry):
        with override(author.language):
            due_on = timezone.localdate(entry.documents_due_at)
            body = _(
                "The course “%(course)s” is recommended for opening.\n\n"
                "Hand in to the centre by %(day)s:\n%(documents)s\n\n%(page)s"
            ) % {
                "course": entry.version.title,
                "day": formats.date_format(due_on, "SHORT_DATE_FORMAT"),
                "documents": "\n".join(f"— {line}" for line in _asked_for(entry)),
                "page": _page("registry:entry_detail", entry.pk),
            }
            subject = _("Documents of the course “%(course)s”")
            subject %= {"course": entry.version.title}
            queue_mail(to=author.email, subject=subject[:200], body=body, by=by, at=at)


def tell_opened(entry: RegisterEntry, *, by: Actor, at: datetime) -> None:
    """Tell the author team that the course is open (MIN 5.4.10)."""
    for author in _authors(entry):
        with override(author.language):
            body = _(
                "The course “%(course)s” is entered in the register under "
                "№ %(number)d and stands on the showcase. Its passport is closed to "
                "edits.\n\n%(page)s"
            ) % {
                "course": entry.version.title,
                "number": entry.number,
                "page": _page("registry:course_detail", entry.number),
            }
            subject = _("The course “%(course)s” is open")
            subject %= {"course": entry.version.title}
            queue_mail(to=author.email, subject=subject[:200], body=body, by=by, at=at)
