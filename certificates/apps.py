from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        import certificates.duties  # noqa: PLC0415 (tells the desk who owes what)
        import certificates.panels  # noqa: PLC0415 (shows certificates in the register)
        import certificates.rules  # noqa: PLC0415 (registers the predicates)
        import certificates.selectors  # noqa: F401, PLC0415 (locks certified results)
