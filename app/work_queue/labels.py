"""Labels of the work queue and of absences."""

from flask_babel import lazy_gettext as _l

QUEUE = {
    "light": _l("Urgency"), "worker_name": _l("Responsible worker"), "worker_id": _l("Responsible worker"),
}  # fmt: skip
ABSENCE = {
    "user_id": _l("Who is away"), "cover_id": _l("Who covers"), "starts_on": _l("First day away"), "ends_on": _l("Last day away"),
    "person": _l("Who is away"), "cover": _l("Who covers"),
}  # fmt: skip
BROKEN = {
    "ORDER": _l("The last day is before the first."),
    "SELF": _l("Nobody covers for themselves. Choose a colleague."),
    "OVERLAP": _l("This person has another absence on some of these days."),
    "AWAY": _l("The one who covers is away on some of these days."),
}  # fmt: skip
