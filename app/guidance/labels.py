"""Labels and sentences of guidance."""

from flask_babel import lazy_gettext as _l

GUIDANCE = {
    "given_on": _l("Date"), "channel": _l("Way of meeting"), "language": _l("Language of the guidance"), "interpreter_used": _l("An interpreter was used"),
    "notes": _l("Notes"),
}  # fmt: skip
NEED = {"need": _l("Need of services"), "service_type": _l("Guided to the service"), "provider": _l("Service provider")}
HINTS = {"notes": _l("Write nothing about health here.")}
BROKEN = {
    "FUTURE": _l("The date is in the future. Give today or an earlier day."),
    "V10": _l("Guidance is recorded only with the person's consent, as the person is no integration client and has not been assessed "
              "(Decree 874/2024, section 4). Record the consent first."),
    "SERVICE": _l("Choose the service too."),
}  # fmt: skip
