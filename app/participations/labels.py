"""Labels and sentences of taking part."""

from flask_babel import lazy_gettext as _l

PARTICIPATION = {
    "client_name": _l("Client"), "matter_key": _l("Takes part in"), "matter": _l("Takes part in"), "organisation_id": _l("Wellbeing services county"),
    "organisation_name": _l("Wellbeing services county"), "profile": _l("What the county sees"), "reason": _l("What the county is needed for"),
    "may_contribute": _l("The county writes its own statement"), "created_at": _l("Invited"), "inviter": _l("Invited by"), "valid_to": _l("Until at the latest"),
    "accepted_at": _l("Accepted"), "accepter": _l("Accepted by"), "state": _l("State"), "ended_at": _l("Ended"), "ended_how": _l("How it ended"),
    "end_reason": _l("Reason of the end"),
}  # fmt: skip
STATEMENT = {"matter": _l("Given in"), "stated_on": _l("Date of the statement"), "author": _l("Given by"), "content": _l("Statement")}
BROKEN = {
    "PROFILE": _l("This is not shared in the matter that you chose. Choose another."),
    "PAST": _l("The day has passed already."),
    "LATEST": _l("The county can take part until %(limit)s at the latest."),
    "TWICE": _l("The county is invited to this matter already."),
}
