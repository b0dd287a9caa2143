from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Register, runs, results")

    def ready(self) -> None:
        import registry.duties  # noqa: PLC0415 (tells the desk who owes what)
        import registry.rules  # noqa: PLC0415 (registers the predicates)
        import registry.workflow  # noqa: F401, PLC0415 (registers the transitions)
        from core.workflow import transitioned  # noqa: PLC0415 (models are ready now)
        from courses import panels  # noqa: PLC0415
        from courses.models import CourseVersion  # noqa: PLC0415
        from registry import course_parts  # noqa: PLC0415
        from registry.services import enter_recommended  # noqa: PLC0415

        panels.register_version_panel(
            "registry/_version_panel.html", course_parts.entry_panel
        )
        panels.register_steps(course_parts.entry_steps)
        panels.register_debts(course_parts.entry_debts)
        transitioned.connect(enter_recommended, sender=CourseVersion)
