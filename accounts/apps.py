from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and units")

    def ready(self) -> None:
        import accounts.duties  # noqa: PLC0415 (tells the desk who owes what)
        import accounts.rules  # noqa: F401, PLC0415 (registers the predicates)

        post_migrate.connect(_seed, sender=self)


def _seed(**_signal: Any) -> None:
    from accounts.seeds import ensure_system_user  # noqa: PLC0415 (models are ready now)

    # Absent while migrations are being taken back.
    if "accounts_user" in connection.introspection.table_names():
        ensure_system_user()
