"""What certificates show on pages of the register."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from accounts.models import User
from certificates.models import Certificate
from certificates.selectors import progress_of, results_to_certify, standing_of
from registry.models import Enrolment, Run
from registry.panels import register_learning_panel, register_run_panel


def certificates_of_learning(
    user: User, enrolments: Sequence[Enrolment]
) -> Mapping[int, Mapping[str, Any]]:
    """Return a learner's certificates by enrolment, asked for in one query."""
    certificates = {
        certificate.run_id: certificate
        for certificate in Certificate.objects.filter(
            learner=user, run__in={enrolment.run_id for enrolment in enrolments}
        ).select_related("file", "revocation")
    }
    return {
        enrolment.pk: {
            "certificate": certificates[enrolment.run_id],
            "standing": standing_of(certificates[enrolment.run_id]),
        }
        for enrolment in enrolments
        if enrolment.run_id in certificates
    }


def certificates_of_run(run: Run, user: User, _at: datetime) -> dict[str, Any] | None:
    """Return how many certificates of a run are issued and owed, to who issues them."""
    if not user.has_perm("certificates.issue", run):
        return None
    return {
        "run": run,
        "owed": results_to_certify(run).count(),
        "progress": progress_of(run),
    }


register_learning_panel("certificates/_learning_panel.html", certificates_of_learning)
register_run_panel("certificates/_run_panel.html", certificates_of_run)
