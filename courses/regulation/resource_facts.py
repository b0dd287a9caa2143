"""Facts of what a course is made of beside its texts, and of what is declared of it."""

from decimal import Decimal
from enum import StrEnum

from courses.regulation.record import record


class MaterialKind(StrEnum):
    """What a material is for. Source: MIN 3.2.3, 3.2.7, 3.2.8, 3.3.3.8-3.3.3.10."""

    PROMO_VIDEO = "promo_video"
    VIDEO = "video"
    AUDIO = "audio"
    TEXT = "text"
    PRESENTATION = "presentation"
    IMAGE = "image"
    ILLUSTRATION = "illustration"
    PROGRAMME = "programme"
    RECOMMENDATIONS = "recommendations"
    OTHER = "other"


# What theory may be told in. Source: MIN 3.3.2.
THEORY_RESOURCES = frozenset(
    (
        MaterialKind.TEXT,
        MaterialKind.VIDEO,
        MaterialKind.AUDIO,
        MaterialKind.PRESENTATION,
    )
)


class MeasureState(StrEnum):
    """How far the measuring of a material is; a link is only declared."""

    WAITING = "waiting"
    MEASURED = "measured"
    UNREADABLE = "unreadable"
    DECLARED = "declared"


class MaterialRights(StrEnum):
    """Whose a material is. Source: MIN 5.3.2, 5.4.8.1."""

    OWN = "own"
    FREE_LICENCE = "free_licence"
    BORROWED = "borrowed"


class CommunicationMode(StrEnum):
    """Whether people communicate at one time. Source: MIN 4.4."""

    ASYNCHRONOUS = "asynchronous"
    SYNCHRONOUS = "synchronous"


@record(kw_only=True)
class MaterialFacts:
    """A file or a link of the course.

    Attributes:
        topic_id: Its topic; `None` for one of the whole course.
        container: What the content of the file is; empty for a link.
        seconds: Measured length of video or audio.
        pages: Measured pages: of a text laid out in the edition's format, of a PDF
            its own, whose format nobody has verified.
        slides: Measured slides, hidden ones left out.
        declared_minutes: What an author states, as do the pages and slides below.
        declared_reason: Why it is stated and not measured.
    """

    id: int | None = None
    topic_id: int | None = None
    kind: MaterialKind
    title: str = ""
    state: MeasureState
    container: str = ""
    seconds: Decimal | None = None
    pages: Decimal | None = None
    slides: int | None = None
    declared_minutes: Decimal | None = None
    declared_pages: Decimal | None = None
    declared_slides: int | None = None
    declared_reason: str = ""
    rights: MaterialRights = MaterialRights.OWN
    licence: str = ""


@record(kw_only=True)
class ProgrammeFacts:
    """An educational programme that recognises the results of the course."""

    id: int | None = None
    code: str
    title: str


@record(kw_only=True)
class SoftwareFacts:
    """Software that a learner needs besides a browser."""

    id: int | None = None
    name: str
    requirements: str = ""
    browser: str = ""
    official_url: str = ""
    instruction: str = ""


@record(kw_only=True)
class CommunicationFacts:
    """A means by which learners and authors talk."""

    id: int | None = None
    mode: CommunicationMode
    title: str


@record(kw_only=True)
class BorrowedFacts:
    """Somebody else's work in the course, with where it comes from."""

    id: int | None = None
    title: str
    reference: str = ""
    url: str = ""
    is_consent_needed: bool = False
    has_consent: bool = False
