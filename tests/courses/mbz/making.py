"""Backups as Moodle writes them, made small: each test changes what it is about."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha1
from xml.sax.saxutils import escape

Members = dict[str, bytes]
NULL = "$@NULL@$"


def tar_of(members: Mapping[str, bytes]) -> bytes:
    """Pack members as Moodle does since 2.6: gzip-tar."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """Pack members as Moodle did before, and still may."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def stream(content: bytes) -> io.BytesIO:
    return io.BytesIO(content)


def fields(**values: object) -> str:
    """Write elements, None as Moodle's own NULL."""
    return "".join(
        f"<{name}>{NULL if value is None else escape(str(value))}</{name}>"
        for name, value in values.items()
    )


def xml(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


class Backup:
    """A backup under construction; `members` is what it is packed from."""

    def __init__(
        self, *, release: str = "4.5 (Build: 20241007)", users: bool = False
    ) -> None:
        self.release = release
        self.users = users
        self.members: Members = {}
        self.sections: list[str] = []
        self.activities: list[str] = []
        self.settings: list[str] = []
        self.files: list[str] = []
        self.categories: list[str] = []
        self.summary = ""

    def section(
        self,
        number: int,
        name: str | None = None,
        *,
        key: int | None = None,
        visible: bool = True,
        sequence: Iterable[int] = (),
        component: str = "",
        item: int | None = None,
    ) -> "Backup":
        key = 40 + number if key is None else key
        self.sections.append(
            f"<section>{fields(sectionid=key, title=name or number)}"
            f"<directory>sections/section_{key}</directory></section>"
        )
        within = fields(component=component, itemid=item) if component else ""
        told = fields(
            number=number,
            name=name,
            summary="",
            sequence=",".join(map(str, sequence)),
            visible=int(visible),
        )
        self.members[f"sections/section_{key}/section.xml"] = xml(
            f'<section id="{key}">{told}{within}</section>'
        )
        return self

    def activity(
        self,
        module: str,
        key: int,
        name: str,
        *,
        section: int = 41,
        body: str = "",
        idnumber: str | None = None,
        visible: bool = True,
        going: bool = False,
        userinfo: bool = False,
        context: int | None = None,
    ) -> "Backup":
        directory = f"activities/{module}_{key}"
        self.activities.append(
            "<activity>"
            + fields(
                moduleid=key,
                sectionid=section,
                modulename=module,
                title=name,
                directory=directory,
            )
            + "</activity>"
        )
        self.settings.append(
            "<setting>"
            + fields(
                level="activity",
                activity=f"{module}_{key}",
                name=f"{module}_{key}_userinfo",
                value=int(userinfo),
            )
            + "</setting>"
        )
        told = fields(
            modulename=module,
            sectionid=section,
            idnumber=idnumber,
            visible=int(visible),
            deletioninprogress=int(going),
        )
        self.members[f"{directory}/module.xml"] = xml(
            f'<module id="{key}">{told}</module>'
        )
        self.members[f"{directory}/{module}.xml"] = xml(
            f'<activity id="1" moduleid="{key}" modulename="{module}" '
            f'contextid="{context or key + 1000}"><{module} id="1">'
            f"{fields(name=name)}{body}</{module}></activity>"
        )
        return self

    def file(
        self,
        context: int,
        name: str,
        content: bytes,
        *,
        component: str = "mod_resource",
        area: str = "content",
    ) -> "Backup":
        digest = sha1(content, usedforsecurity=False).hexdigest()
        self.files.append(
            '<file id="1">'
            + fields(
                contenthash=digest,
                contextid=context,
                component=component,
                filearea=area,
                filename=name,
                filesize=len(content),
                mimetype="application/pdf",
                sortorder=0,
            )
            + "</file>"
        )
        self.members[f"files/{digest[:2]}/{digest}"] = content
        return self

    def grading(self, module: str, key: int, method: str, definition: str) -> "Backup":
        """Add how work is graded; a method that is not active stands beside it."""
        rows = "".join(
            f"<definition id='1'><method>{name}</method>{definition}</definition>"
            for name in (method, "other")
        )
        area = fields(areaname="submissions", activemethod=method)
        self.members[f"activities/{module}_{key}/grading.xml"] = xml(
            f"<areas><area id='1'>{area}<definitions>{rows}</definitions></area></areas>"
        )
        return self

    def question_file(
        self,
        component: str,
        area: str,
        item: int,
        name: str,
        content: bytes,
        *,
        size: int | None = None,
        is_there: bool = True,
    ) -> "Backup":
        """Add a file that a question shows; it may lie of its size, or be missing."""
        digest = sha1(content, usedforsecurity=False).hexdigest()
        told = fields(
            contenthash=digest,
            contextid=5,
            component=component,
            filearea=area,
            itemid=item,
            filepath="/",
            filename=name,
            filesize=len(content) if size is None else size,
            mimetype="image/png",
        )
        self.files.append(f'<file id="1">{told}</file>')
        if is_there:
            self.members[f"files/{digest[:2]}/{digest}"] = content
        return self

    def category(
        self,
        key: int,
        name: str,
        *questions: str,
        parent: int = 0,
        idnumber: str | None = None,
        module: int | None = None,
    ) -> "Backup":
        """Add a category; its questions are entries (4.0 on) or questions (before)."""
        is_new = any("question_bank_entry" in text for text in questions)
        tag = "question_bank_entries" if is_new else "questions"
        self.categories.append(
            f'<question_category id="{key}">'
            + fields(name=name, contextlevel=50 if module is None else 70)
            + fields(contextinstanceid=module, parent=parent, idnumber=idnumber)
            + f"<{tag}>{''.join(questions)}</{tag}></question_category>"
        )
        return self

    def finished(self) -> Members:
        """Return the members, moodle_backup.xml last, as a tar may have it."""
        users = f"<setting>{fields(level='root', name='users', value=int(self.users))}</setting>"
        return {
            "course/course.xml": xml(
                '<course id="2" contextid="5">'
                + fields(fullname="Основы статистики", idnumber="", lang="ru")
                + fields(summary=self.summary)
                + "</course>"
            ),
            "files.xml": xml(f"<files>{''.join(self.files)}</files>"),
            "questions.xml": xml(
                f"<question_categories>{''.join(self.categories)}</question_categories>"
            ),
            **self.members,
            "moodle_backup.xml": xml(
                "<moodle_backup><information>"
                + fields(
                    moodle_release=self.release,
                    original_wwwroot="https://lms.university.example",
                    original_site_identifier_hash="abcdef0123456789",
                    original_course_format="topics",
                    original_course_fullname="Основы статистики",
                    original_course_shortname="STAT",
                )
                + "<details><detail><type>course</type></detail></details><contents>"
                + f"<activities>{''.join(self.activities)}</activities>"
                + f"<sections>{''.join(self.sections)}</sections></contents>"
                + f"<settings>{users}{''.join(self.settings)}</settings>"
                + "</information></moodle_backup>"
            ),
        }

    def tar(self) -> bytes:
        return tar_of(self.finished())

    def zip(self) -> bytes:
        return zip_of(self.finished())


def question(
    key: int,
    kind: str = "truefalse",
    *,
    text: str = "",
    plugin: str | None = None,
    parent: int = 0,
    extra: str = "",
    name: str = "",
) -> str:
    """Return a question as Moodle up to 3.11 writes it, whole in its category."""
    if plugin is None and kind == "truefalse":
        plugin = (
            "<answers>"
            + answer(2 * key, "True", "1.0000000")
            + answer(2 * key + 1, "False", "0.0000000")
            + "</answers><truefalse>"
            + fields(trueanswer=2 * key, falseanswer=2 * key + 1)
            + "</truefalse>"
        )
    told = fields(
        parent=parent,
        name=name or f"Вопрос {key}",
        questiontext=text or f"Утверждение {key} верно?",
        questiontextformat=1,
        generalfeedback="",
        generalfeedbackformat=1,
        qtype=kind,
    )
    own = (
        f"<plugin_qtype_{kind}_question>{plugin}</plugin_qtype_{kind}_question>"
        if plugin is not None
        else ""
    )
    return f'<question id="{key}">{told}{extra}{own}</question>'


def answer(key: int, text: str, fraction: str, feedback: str = "") -> str:
    return (
        f'<answer id="{key}">'
        + fields(
            answertext=text,
            answerformat=0,
            fraction=fraction,
            feedback=feedback,
            feedbackformat=1,
        )
        + "</answer>"
    )


def entry(
    key: int, *versions: tuple[int, str, str], idnumber: str | None = None
) -> str:
    """Return an entry of Moodle 4: versions are number, status and the question."""
    rows = "".join(
        "<question_versions>"
        + fields(version=number, status=status)
        + f"<questions>{text}</questions></question_versions>"
        for number, status, text in versions
    )
    return (
        f'<question_bank_entry id="{key}">{fields(idnumber=idnumber)}'
        f"<question_version>{rows}</question_version></question_bank_entry>"
    )


def quiz(*slots: str, **values: object) -> str:
    """Return the body of a quiz."""
    settings: dict[str, object] = {
        "intro": "",
        "timeopen": 0,
        "timeclose": 0,
        "timelimit": 1800,
        "attempts_number": 2,
        "grade": "10.00000",
        "delay1": 0,
        "subnet": "",
        "password": "",
        **values,
    }
    return fields(**settings) + (
        f"<question_instances>{''.join(slots)}</question_instances>"
    )


def slot(question_id: int, tag: str = "questionid") -> str:
    """Return a slot of Moodle 3, or of 2 with another tag."""
    return f"<question_instance>{fields(**{tag: question_id})}</question_instance>"


def entry_slot(entry_id: int) -> str:
    return (
        '<question_instance id="1"><question_reference id="1">'
        + fields(questionbankentryid=entry_id, version=None)
        + "</question_reference></question_instance>"
    )


def drawn_slot(condition: str) -> str:
    return (
        '<question_instance id="1"><question_set_reference id="1">'
        + fields(filtercondition=condition)
        + "</question_set_reference></question_instance>"
    )


def bomb(size: int) -> bytes:
    """Return gzip of many zeros."""
    return gzip.compress(bytes(size), 9)
