"""Labels and sentences of responsibility."""

from flask_babel import lazy_gettext as _l

STATUS = {"employment_status": _l("Employment status"), "starts_on": _l("First day"), "ends_on": _l("Last day"), "source": _l("Source of the data")}
RESPONSIBILITY = {"responsible": _l("Responsible authority"), "starts_on": _l("First day"), "ends_on": _l("Last day"), "reason": _l("Why")}
PRACTICE = {
    "delegated_from": _l("All clients with the employment authority from"), "delegated_to": _l("All clients with the employment authority until"),
    "transfer_answer_days": _l("Working days to answer a transfer"), "training_demanded_from": _l("Certificate of training demanded from"), "changed_at": _l("Changed"),
}  # fmt: skip
PRACTICE_HELP = {"training_demanded_from": _l("From this day on, whoever applies to the municipality for a right adds the code of a certificate of their role.")}
BROKEN = {
    "END": _l("The end is before the start."),
    "FUTURE": _l("The date is in the future. Give today or an earlier day."),
    "OVERLAP": _l("Another period of employment status holds on these days. End it first."),
    "DAYS": _l("The number must be between 1 and 30."),
    "NO_KEY": _l("Certificates of training cannot be verified here: the key of the training environment has not been set. Ask whoever keeps the service running."),
    "FROM": _l("Give the first day of the decision too (681/2023 § 8)."),
}
