"""Who may do what with money."""

import rules

from accounts.rules import is_centre_staff, is_finance, is_system

rules.add_perm("finance", is_finance | is_centre_staff)
rules.add_perm("finance.manage_contract", is_finance | is_centre_staff)
rules.add_perm("finance.post_payment", is_finance)
rules.add_perm("finance.approve_budget", is_finance)
rules.add_perm("finance.read_report", is_finance | is_centre_staff)
rules.add_perm("finance.make_report", is_finance | is_system)
rules.add_perm("finance.close_month", is_finance)
for _model in ("paidservice", "tariff", "contract"):
    for _verb in ("view", "add", "change"):
        rules.add_perm(f"finance.{_verb}_{_model}", is_finance | is_centre_staff)
for _model in ("budget", "expenseitem"):
    rules.add_perm(f"finance.view_{_model}", is_finance | is_centre_staff)
    for _verb in ("add", "change", "delete"):
        rules.add_perm(f"finance.{_verb}_{_model}", is_finance)
for _model in ("payment", "paymentimport", "monthlyreport", "monthclosing"):
    rules.add_perm(f"finance.view_{_model}", is_finance | is_centre_staff)
for _verb in ("add", "import"):
    rules.add_perm(f"finance.{_verb}_payment", is_finance)
