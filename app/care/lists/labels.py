"""Labels and sentences of code lists."""

from flask_babel import lazy_gettext as _l

VALUE = {
    "list_name": _l("Code list"), "code": _l("Code"), "name_fi": _l("In Finnish"), "name_sv": _l("In Swedish"), "valid_from": _l("Valid from"),
    "valid_to": _l("Valid to"), "deed": _l("What was done"), "reason": _l("Reason"), "rules": _l("Rules that rest on it"), "used_in": _l("Used in"),
    "values": _l("Values in force"), "ended": _l("Ended values"), "takes_new": _l("New values"),
}  # fmt: skip
BROKEN = {
    "CODE": _l("A code has at most forty capital letters, digits, hyphens and underscores; that of a language small letters."),
    "CODE_TAKEN": _l("The list has or has had this code. Choose another."),
    "LABEL_TAKEN": _l("Another value of the list has this label. Two that look the same cannot be told apart."),
    "LOCKED": _l("A rule of the service rests on this value, so it cannot end."),
    "ENDED": _l("The value has ended or its end is set already."),
    "PAST": _l("The day is in the past. Give today or a later day."),
    "BEFORE": _l("The end is before the start."),
}  # fmt: skip
