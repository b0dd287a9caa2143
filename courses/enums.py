from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CourseType(TextChoices):
    """Types of open course (MIN 2.1–2.3)."""

    PROPAEDEUTIC = "propaedeutic", _("Propaedeutic course")
    OPEN_LEARNING = "open_learning", _("Open learning course")
    PROFESSIONAL_DEVELOPMENT = "professional_development", _("Professional development")
    RETRAINING = "retraining", _("Professional retraining")
    SCIENTIFIC_SCHOOL = "scientific_school", _("Course of a scientific school")


class Stage(TextChoices):
    """Where a version of a course stands on its way (MIN 5.4)."""

    DRAFT = "draft", _("Draft")
    EXPERTISE = "expertise", _("At expertise")
    REWORK = "rework", _("Being reworked")
    RECOMMENDED = "recommended", _("Recommended for opening")
    REJECTED = "rejected", _("Not admitted to opening")


# Stages in which the author team may edit the passport (MIN 5.4.7, 5.4.10).
EDITABLE_STAGES = (Stage.DRAFT, Stage.REWORK)


class ContentLanguage(TextChoices):
    """Languages a course, its title and its certificate may be in."""

    RU = "ru", _("Russian")
    KK = "kk", _("Kazakh")
    KY = "ky", _("Kyrgyz")
    EN = "en", _("English")


class StudyModel(TextChoices):
    """Model of study (MIN 3.2.4.2)."""

    ONLINE = "online", _("Online")
    BLENDED = "blended", _("Blended")


class PracticumKind(TextChoices):
    """Kinds of practicum (MIN 3.3.3.12)."""

    EXERCISE = "exercise", _("Exercise")
    LABORATORY = "laboratory", _("Laboratory work")
    PRACTICAL = "practical", _("Practical work")
    INDEPENDENT = "independent", _("Independent work")


class TaskKind(TextChoices):
    """Kinds of control task (MIN 3.3.3.15)."""

    TEST = "test", _("Test")
    ASSIGNMENT = "assignment", _("Assignment")
    PROJECT = "project", _("Project")
    ESSAY = "essay", _("Essay")
    SURVEY = "survey", _("Survey")


class AttestationForm(TextChoices):
    """Forms of the final attestation (MIN 3.4)."""

    TEST = "test", _("Test")
    PROJECT = "project", _("Project")
    EXAM = "exam", _("Examination")
    PORTFOLIO = "portfolio", _("Portfolio")


class Grading(TextChoices):
    """How a control task is graded (MIN 4.6)."""

    AUTOMATIC = "automatic", _("Automatic")
    PEER = "peer", _("By peers")
    MANUAL = "manual", _("By a teacher")


class QuestionKind(TextChoices):
    """Kinds of question in a bank."""

    MULTICHOICE = "multichoice", _("Choice")
    TRUEFALSE = "truefalse", _("True or false")
    SHORTANSWER = "shortanswer", _("Short answer")
    NUMERICAL = "numerical", _("Numerical")
    MATCH = "match", _("Matching")
    ORDERING = "ordering", _("Ordering")
    ESSAY = "essay", _("Essay")
    CLOZE = "cloze", _("Embedded answers (Cloze)")
    OTHER = "other", _("Of a kind the portal does not know")
    DESCRIPTION = "description", _("Description")


class SnapshotReason(TextChoices):
    """Why the passport was kept as it was."""

    SUBMISSION = "submission", _("Sent to expertise")
    ADMISSION = "admission", _("Entered in the register")
    EDIT = "edit", _("Before an edit")
    KEPT = "kept", _("Kept by hand")
    IMPORT = "import", _("Before an import")
    UNDO = "undo", _("Before going back")


class CheckReason(TextChoices):
    """Why a check was kept."""

    SUBMISSION = "submission", _("Sent to expertise")
    COMMAND = "command", _("Asked by an administrator")
    AUTHOR = "author", _("Kept by the author team")


class MaterialKind(TextChoices):
    """What a file or a link of a course is for (MIN 3.2.3, 3.2.7, 3.2.8, 3.3.3.8–10)."""

    PROMO_VIDEO = "promo_video", _("Promo video")
    VIDEO = "video", _("Video")
    AUDIO = "audio", _("Audio")
    TEXT = "text", _("Text of theory")
    PRESENTATION = "presentation", _("Presentation")
    IMAGE = "image", _("Picture")
    ILLUSTRATION = "illustration", _("Illustration for the showcase")
    PROGRAMME = "programme", _("Approved programme")
    RECOMMENDATIONS = "recommendations", _("Methodical recommendations")
    OTHER = "other", _("Other material")


class MeasureState(TextChoices):
    """How far the measuring of a material is; a link is declared, never measured."""

    WAITING = "waiting", _("Waiting to be measured")
    MEASURED = "measured", _("Measured")
    UNREADABLE = "unreadable", _("Cannot be read")
    DECLARED = "declared", _("Declared: a link")


class MaterialRights(TextChoices):
    """Whose a material is (MIN 5.3.2–5.3.4, 5.4.8.1)."""

    OWN = "own", _("The author's own")
    FREE_LICENCE = "free_licence", _("Under a free licence")
    BORROWED = "borrowed", _("Borrowed")


class CommunicationMode(TextChoices):
    """Whether people communicate at one time (MIN 4.4)."""

    ASYNCHRONOUS = "asynchronous", _("Asynchronous")
    SYNCHRONOUS = "synchronous", _("Synchronous")


class CommunicationKind(TextChoices):
    """Means of communication in a course (MIN 4.4)."""

    FORUM = "forum", _("Forum")
    MESSAGES = "messages", _("Messages")
    CHAT = "chat", _("Chat")
    WEBINAR = "webinar", _("Webinar")
    CONSULTATION = "consultation", _("Consultation")


class ImportState(TextChoices):
    """How far the import of a whole course is."""

    WAITING = "waiting", _("Waiting to be read")
    READY = "ready", _("Read, to be confirmed")
    UNREADABLE = "unreadable", _("Cannot be read")
    DONE = "done", _("Imported")
