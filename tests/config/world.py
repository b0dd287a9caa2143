"""People of every role, and an object of each kind that an address may name."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from accounts.enums import Role
from accounts.links import confirmation_token, password_link
from accounts.models import Unit, User
from certificates.services import issue_certificates, keep_file
from courses.enums import SnapshotReason
from courses.services import import_questions, keep_snapshot
from courses.services.course_import import keep_backup
from finance.selectors import figures_of
from finance.services import MadeReport, freeze_report
from tests import factories
from tests.certificates.conftest import pdf_of
from tests.courses.declared import borrowed_with_consent
from tests.courses.materials.making import with_file
from tests.courses.mbz.making import Backup
from tests.expertise import life as at_expertise
from tests.registry import life as in_register

GIFT = "$CATEGORY: Тема недели 1\n\nДа? {T}\n"
MONTH = date(2026, 8, 1)


@dataclass(frozen=True, slots=True)
class World:
    """The people by their role, and what stands in addresses by its name."""

    people: dict[str, User | None]
    names: dict[str, Any]


def make_world(at: datetime) -> World:
    """Make courses of one team at every station of their way, and a month's report."""
    unit = factories.UnitFactory()
    people = _people(unit)
    names = {
        **_letters(),
        **_passport(people, unit, at),
        **_expertises(people, unit, at),
        **_register(people, unit, at),
        "month": _month(people["finance"], at),
    }
    return World({"nobody": None, **people}, names)


def _people(unit: Unit) -> dict[str, User]:
    people: dict[str, User] = {
        "learner": factories.UserFactory(),
        "author": factories.UserFactory(is_author=True),
        "other author": factories.UserFactory(is_author=True),
        "expert": factories.UserFactory(),
        "unit head": factories.UserFactory(),
        "staff": factories.StaffFactory(),
        "finance": factories.FinanceFactory(),
        "officer": factories.OfficerFactory(),
    }
    factories.GrantFactory(user=people["unit head"], role=Role.UNIT_HEAD, unit=unit)
    # Of another unit: one who writes courses, but not these.
    factories.VersionFactory(lead=people["other author"])
    return people


def _letters() -> dict[str, str]:
    """Return what the links of letters hold, for a person who followed none yet."""
    user = factories.UserFactory(email_confirmed_at=None)
    key, token = password_link(user)
    return {"confirmation": confirmation_token(user), "key": key, "token": token}


def _passport(people: dict[str, User], unit: Unit, at: datetime) -> dict[str, Any]:
    """A draft that may go to expertise, with a part of each kind."""
    author = people["author"]
    version = at_expertise.whole_version(author, course__unit=unit)
    member = version.authorships.create(user=factories.UserFactory(is_author=True))
    source = import_questions(
        version=version, name="банк.gift", content=GIFT.encode(), by=author, at=at
    )
    snapshot = keep_snapshot(
        version=version, reason=SnapshotReason.KEPT, by=author, at=at
    )
    topic = version.topics.get(week=1)
    return {
        "version": version.pk,
        "snapshot": snapshot.pk,
        "member": member.pk,
        "topic": topic.pk,
        "task kind": "control-tasks",
        "task": topic.control_tasks.earliest("pk").pk,
        "material": with_file(version, by=author, at=at).pk,
        "bank": topic.banks.get().pk,
        "question": topic.banks.get().questions.first().pk,
        "import": source.pk,
        "borrowed": borrowed_with_consent(version, author).pk,
        "course import": keep_backup(
            version=version,
            file=BytesIO(Backup().tar()),
            name="курс.mbz",
            by=author,
            at=at,
        ).pk,
    }


def _expertises(people: dict[str, User], unit: Unit, at: datetime) -> dict[str, int]:
    """A round that waits for its expert, one under review, one returned for rework."""
    author = people["author"]
    requested, returned = (
        at_expertise.requested(author, at=at, course__unit=unit) for _number in range(2)
    )
    review = at_expertise.requested_with_file(author, at=at, course__unit=unit)
    for expertise in (review, returned):
        at_expertise.appointed(
            expertise, people["expert"], staff=people["staff"], at=at
        )
    (remark,) = at_expertise.returned(returned, at=at)
    return {
        "requested": requested.pk,
        "review": review.pk,
        "dossier file": 1,
        "returned": returned.pk,
        "remark": remark.pk,
    }


def _register(people: dict[str, User], unit: Unit, at: datetime) -> dict[str, int]:
    """An open course; its run has a learner with a result and a certificate."""
    staff, learner = people["staff"], people["learner"]
    entry = in_register.entry(
        people["author"], at=at, course__unit=unit, hours=36, credits=1
    )
    in_register.opened(entry, staff=staff, at=at)
    run = in_register.run(entry, staff=staff, at=at)
    enrolment = in_register.enrolled(run, learner, at=at)
    results = in_register.take_in(run, in_register.row(learner), staff=staff, at=at)
    (certificate,) = issue_certificates(run=run, by=staff, at=at).certificates
    keep_file(certificate_id=certificate.pk, pdf=pdf_of(certificate), at=at)
    return {
        "entry": entry.pk,
        "entry version": entry.version_id,
        "illustration": entry.version.materials.get().pk,
        "entry number": entry.number,
        "document": entry.documents.earliest("pk").pk,
        "run": run.pk,
        "enrolment": enrolment.pk,
        "results": results.pk,
        "certificate": certificate.number,
        "code": certificate.code,
    }


def _month(accountant: User, at: datetime) -> date:
    """Report a month; what its PDF looks like is another test's business."""
    report = MadeReport(MONTH, 1, figures_of(MONTH), b"%PDF-")
    freeze_report(made=report, by=accountant, at=at)
    return MONTH
