"""Labels and sentences of consents."""

from flask_babel import lazy_gettext as _l

CONSENT = {
    "status": _l("State"), "type": _l("What the client consents to"), "text_version": _l("Version of the text"), "language": _l("Told to the client in"),
    "given_on": _l("Consented on"), "withdrawn_on": _l("Withdrawn on"),
}  # fmt: skip
HINTS = {"type": _l("Tell the client what is consented to in words they understand; the text stands below the choice.")}
BROKEN = {
    "FUTURE": _l("The date is in the future. Give today or an earlier day."),
    "NO_TEXT": _l("On that day there was no text to consent to. The first texts are of 1 January 2025."),
    "BEFORE_GIVEN": _l("The consent had not been given by then."),
}  # fmt: skip
# What a role that has the permission may do.
MAY = {"can_withdraw": _l("record that the client withdraws the consent")}
