"""Labels and sentences of responsibility."""

from flask_babel import lazy_gettext as _l

STATUS = {"employment_status": _l("Employment status"), "starts_on": _l("First day"), "ends_on": _l("Last day"), "source": _l("Source of the data")}
RESPONSIBILITY = {"responsible": _l("Responsible authority"), "starts_on": _l("First day"), "ends_on": _l("Last day"), "reason": _l("Why")}
PRACTICE = {
    "delegated_from": _l("All clients with the employment authority from"), "delegated_to": _l("All clients with the employment authority until"),
    "transfer_answer_days": _l("Working days to answer a transfer"), "changed_at": _l("Changed"),
}  # fmt: skip
BROKEN = {
    "END": _l("The end is before the start."),
    "FUTURE": _l("The date is in the future. Give today or an earlier day."),
    "OVERLAP": _l("Another period of employment status holds on these days. End it first."),
    "DAYS": _l("The number must be between 1 and 30."),
    "FROM": _l("Give the first day of the decision too (681/2023 § 8)."),
}
