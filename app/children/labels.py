"""Labels and sentences of what is recorded of a child."""

from flask_babel import lazy_gettext as _l

HEARING = {
    "considered_on": _l("Date"), "is_heard": _l("The child was heard"), "opinion": _l("The child's wishes and opinion"),
    "not_heard_reason": _l("Why the child was not heard"),
}  # fmt: skip
REPRESENTATIVE = {
    "name": _l("Name of the representative"), "phone": _l("Phone"), "email": _l("E-mail"), "known_on": _l("Known to be without a guardian on"),
    "applied_on": _l("Representative applied for on"), "decided_on": _l("Decision of the court on"), "valid_from": _l("Represents from"),
    "valid_to": _l("Represented until"), "end_reason": _l("Reason for the end"), "acts_until": _l("Represents until at the latest"),
    "source": _l("Source of the data"),
}  # fmt: skip
BROKEN = {
    "FUTURE": _l("The date is in the future. Give today or an earlier day."),
    "NOT_A_CHILD": _l("The client was not under 18 on that day (section 4)."),
    "OPINION": _l("Write down the child's wishes and opinion (section 4)."),
    "REASON": _l("The child was not heard: give the reason (section 4)."),
    "BOTH": _l("Give the reason only when the child was not heard."),
    "WHEN": _l("Give the day the child became known to be without a guardian, or a later step (section 35)."),
    "ORDER": _l("The date is before that of the step that comes first. Check both dates."),
    "NAME": _l("Give the name of the representative the court has appointed (section 35)."),
    "FROM": _l("Give the first day of the representative."),
    "DECISION": _l("A representative acts from the decision of the court (section 35). Give its date."),
    "ADULT": _l("The task of the representative ends when the client turns 18, on %(adult)s at the latest."),
    "END_REASON": _l("Give the reason for the end."),
    "END": _l("Give the day the task ended, or leave out the reason."),
}  # fmt: skip
