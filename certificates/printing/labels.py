"""The fixed words of a certificate in its four languages.

They stand here and not in the catalogues of translation: the language of a
certificate is its own, not that of the screen, and its words are part of a document
that the university answers for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября "
    "декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша "
    "желтоқсан",
    "ky": "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры "
    "декабры",
    "en": "January February March April May June July August September October November "
    "December",
}
_DATES = {
    "ru": "{day} {month} {year} г.",
    "kk": "{year} жылғы {day} {month}",
    "ky": "{year}-жылдын {day}-{month}",
    "en": "{day} {month} {year}",
}


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of a certificate in one language.

    Attributes:
        before_title: Lines between the learner's name and the title of the course.
        after_title: Lines below it; `{course_type}` and `{workload}` stand in them.
        course_types: Type of the course, in the case that the sentence asks for.
    """

    heading: str
    registration: str
    issued: str
    lead: str
    before_title: tuple[str, ...]
    title: str
    after_title: tuple[str, ...]
    completed: str
    workload: Callable[[Decimal, Decimal | None], str]
    course_types: dict[str, str]
    signature: str
    seal: str
    verify: str
    code: str
    qr: str


def date_in_words(day: date, language: str) -> str:
    """Return a date as documents of the language write it, kept on one line."""
    month = MONTHS[language].split()[day.month - 1]
    words = _DATES[language].format(day=day.day, month=month, year=day.year)
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _plain(number: Decimal, point: str) -> str:
    """Return a number without needless zeros."""
    text = f"{number.normalize():f}"
    return text.replace(".", point)


def _russian(number: Decimal, one: str, many: str) -> str:
    """Return a count in the genitive, as «в объёме …» asks for."""
    is_one = number % 10 == 1 and number % 100 != 11  # noqa: PLR2004 (eleven is many)
    is_part = number != number.to_integral_value()
    return f"{_plain(number, ',')} {one if is_one or is_part else many}"


def _russian_workload(hours: Decimal, units: Decimal | None) -> str:
    words = _russian(hours, "часа", "часов")
    if units is None:
        return words
    return f"{words} ({_russian(units, 'зачётной единицы', 'зачётных единиц')})"


def _kazakh_workload(hours: Decimal, units: Decimal | None) -> str:
    words = f"{_plain(hours, ',')} сағат"
    if units is None:
        return words
    return f"{words} ({_plain(units, ',')} академиялық кредит)"


def _kyrgyz_workload(hours: Decimal, units: Decimal | None) -> str:
    words = f"{_plain(hours, ',')} саат"
    return words if units is None else f"{words} ({_plain(units, ',')} кредит)"


def _english_workload(hours: Decimal, units: Decimal | None) -> str:
    words = f"{_plain(hours, '.')} hour{'' if hours == 1 else 's'}"
    if units is None:
        return words
    return f"{words} ({_plain(units, '.')} credit{'' if units == 1 else 's'})"


LABELS = {
    "ru": Labels(
        heading="Сертификат",
        registration="Регистрационный {number}",
        issued="Дата выдачи: {date}",
        lead="Настоящий сертификат подтверждает, что",
        before_title=("успешно освоил(а) {course_type}",),
        title="«{title}»",
        after_title=("в объёме {workload}",),
        completed="Дата освоения курса: {date}",
        workload=_russian_workload,
        course_types={
            "propaedeutic": "пропедевтический открытый онлайн-курс",
            "open_learning": "открытый онлайн-курс",
            "professional_development": "открытый курс повышения квалификации",
            "retraining": "открытый курс профессиональной переподготовки",
            "scientific_school": "открытый курс научной школы",
        },
        signature="подпись",
        seal="М. П.",
        verify="Подлинность сертификата проверяется по адресу",
        code="Код проверки",
        qr="QR-код с адресом проверки сертификата",
    ),
    "kk": Labels(
        heading="Сертификат",
        registration="Тіркеу {number}",
        issued="Берілген күні: {date}",
        lead="Осы сертификат",
        before_title=(),
        title="«{title}»",
        after_title=(
            "атты {course_type} {workload} көлемінде",
            "табысты меңгергенін растайды",
        ),
        completed="Курсты меңгерген күні: {date}",
        workload=_kazakh_workload,
        course_types={
            "propaedeutic": "пропедевтикалық ашық онлайн-курсты",
            "open_learning": "ашық онлайн-курсты",
            "professional_development": "біліктілікті арттыру ашық курсын",
            "retraining": "кәсіби қайта даярлау ашық курсын",
            "scientific_school": "ғылыми мектептің ашық курсын",
        },
        signature="қолы",
        seal="М. О.",
        verify="Сертификаттың түпнұсқалығы мына мекенжайда тексеріледі",
        code="Тексеру коды",
        qr="Сертификатты тексеру мекенжайы бар QR-код",
    ),
    "ky": Labels(
        heading="Сертификат",
        registration="Каттоо {number}",
        issued="Берилген күнү: {date}",
        lead="Ушул сертификат",
        before_title=(),
        title="«{title}»",
        after_title=(
            "аттуу {course_type} {workload} көлөмүндө",
            "ийгиликтүү өздөштүргөнүн тастыктайт",
        ),
        completed="Курсту өздөштүргөн күнү: {date}",
        workload=_kyrgyz_workload,
        course_types={
            "propaedeutic": "пропедевтикалык ачык онлайн-курсту",
            "open_learning": "ачык онлайн-курсту",
            "professional_development": "квалификацияны жогорулатуу ачык курсун",
            "retraining": "кесиптик кайра даярдоо ачык курсун",
            "scientific_school": "илимий мектептин ачык курсун",
        },
        signature="колу",
        seal="М. О.",
        verify="Сертификаттын аныктыгы төмөнкү дарек боюнча текшерилет",
        code="Текшерүү коду",
        qr="Сертификатты текшерүү дареги бар QR-код",
    ),
    "en": Labels(
        heading="Certificate",
        registration="Registration {number}",
        issued="Issued on {date}",
        lead="This is to certify that",
        before_title=("has successfully completed the {course_type}",),
        title="“{title}”",
        after_title=("with a workload of {workload}",),
        completed="Completed on {date}",
        workload=_english_workload,
        course_types={
            "propaedeutic": "introductory open online course",
            "open_learning": "open online course",
            "professional_development": "open professional development course",
            "retraining": "open professional retraining course",
            "scientific_school": "open course of the scientific school",
        },
        signature="signature",
        seal="Seal",
        verify="This certificate can be verified at",
        code="Verification code",
        qr="QR code with the address to verify the certificate at",
    ),
}
