"""Why a backup cannot be read, in words that say what to do."""

from enum import StrEnum

from courses.formats.reasons import gettext_noop


class Reason(StrEnum):
    """Codes of refusal; `REASON_TEXTS` has the words."""

    NOT_A_BACKUP = "not_a_backup"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    BAD_NAME = "bad_name"
    LINK = "link"
    TWICE = "twice"
    TOO_MANY_MEMBERS = "too_many_members"
    TOO_LARGE = "too_large"
    TOO_DENSE = "too_dense"
    NO_CONTENTS = "no_contents"
    BROKEN_XML = "broken_xml"
    DOCTYPE = "doctype"
    LARGE_XML = "large_xml"
    TOO_MUCH = "too_much"


REASON_TEXTS = {
    Reason.NOT_A_BACKUP: gettext_noop(
        "This is not a Moodle backup: choose the .mbz file that Moodle wrote."
    ),
    Reason.BROKEN: gettext_noop(
        "The file is cut or damaged: download the backup from Moodle again."
    ),
    Reason.ENCRYPTED: gettext_noop(
        "The file is encrypted: make a backup without a password."
    ),
    Reason.BAD_NAME: gettext_noop(
        "A name in the archive leads out of it: Moodle writes no such names."
    ),
    Reason.LINK: gettext_noop(
        "The archive has a link or a device in it: Moodle writes none."
    ),
    Reason.TWICE: gettext_noop("The archive has the same file twice."),
    Reason.TOO_MANY_MEMBERS: gettext_noop("The archive has more files than are taken."),
    Reason.TOO_LARGE: gettext_noop("The archive unpacks to more than is taken."),
    Reason.TOO_DENSE: gettext_noop(
        "The archive unpacks to far more than its size: it is not taken."
    ),
    Reason.NO_CONTENTS: gettext_noop(
        "There is no moodle_backup.xml in it: it is not a backup of Moodle 2 or newer."
    ),
    Reason.BROKEN_XML: gettext_noop(
        "A part of the backup is damaged: make the backup in Moodle again."
    ),
    Reason.DOCTYPE: gettext_noop(
        "A part of the backup declares a document type: Moodle writes none."
    ),
    Reason.LARGE_XML: gettext_noop("A part of the backup is larger than is taken."),
    Reason.TOO_MUCH: gettext_noop(
        "The backup has more activities, questions or terms than are taken."
    ),
}


class BackupUnreadable(Exception):
    """A backup that is refused whole; `member` is the part of it that was wrong."""

    def __init__(self, reason_code: Reason, member: str = "") -> None:
        super().__init__(f"{reason_code}: {member}" if member else str(reason_code))
        self.reason_code = reason_code
        self.member = member

    @property
    def reason(self) -> str:
        """The reason in English, marked for translation."""
        return REASON_TEXTS[self.reason_code]
