"""What authors declare beside the topics, as tests need it."""

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from core.uploads import CheckedFile, FileKind, check_content
from courses.models import BorrowedItem, CourseVersion
from courses.services import add_part

PDF = b"%PDF-1.7\n%consent\n"


def consent_file(
    name: str = "согласие.pdf", content: bytes = PDF
) -> SimpleUploadedFile:
    """A scan of a consent as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def checked_consent(name: str = "согласие.pdf") -> CheckedFile:
    """The same after the guard."""
    return check_content(PDF, name=name, allowed={FileKind.PDF})


def borrowed_with_consent(version: CourseVersion, by: User) -> BorrowedItem:
    """A film of somebody else's with the author's consent."""
    return add_part(
        model=BorrowedItem,
        to=version,
        values={
            "title": "Фильм",
            "is_consent_needed": True,
            "consent": checked_consent(),
        },
        by=by,
    )
