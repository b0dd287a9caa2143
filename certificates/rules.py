"""Who may do what with certificates."""

import rules

from accounts.rules import is_centre_staff, is_system

rules.add_perm("certificates", is_centre_staff)
rules.add_perm("certificates.issue", is_centre_staff | is_system)
rules.add_perm("certificates.revoke", is_centre_staff)
for _model in ("certificate", "certificatefile", "revocation"):
    rules.add_perm(f"certificates.view_{_model}", is_centre_staff)
