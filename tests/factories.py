"""Objects for tests, as they come to be in life; a test changes what it is about."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from accounts.enums import Role
from accounts.models import RoleGrant, Unit, User
from courses.enums import CourseType, Grading, QuestionKind, TaskKind
from courses.models import (
    Authorship,
    ControlTask,
    Course,
    CourseText,
    CourseVersion,
    Question,
    QuestionBank,
    RegulationEdition,
    Topic,
)

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
PASSWORD = "Берег-1927-реки"


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    code = factory.Sequence("unit-{}".format)
    name = factory.Sequence("Кафедра № {}".format)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence("person{}@university.example".format)
    surname = factory.Sequence("Иванов{}".format)
    given_name = "Ерлан"
    patronymic = "Серікұлы"
    position = "доцент"
    degree = "кандидат наук"
    academic_title = "доцент"
    language = "en"
    joined_at = AT
    email_confirmed_at = AT
    password = factory.django.Password(PASSWORD)


class GrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    since_on = date(2026, 1, 1)


def _with_role(role: Role, **grant) -> factory.RelatedFactory:
    return factory.RelatedFactory(
        GrantFactory, factory_related_name="user", role=role, **grant
    )


class StaffFactory(UserFactory):
    surname = factory.Sequence("Центрова{}".format)
    grant = _with_role(Role.CENTRE_STAFF)


class FinanceFactory(UserFactory):
    surname = factory.Sequence("Счетова{}".format)
    grant = _with_role(Role.FINANCE)


class OfficerFactory(UserFactory):
    surname = factory.Sequence("Охранов{}".format)
    grant = _with_role(Role.SECURITY_OFFICER)


class HrFactory(UserFactory):
    surname = factory.Sequence("Кадрова{}".format)
    grant = _with_role(Role.HR)


def edition() -> RegulationEdition:
    """The edition that every installation has."""
    return RegulationEdition.objects.get(code="minin-2022")


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course

    code = factory.Sequence("ООК-2026-{:03}".format)
    unit = factory.SubFactory(UnitFactory)
    type = CourseType.OPEN_LEARNING
    created_at = AT
    created_by = factory.SubFactory(UserFactory)


class VersionFactory(DjangoModelFactory):
    """A draft with a title in Russian and nothing else."""

    class Meta:
        model = CourseVersion
        skip_postgeneration_save = True

    course = factory.SubFactory(CourseFactory)
    edition = factory.LazyFunction(edition)

    @factory.post_generation
    def title(self, create, extracted, **_kwargs):
        if create:
            CourseText.objects.create(
                version=self, language="ru", title=extracted or "Основы статистики"
            )

    @factory.post_generation
    def lead(self, create, extracted, **_kwargs):
        if create and extracted:
            Authorship.objects.create(version=self, user=extracted, is_lead=True)


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    version = factory.SubFactory(VersionFactory)
    week = factory.Sequence(lambda n: n + 1)
    position = 1
    title = factory.LazyAttribute(lambda topic: f"Тема недели {topic.week}")
    hours = Decimal(18)


class TestFactory(DjangoModelFactory):
    """A control task of a topic that is a test as the regulation wants it."""

    __test__ = False

    class Meta:
        model = ControlTask

    topic = factory.SubFactory(TopicFactory)
    position = 1
    kind = TaskKind.TEST
    title = "Тест по теме"
    aim = "Проверить усвоение темы"
    content = "Вопросы по материалу недели"
    procedure = "До конца недели, две попытки"
    criteria = "Доля верных ответов"
    scoring = "Балл за каждый верный ответ; вторая попытка даёт 80 %"
    grading = Grading.AUTOMATIC
    points = Decimal(10)
    questions_drawn = 10
    minutes = 20
    attempts = 2


class BankFactory(DjangoModelFactory):
    class Meta:
        model = QuestionBank

    version = factory.SubFactory(VersionFactory)
    category = factory.Sequence("Тема {}".format)


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    bank = factory.SubFactory(BankFactory)
    position = factory.Sequence(lambda n: n + 1)
    kind = QuestionKind.TRUEFALSE
    text = factory.Sequence("Утверждение {} верно?".format)
    fingerprint = factory.Sequence("{:064x}".format)
