"""Who may do what with certificates."""

from typing import Any

import rules

from accounts.rules import is_centre_staff, is_system
from certificates.models import Certificate


@rules.predicate
def is_its_learner(user: Any, obj: Any) -> bool:
    """The learner the certificate was issued to."""
    return isinstance(obj, Certificate) and obj.learner_id == user.pk


rules.add_perm("certificates", is_centre_staff)
rules.add_perm("certificates.issue", is_centre_staff | is_system)
rules.add_perm("certificates.revoke", is_centre_staff)
rules.add_perm("certificates.download", is_its_learner | is_centre_staff)
for _model in ("certificate", "certificatefile", "revocation"):
    rules.add_perm(f"certificates.view_{_model}", is_centre_staff)
