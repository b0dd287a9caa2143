from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        import courses.duties  # noqa: PLC0415 (tells the desk who owes what)
        import courses.rules  # noqa: PLC0415 (registers the predicates)
        import courses.workflow  # noqa: F401, PLC0415 (registers the transitions)

        post_migrate.connect(_seed, sender=self)


def _seed(**_signal: Any) -> None:
    from courses.seeds import seed_editions  # noqa: PLC0415 (models are ready now)

    # Absent while migrations are being taken back.
    if "courses_regulationedition" in connection.introspection.table_names():
        seed_editions()
