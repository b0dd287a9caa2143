"""Where each part of the passport is edited: the pages, and the address of a field."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.regulation.place import Place, Section


@dataclass(frozen=True, slots=True)
class PassportPage:
    """A page of the passport: its name, its address, the sections it answers for."""

    key: str
    title: Promise
    note: Promise
    url_name: str
    sections: frozenset[Section]

    def url(self, version_id: int) -> str:
        """Return the page's address for a version."""
        return reverse(f"courses:{self.url_name}", args=[version_id])


def _page(
    key: str, title: Promise, note: Promise, url_name: str, *sections: Section
) -> PassportPage:
    return PassportPage(key, title, note, url_name, frozenset(sections))


# In the order in which a passport is filled in (MIN 3.1).
PAGES = (
    _page(
        "texts",
        _("Title and short description"),
        _("In each language that certificates are to be issued in"),
        "texts_edit",
        Section.TEXTS,
    ),
    _page(
        "introduction",
        _("Introduction"),
        _("Annotation, forums, programme, literature"),
        "introduction_edit",
        Section.INTRODUCTION,
    ),
    _page(
        "description",
        _("Description and workload"),
        _("Audience, aims, model of study, credits, weeks"),
        "description_edit",
        Section.DESCRIPTION,
    ),
    _page(
        "team",
        _("Author team"),
        _("Who leads it and who writes"),
        "author_list",
        Section.AUTHORS,
    ),
    _page(
        "outcomes",
        _("Learning outcomes"),
        _("What a learner will know and be able to do"),
        "outcome_list",
        Section.OUTCOMES,
    ),
    _page(
        "programmes",
        _("Educational programmes"),
        _("Whose students may have the course counted"),
        "programme_list",
        Section.PROGRAMMES,
    ),
    _page(
        "grading",
        _("Grading system"),
        _("Documents issued, how the grade is formed"),
        "grading_edit",
        Section.GRADING,
    ),
    _page(
        "glossary",
        _("Glossary"),
        _("May be left out; if there is one, its size is regulated"),
        "term_list",
        Section.GLOSSARY,
    ),
    _page(
        "topics",
        _("Topics by week"),
        _("Hours, theory, practicum, control tasks"),
        "topic_list",
        Section.TOPIC,
        Section.LONGREAD,
        Section.PRACTICUM,
        Section.CONTROL_TASK,
    ),
    _page(
        "materials",
        _("Materials"),
        _("Files measured by the portal, and links"),
        "material_list",
        Section.MATERIAL,
    ),
    _page(
        "banks",
        _("Question banks"),
        _("Imported from files or written here, assigned to topics"),
        "bank_list",
        Section.BANK,
    ),
    _page(
        "attestation",
        _("Final attestation"),
        _("Form, tasks, criteria, points"),
        "attestation_edit",
        Section.ATTESTATION,
    ),
    _page(
        "communication",
        _("Communication"),
        _("How learners and authors talk"),
        "communication_list",
        Section.COMMUNICATION,
    ),
    _page(
        "software",
        _("Software"),
        _("What a learner needs besides a browser"),
        "software_list",
        Section.SOFTWARE,
    ),
    _page(
        "borrowed",
        _("Borrowed material"),
        _("Sources, references, consents of authors"),
        "borrowed_list",
        Section.BORROWED,
    ),
)
PAGE_BY_KEY = {page.key: page for page in PAGES}
PAGE_OF_SECTION = {section: page for page in PAGES for section in page.sections}

# Kinds of part in addresses, by the section of the passport that edits them.
PART_KINDS = {
    Section.OUTCOMES: "outcomes",
    Section.GLOSSARY: "terms",
    Section.TOPIC: "topics",
    Section.LONGREAD: "longreads",
    Section.PRACTICUM: "practicums",
    Section.CONTROL_TASK: "control-tasks",
    Section.PROGRAMMES: "programmes",
    Section.SOFTWARE: "software",
    Section.COMMUNICATION: "communication",
    Section.BORROWED: "borrowed",
}
# Kinds of part that stand in a list of their own, with a form that adds one.
LISTED_SECTIONS = (
    Section.OUTCOMES,
    Section.PROGRAMMES,
    Section.GLOSSARY,
    Section.COMMUNICATION,
    Section.SOFTWARE,
    Section.BORROWED,
)
# Fields of a topic that are parts of it: mended on the topic's own page.
PARTS_OF_TOPIC = {"longreads", "practicums", "control_tasks"}


def url_of(place: Place, version_id: int) -> str:
    """Return the address of the field where a finding is mended."""
    find = {
        Section.AUTHORS: _author_url,
        Section.BANK: _bank_url,
        Section.TOPIC: _topic_url,
        Section.MATERIAL: _material_url,
    }.get(place.section, _part_url)
    return find(place, version_id)


def url_before_opening(place: Place, version_id: int) -> str:
    """Return the address of the field where a decided course is still mended."""
    page = reverse("courses:opening_edit", args=[version_id])
    if place.section is not Section.MATERIAL:
        return f"{page}#id_{place.field}"
    if place.object_id is None:
        return f"{reverse('courses:illustration_add', args=[version_id])}#id_file"
    url = reverse("courses:illustration_edit", args=[version_id, place.object_id])
    return f"{url}#id_{place.field}"


def _author_url(place: Place, version_id: int) -> str:
    page = PAGE_OF_SECTION[place.section].url(version_id)
    is_of_one = place.object_id is not None
    return f"{page}#author-{place.object_id}" if is_of_one else f"{page}#id_email"


def _bank_url(place: Place, version_id: int) -> str:
    if place.object_id is None:
        return f"{reverse('courses:bank_import', args=[version_id])}#id_file"
    url = reverse("courses:bank_detail", args=[version_id, place.object_id])
    return f"{url}#id_{place.field}"


def _material_url(place: Place, version_id: int) -> str:
    """Return the form of a material; of a kind, the field names it: the form that adds."""
    if place.object_id is None:
        url = reverse("courses:material_add", args=[version_id])
        return f"{url}?kind={place.field}#id_files"
    url = reverse("courses:material_edit", args=[version_id, place.object_id])
    return f"{url}#id_{place.field}"


def _topic_url(place: Place, version_id: int) -> str:
    if place.object_id is None:
        return f"{reverse('courses:topic_add', args=[version_id])}#id_{place.field}"
    if place.field == "banks":
        url = reverse("courses:bank_import", args=[version_id])
        return f"{url}?topic={place.object_id}#id_file"
    if place.field == "materials":
        url = reverse("courses:material_add", args=[version_id])
        return f"{url}?kind=text&topic={place.object_id}#id_files"
    if place.field in PARTS_OF_TOPIC:
        url = reverse("courses:topic_detail", args=[version_id, place.object_id])
        return f"{url}#{place.field}"
    return _part_url(place, version_id)


def _part_url(place: Place, version_id: int) -> str:
    """Return the form of a part, or of the page that the field stands on."""
    kind = PART_KINDS.get(place.section)
    if kind is None or place.object_id is None:
        url = PAGE_OF_SECTION[place.section].url(version_id)
    else:
        url = reverse("courses:part_edit", args=[version_id, kind, place.object_id])
    return f"{url}#id_{place.field}"
