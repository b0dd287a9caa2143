"""The kinds of part that a passport has: model, form and words of each."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.forms.declarations import (
    BorrowedForm,
    CommunicationForm,
    ProgrammeForm,
    SoftwareForm,
)
from courses.forms.parts import (
    ControlTaskForm,
    LongreadForm,
    OutcomeForm,
    PartForm,
    PracticumForm,
    TermForm,
    TopicForm,
)
from courses.models import (
    BorrowedItem,
    CommunicationElement,
    ControlTask,
    EducationalProgramme,
    GlossaryTerm,
    LearningOutcome,
    Longread,
    Practicum,
    SoftwareRequirement,
    Topic,
)
from courses.places import PART_KINDS
from courses.regulation.place import Section


@dataclass(frozen=True, slots=True)
class PartKind:
    """What a kind of part is made of.

    `empty` are the title and the text of a list without parts.
    """

    section: Section
    model: type[Any]
    form: type[PartForm]
    title_new: Promise
    is_of_topic: bool = False
    is_ordered: bool = True
    empty: tuple[Promise | str, Promise | str] = ("", "")

    @property
    def word(self) -> str:
        """The kind in addresses."""
        return PART_KINDS[self.section]

    @property
    def line_template(self) -> str:
        """The template of a part in its list."""
        return f"courses/lines/{self.word}.html"


OF_TOPICS = (
    PartKind(
        Section.LONGREAD, Longread, LongreadForm, _("New longread"), is_of_topic=True
    ),
    PartKind(
        Section.PRACTICUM,
        Practicum,
        PracticumForm,
        _("New practicum"),
        is_of_topic=True,
    ),
    PartKind(
        Section.CONTROL_TASK,
        ControlTask,
        ControlTaskForm,
        _("New control task"),
        is_of_topic=True,
    ),
)
OF_VERSIONS = (
    PartKind(
        Section.OUTCOMES,
        LearningOutcome,
        OutcomeForm,
        _("New learning outcome"),
        empty=(
            _("There are no learning outcomes yet"),
            _("What a learner will know and be able to do (MIN 3.2.4.1)."),
        ),
    ),
    PartKind(
        Section.PROGRAMMES,
        EducationalProgramme,
        ProgrammeForm,
        _("New programme"),
        empty=(
            _("No programme is named yet"),
            _(
                "Programmes whose students may have the course counted; open learning "
                "needs one (MIN 3.2.4.5)."
            ),
        ),
    ),
    PartKind(
        Section.GLOSSARY,
        GlossaryTerm,
        TermForm,
        _("New term"),
        is_ordered=False,
        empty=(
            _("There is no glossary"),
            _(
                "It may be left out. If there is one, the panel counts its terms "
                "(MIN 3.2.10)."
            ),
        ),
    ),
    PartKind(
        Section.COMMUNICATION,
        CommunicationElement,
        CommunicationForm,
        _("New means of communication"),
        empty=(
            _("No means of communication is named yet"),
            _("A course has asynchronous and synchronous ones (MIN 4.4)."),
        ),
    ),
    PartKind(
        Section.SOFTWARE,
        SoftwareRequirement,
        SoftwareForm,
        _("New software"),
        empty=(
            _("A browser is enough"),
            _("Name here what else a learner must have (MIN 4.3)."),
        ),
    ),
    PartKind(
        Section.BORROWED,
        BorrowedItem,
        BorrowedForm,
        _("New borrowed material"),
        empty=(
            _("Nothing is borrowed"),
            _(
                "Name here each text, picture or film of others, with its source "
                "(MIN 5.3.2)."
            ),
        ),
    ),
)
TOPIC = PartKind(Section.TOPIC, Topic, TopicForm, _("New topic"))
KINDS = {kind.word: kind for kind in (TOPIC, *OF_TOPICS, *OF_VERSIONS)}
LISTED = {kind.section: kind for kind in OF_VERSIONS}
