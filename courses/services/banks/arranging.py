"""Banks: made, named, assigned to topics, put together, deleted."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import CourseVersion, QuestionBank, Topic
from courses.services.banks.questions import append_questions
from courses.services.locks import lock_for_edit


class BankExists(Exception):
    """The version has a bank of this name already."""

    def __init__(self) -> None:
        super().__init__(
            _("There is a bank of this name. Choose another name, or merge the two.")
        )


@transaction.atomic
def add_bank(
    *, version: CourseVersion, category: str, topic: Topic | None, by: User
) -> QuestionBank:
    """Make an empty bank of a topic, or of the whole course.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        BankExists: the version has a bank of this name.

    Source: MIN 3.3.3.17.
    """
    # Two who name a bank alike at once are parted by the stronger lock.
    lock_for_edit(version, by=by, is_row_written=True)
    _refuse_taken(version, category)
    return QuestionBank.objects.create(version=version, category=category, topic=topic)


@transaction.atomic
def change_bank(
    *, bank: QuestionBank, category: str | None = None, topic: Topic | None, by: User
) -> None:
    """Assign a bank to a topic, or to the whole course; `category` names it anew.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        BankExists: the version has another bank of this name.
    """
    lock_for_edit(bank.version, by=by, is_row_written=True)
    if category is not None and category != bank.category:
        _refuse_taken(bank.version, category)
        bank.category = category
    bank.topic = topic
    QuestionBank.objects.filter(pk=bank.pk).update(category=bank.category, topic=topic)


@transaction.atomic
def merge_banks(*, bank: QuestionBank, into: QuestionBank, by: User) -> int:
    """Put all questions of a bank after those of another; delete the empty one.

    Both are of one version. Questions that both have stay twice, and count once.

    Returns:
        How many questions moved.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(bank.version, by=by, is_row_written=True)
    moved = append_questions(bank.questions.all(), to=into)
    bank.delete()
    return moved


@transaction.atomic
def delete_bank(*, bank: QuestionBank, by: User) -> None:
    """Delete a bank with its questions; the files they came from are kept.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(bank.version, by=by, is_row_written=True)
    bank.delete()


def _refuse_taken(version: CourseVersion, category: str) -> None:
    if QuestionBank.objects.filter(version=version, category=category).exists():
        raise BankExists
