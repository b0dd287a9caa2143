from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FinanceConfig(AppConfig):
    name = "finance"
    verbose_name = _("Paid services")

    def ready(self) -> None:
        import finance.duties  # noqa: PLC0415 (tells the desk who owes what)
        import finance.rules  # noqa: PLC0415 (registers the predicates)
        import finance.workflow  # noqa: F401, PLC0415 (registers the transitions)
