from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ExpertiseConfig(AppConfig):
    name = "expertise"
    verbose_name = _("Expertise")

    def ready(self) -> None:
        import expertise.duties  # noqa: PLC0415 (tells the desk who owes what)
        import expertise.panels  # noqa: PLC0415 (shows itself on the course's page)
        import expertise.rules  # noqa: PLC0415 (registers the predicates)
        import expertise.workflow  # noqa: F401, PLC0415 (registers the transitions)

        post_migrate.connect(_seed, sender=self)


def _seed(**_signal: Any) -> None:
    from expertise.seeds import seed_criteria  # noqa: PLC0415 (models are ready now)

    # Absent while migrations are being taken back.
    if "expertise_criterion" in connection.introspection.table_names():
        seed_criteria()
