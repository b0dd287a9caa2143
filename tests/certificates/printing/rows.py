"""Rows to print: invented people, in each of the four languages."""

from datetime import date
from decimal import Decimal

from certificates.printing import CertificateFields

_SHARED = {
    "number": "№\N{NO-BREAK SPACE}000123",
    "code": "K7QF-3M9X-2RTA",
    "verification_url": "https://portal.university.example/verify/K7QF-3M9X-2RTA",
    "course_type": "open_learning",
    "workload_hours": Decimal("144.0"),
    "workload_credits": Decimal("4.0"),
    "completed_on": date(2026, 11, 14),
    "issued_on": date(2026, 11, 21),
}

_LOCAL = {
    "ru": {
        "surname": "Верещагина",
        "given_name": "Анна",
        "patronymic": "Сергеевна",
        "course_title": "Основы статистики и анализа данных",
        "university": "Приречный государственный университет",
        "centre": "Центр открытого образования",
        "city": "Приречный",
        "signatory_name": "И. К. Лесной",
        "signatory_position": "Проректор по учебной работе",
    },
    "kk": {
        "surname": "Әбдірахманова",
        "given_name": "Айгерім",
        "patronymic": "Серікқызы",
        "course_title": "Статистика және деректерді талдау негіздері",
        "university": "Приречный мемлекеттік университеті",
        "centre": "Ашық білім беру орталығы",
        "city": "Приречный қ.",
        "signatory_name": "И. К. Лесной",
        "signatory_position": "Оқу ісі жөніндегі проректор",
    },
    "ky": {
        "surname": "Токтогулова",
        "given_name": "Гүлзада",
        "patronymic": "Өмүрбек кызы",
        "course_title": "Статистиканын жана маалыматтарды талдоонун негиздери",
        "university": "Приречный мамлекеттик университети",
        "centre": "Ачык билим берүү борбору",
        "city": "Приречный ш.",
        "signatory_name": "И. К. Лесной",
        "signatory_position": "Окуу иштери боюнча проректор",
    },
    "en": {
        "surname": "Vereshchagina",
        "given_name": "Anna",
        "patronymic": "Sergeevna",
        "course_title": "Foundations of Statistics and Data Analysis",
        "university": "Prirechny State University",
        "centre": "Centre for Open Education",
        "city": "Prirechny",
        "signatory_name": "I. K. Lesnoy",
        "signatory_position": "Vice-Rector for Academic Affairs",
    },
}


def certificate_row(language: str = "ru", **changes: object) -> CertificateFields:
    """Return a row in a language, with changes."""
    return CertificateFields(
        **{**_SHARED, **_LOCAL[language], "language": language, **changes}
    )
