"""What a backup tells of its course: contents, sections, modules, files."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from courses.formats.mbz.errors import BackupUnreadable, Reason
from courses.formats.mbz.limits import Limits
from courses.formats.mbz.model import About, Section, StoredFile
from courses.formats.mbz.shown import ShownFiles
from courses.formats.mbz.xml import Element, line_of, number_of, text_of

# Files that an activity is made of, or that its text may show; others (essays) are not
# taken.
FILES_TAKEN = {
    *(("mod_resource", "content"), ("mod_folder", "content"), ("mod_label", "intro")),
    *(("mod_page", "content"), ("mod_book", "chapter")),
    ("mod_lesson", "page_contents"),
}
CONTENT_HASH = re.compile(r"[0-9a-f]{40}")
SUBSECTION = "mod_subsection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An activity as moodle_backup.xml lists it."""

    id: str
    module: str
    section_id: str
    title: str
    directory: str


@dataclass(slots=True)
class Contents:
    """What moodle_backup.xml says is in the backup."""

    root: Element
    section_titles: dict[str, str] = field(default_factory=dict)
    activities: dict[str, Listed] = field(default_factory=dict)
    with_users: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleFacts:
    """What module.xml says of an activity."""

    id_number: str
    section_id: str
    is_visible: bool
    is_going: bool


def read_contents(root: Element, *, limits: Limits) -> Contents:
    """Read moodle_backup.xml.

    Raises:
        BackupUnreadable: it lists more than is taken, or is something else.
    """
    information = root.find("information")
    if information is None:
        raise BackupUnreadable(Reason.NO_CONTENTS)
    contents = Contents(information)
    for section in information.iterfind("contents/sections/section"):
        key = line_of(section, "sectionid")
        contents.section_titles[key] = line_of(section, "title")
    for activity in information.iterfind("contents/activities/activity"):
        listed = Listed(
            id=line_of(activity, "moduleid"),
            module=line_of(activity, "modulename"),
            section_id=line_of(activity, "sectionid"),
            title=line_of(activity, "title"),
            directory=line_of(activity, "directory").strip("/"),
        )
        contents.activities[listed.directory] = listed
    if len(contents.section_titles) > limits.sections:
        raise BackupUnreadable(Reason.TOO_MUCH)
    if len(contents.activities) > limits.activities:
        raise BackupUnreadable(Reason.TOO_MUCH)
    contents.with_users = _with_users(information)
    return contents


def _with_users(information: Element) -> set[str]:
    """Return the activities whose data of users are in; none where the backup has none."""
    marked = set()
    has_users = False
    for setting in information.iterfind("settings/setting"):
        name, value = line_of(setting, "name"), line_of(setting, "value")
        if name == "users" and line_of(setting, "level") == "root":
            has_users = value == "1"
        if name.endswith("_userinfo") and value == "1":
            marked.add(name.removesuffix("_userinfo"))
    return marked if has_users else set()


def read_about(contents: Contents, course: Element | None) -> About:
    """Put together what moodle_backup.xml and course.xml say of the course."""
    information = contents.root
    settings = information.iterfind("settings/setting")
    return About(
        title=line_of(course, "fullname")
        or line_of(information, "original_course_fullname"),
        short_name=line_of(information, "original_course_shortname"),
        id_number=line_of(course, "idnumber", longest=100),
        summary=text_of(course, "summary"),
        language=line_of(course, "lang")[:2],
        course_format=line_of(information, "original_course_format")
        or line_of(course, "format"),
        release=line_of(information, "moodle_release"),
        kind=line_of(information, "details/detail/type"),
        site=line_of(information, "original_site_identifier_hash")[:12],
        address=line_of(information, "original_wwwroot").rstrip("/"),
        has_users=any(
            line_of(setting, "name") == "users" and line_of(setting, "value") == "1"
            for setting in settings
        ),
    )


def read_section(root: Element, *, listed_title: str) -> Section:
    """Read section.xml; the list's own title is its number where it has no name."""
    number = number_of(root, "number")
    is_within = text_of(root, "component") == SUBSECTION
    return Section(
        id=str(root.get("id", "")),
        number=number,
        title=line_of(root, "name")
        or ("" if listed_title in ("", str(number)) else listed_title),
        summary=text_of(root, "summary"),
        is_visible=text_of(root, "visible") != "0",
        parent_module_id=line_of(root, "itemid") if is_within else "",
    )


def read_module(root: Element) -> ModuleFacts:
    """Read module.xml."""
    return ModuleFacts(
        id_number=line_of(root, "idnumber", longest=100),
        section_id=line_of(root, "sectionid"),
        is_visible=text_of(root, "visible") != "0",
        is_going=text_of(root, "deletioninprogress") == "1",
    )


class FileList:
    """Files of resources and folders, by the context of their activity; of questions."""

    def __init__(self, limits: Limits) -> None:
        self.shown = ShownFiles(limits)
        self._by_context: defaultdict[str, list[tuple[int, StoredFile]]] = defaultdict(
            list
        )

    def add(self, element: Element) -> None:
        """Take in one `file` of files.xml; folders and files of others are passed by."""
        area = text_of(element, "component"), text_of(element, "filearea")
        name = line_of(element, "filename")
        content_hash = text_of(element, "contenthash")
        if name in ("", ".") or not CONTENT_HASH.fullmatch(content_hash):
            return
        self.shown.add(element, content_hash)
        if area not in FILES_TAKEN:
            return
        file = StoredFile(
            content_hash=content_hash,
            name=name,
            mime_type=line_of(element, "mimetype", longest=100).lower(),
            size_bytes=number_of(element, "filesize"),
        )
        # Files of a resource: the main one has the highest sort order.
        order = -number_of(element, "sortorder")
        self._by_context[text_of(element, "contextid")].append((order, file))

    def of(self, context_id: str) -> tuple[StoredFile, ...]:
        """Return the files of an activity, its main one first, the same bytes once."""
        rows = sorted(self._by_context.get(context_id, ()), key=lambda row: row[0])
        files = {file.content_hash: file for _order, file in reversed(rows)}
        return tuple(reversed(files.values()))
