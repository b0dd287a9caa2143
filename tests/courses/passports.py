"""Passports for tests: one with something of everything, and any that may be."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from accounts.models import User
from courses import enums
from courses.models import (
    BorrowedItem,
    CommunicationElement,
    CourseVersion,
    EducationalProgramme,
    GlossaryTerm,
    Longread,
    Material,
    Question,
    SoftwareRequirement,
)
from courses.passport_json import FORMAT, plain
from courses.selectors.pages import pages_of_body
from tests import factories
from tests.courses import life

MARK = "ab" * 32
ADDRESS = "https://lms.university.example/mod/1"


def full_version(lead: User, at: datetime) -> CourseVersion:
    """Return a version that has something of each kind of part."""
    version = life.whole_version(lead, questions_a_week=3, is_glossary_unknown=True)
    for longread in Longread.objects.filter(topic__version=version):
        longread.pages = pages_of_body(longread.body, version)
        longread.save()
    topic = version.topics.get(week=1)
    topic.id_number = "t-1"
    topic.assessed_in = version.topics.get(week=2)
    topic.save()
    for model, values in (
        (EducationalProgramme, {"code": "01.03.02", "title": "Математика"}),
        (SoftwareRequirement, {"name": "R", "official_url": ADDRESS}),
        (
            CommunicationElement,
            {"mode": "synchronous", "kind": "webinar", "title": "Вебинар"},
        ),
    ):
        model.objects.create(version=version, position=1, **values)
    GlossaryTerm.objects.create(version=version, term="Мода", definition="Частое")
    Material.objects.create(**material(version, at), topic=topic)
    Material.objects.create(
        version=version, position=1, kind="video", title="Ссылка", url=ADDRESS,
        state="declared", declared_minutes=Decimal("7.5"), declared_reason="Хостинг",
    )  # fmt: skip
    BorrowedItem.objects.create(
        version=version, topic=topic, position=1, title="Рисунок", reference="Книга",
        is_consent_needed=True, consent_name="согласие.pdf", consent_sha256=MARK,
        consent_stored_as="consents/ab.pdf",
    )  # fmt: skip
    bank = version.banks.first()
    Question.objects.create(
        bank=bank, position=9, kind="multichoice", name="Выбор", text="Что верно?",
        fingerprint="f" * 64, raw="::Выбор::Что верно?{=Да ~Нет}", raw_format="gift",
        answers=[{"text": "Да", "fraction": "100"}, {"text": "Нет", "fraction": "0"}],
    )  # fmt: skip
    return version


def material(version: CourseVersion, at: datetime) -> dict[str, Any]:
    """Return the values of a film that was measured."""
    return {
        "version": version,
        "position": 1,
        "kind": "video",
        "title": "Фильм",
        "file_name": "фильм.mov",
        "stored_as": "materials/ab.mov",
        "sha256": MARK,
        "size_bytes": 1000,
        "state": "measured",
        "measured_at": at,
        "container": "mov",
        "duration_seconds": Decimal("360.5"),
        "width": 1920,
        "height": 1080,
    }


# PostgreSQL keeps no null character; half a character is none.
words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20
)
titles = words.filter(bool)
flags = st.booleans()


def decimals(digits: int, places: int) -> st.SearchStrategy[str | None]:
    figures = st.decimals(0, 10 ** (digits - places) - 1, places=places)
    return st.none() | figures.map(lambda value: f"{value.normalize():f}")


def whole(limit: int = 1000) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(0, limit)


def chosen(values: type[Any], *more: str) -> st.SearchStrategy[str]:
    return st.sampled_from([value.value for value in values] + list(more))


def urls() -> st.SearchStrategy[str]:
    return st.sampled_from(["", ADDRESS, "https://пример.рф/курс?№=1"])


TREES = st.dictionaries(
    words, st.none() | flags | st.integers(-(10**9), 10**9) | words, max_size=2
)
ASSESSMENT = {
    "title": words,
    "content": words,
    "criteria": words,
    "scoring": words,
    "grading": chosen(enums.Grading, ""),
    "in_gradebook": flags,
    "points": st.none() | st.integers(0, 100).map(str),
    "questions_drawn": whole(),
    "minutes": whole(),
    "attempts": whole(),
    "is_random": flags,
    "id_number": words,
    "lms_facts": TREES,
}
ANSWERS = st.lists(
    st.fixed_dictionaries({"text": words, "fraction": st.integers(-100, 100).map(str)}),
    max_size=2,
)
QUESTIONS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["multichoice", "truefalse", "essay"]),
        "kind_name": words,
        "name": words,
        "text": words,
        "answers": ANSWERS,
        "details": st.just({}),
        "raw": words,
        "raw_format": st.just("gift"),
    }
)


def rows(strategy: Any, limit: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=limit)


@st.composite
def passports(draw: Any) -> dict[str, Any]:
    """Make a passport, canonical: as `passport_content` would tell it."""
    outcomes = draw(rows(words, 3))
    topics = draw(_topics(len(outcomes)))
    places = st.none() | st.integers(1, len(topics)) if topics else st.none()
    return {
        "format": FORMAT,
        "course": None,
        "version": None,
        "edition": None,
        "authors": None,
        "fields": draw(_FIELDS),
        "texts": sorted(draw(_TEXTS), key=lambda row: row["language"]),
        "outcomes": [
            {"number": number, "text": text} for number, text in enumerate(outcomes, 1)
        ],
        "programmes": draw(
            rows(st.fixed_dictionaries({"code": words, "title": words}))
        ),
        "glossary": sorted(draw(_TERMS), key=lambda row: row["term"]),
        "topics": topics,
        "attestation": draw(st.none() | _ATTESTATION),
        "materials": sorted(
            draw(rows(_links(places))), key=lambda row: row["topic"] or 0
        ),
        "communication": draw(rows(_COMMUNICATION)),
        "software": draw(rows(_SOFTWARE)),
        "borrowed": draw(rows(_borrowed(places))),
        "banks": sorted(draw(_banks(places)), key=lambda row: row["category"]),
    }


@st.composite
def _topics(draw: Any, outcomes: int) -> list[dict[str, Any]]:
    weeks = sorted(draw(st.lists(st.integers(1, 3), max_size=3)))
    others = st.none() | st.integers(1, len(weeks)) if weeks else st.none()
    aims = st.sets(st.integers(1, outcomes)).map(sorted) if outcomes else st.just([])
    return [
        {
            "number": number,
            "outcomes": draw(aims),
            "assessed_in": draw(others.filter(lambda place, own=number: place != own)),
            "week": week,
            "title": draw(words),
            "hours": draw(decimals(5, 1)),
            "id_number": draw(words),
            "longreads": draw(rows(_LONGREAD)),
            "practicums": draw(rows(_PRACTICUM)),
            "control_tasks": draw(rows(_TASK)),
        }
        for number, week in enumerate(weeks, 1)
    ]


_FIELDS = st.fixed_dictionaries(
    {
        **dict.fromkeys((*life.TEXTS, "entry_questionnaire", "recommendations"), words),
        **dict.fromkeys(life.URLS, urls()),
        "language": chosen(enums.ContentLanguage),
        "is_language_course": flags,
        "study_model": chosen(enums.StudyModel, ""),
        "is_glossary_unknown": flags,
        "credits": decimals(4, 1),
        "weekly_hours": decimals(4, 1),
        "hours": whole(),
        "weeks": whole(),
    }
)
_TEXTS = st.lists(
    st.fixed_dictionaries(
        {
            "language": chosen(enums.ContentLanguage),
            "title": titles,
            "short_description": words,
        }
    ),
    unique_by=lambda row: row["language"],
    max_size=3,
)
_TERMS = st.lists(
    st.fixed_dictionaries({"term": titles, "definition": words}),
    unique_by=lambda row: row["term"],
    max_size=3,
)
_LONGREAD = st.fixed_dictionaries(
    {
        "title": words,
        "body": words,
        "url": urls(),
        "pages": st.just("0"),
        "id_number": words,
    }
)
_PRACTICUM = st.fixed_dictionaries(
    {
        "kind": chosen(enums.PracticumKind),
        "title": words,
        "aim": words,
        "content": words,
    }
)
_TASK = st.fixed_dictionaries(
    {
        "kind": chosen(enums.TaskKind),
        "aim": words,
        "procedure": words,
        "is_bonus": flags,
        **ASSESSMENT,
    }
)
_ATTESTATION = st.fixed_dictionaries(
    {"form": chosen(enums.AttestationForm, ""), **ASSESSMENT}
)
_COMMUNICATION = st.fixed_dictionaries(
    {
        "mode": chosen(enums.CommunicationMode),
        "kind": chosen(enums.CommunicationKind),
        "title": words,
        "url": urls(),
        "schedule": words,
    }
)
_SOFTWARE = st.fixed_dictionaries(
    {
        "name": words,
        "requirements": words,
        "browser": words,
        "official_url": urls(),
        "instruction": words,
    }
)


def _links(places: Any) -> Any:
    nothing = ("size_bytes", "duration_seconds", "pages", "slides", "hidden_slides")
    return st.fixed_dictionaries(
        {
            "topic": places,
            "kind": chosen(enums.MaterialKind),
            "title": words,
            "url": urls().filter(bool),
            "file_name": st.just(""),
            "sha256": st.just(""),
            "state": st.just("declared"),
            "unreadable_reason": st.just(""),
            **dict.fromkeys((*nothing, "width", "height", "layout"), st.none()),
            "container": st.just(""),
            "declared_minutes": decimals(6, 2),
            "declared_pages": decimals(6, 1),
            "declared_slides": whole(),
            "declared_reason": words,
            "rights": chosen(enums.MaterialRights),
            "licence": words,
            "id_number": words,
        }
    )


def _borrowed(places: Any) -> Any:
    return st.fixed_dictionaries(
        {
            "topic": places,
            "title": words,
            "reference": words,
            "url": urls(),
            "is_consent_needed": flags,
            "consent_name": st.just(""),
            "consent_sha256": st.just(""),
        }
    )


def _banks(places: Any) -> Any:
    bank = st.fixed_dictionaries(
        {
            "topic": places,
            "category": titles,
            "id_number": words,
            "questions": rows(QUESTIONS, 3),
        }
    )
    return st.lists(bank, unique_by=lambda row: row["category"], max_size=2)


def of_version(content: dict[str, Any], version: CourseVersion) -> dict[str, Any]:
    """Return a passport as one of this version: whose it is stays, pages are counted."""
    for topic in content["topics"]:
        for longread in topic["longreads"]:
            longread["pages"] = plain(pages_of_body(longread["body"], version))
    return {
        **content,
        "course": {"code": version.course.code, "type": version.course.type},
        "version": version.number,
        "edition": version.edition.code,
        "authors": [
            {"name": row.user.full_name, "is_lead": row.is_lead}
            for row in version.authorships.all()
        ],
    }


def an_author_with_drafts() -> tuple[User, CourseVersion, CourseVersion]:
    """Return a person and two drafts of theirs."""
    author = factories.UserFactory(is_author=True)
    return (
        author,
        factories.VersionFactory(lead=author),
        factories.VersionFactory(lead=author),
    )
