"""Labels of announcements."""

from flask_babel import lazy_gettext as _l

ANNOUNCEMENT = {
    "kind": _l("Kind"), "title_fi": _l("Heading in Finnish"), "title_sv": _l("Heading in Swedish"), "text_fi": _l("Text in Finnish"),
    "text_sv": _l("Text in Swedish"), "shown_from": _l("Shown from"), "shown_to": _l("Shown until"), "outage_from": _l("The outage begins"),
    "outage_to": _l("The outage ends"), "role": _l("Only for the role"), "audience_id": _l("Only for the organisation"), "stage": _l("Only for the stage of rollout"),
    "audience_name": _l("Only for the organisation"), "changed_at": _l("Changed"), "state_words": _l("State"),
}  # fmt: skip
HELP = {
    "text_fi": _l("Do not write anything about clients."), "text_sv": _l("Do not write anything about clients."),
    "shown_from": _l("The first day on which it stands on the pages."), "shown_to": _l("The last day on which it stands on the pages."),
    "role": _l("Leave these three empty to tell everybody; it then stands on the sign-in page too."),
    "stage": _l("Organisations at other stages do not see it."),
}  # fmt: skip
BROKEN = {
    "ORDER": _l("The last day is before the first one."), "NO_OUTAGE": _l("Give the time when the outage begins and when it ends."),
    "OUTAGE_ORDER": _l("The outage must end after it begins."), "TOO_LONG": _l("An outage lasts at most a week; tell of a longer one in a warning."),
    "NOT_SHOWN": _l("The outage is outside the days on which the announcement is shown."),
}  # fmt: skip
