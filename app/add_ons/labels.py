"""Labels and sentences of add-ons."""

from flask_babel import lazy_gettext as _l

ADD_ON = {
    "name": _l("Name of the add-on"), "supplier": _l("Who made it"), "purpose": _l("What it is used for"), "email": _l("E-mail address of whoever answers for it"),
    "scopes": _l("What it may do"), "valid_to": _l("Valid to"), "lasts_to": _l("Valid to"), "state_words": _l("State"), "organisation_name": _l("Municipality"),
    "decided_at": _l("Decided"), "decider": _l("Decided by"), "decision_reason": _l("Reasons of the decision"), "created_at": _l("Applied"),
    "answers_for_it": _l("The municipality answers for the add-on, which meets the technical and security requirements of the national agency (section 75)."),
}  # fmt: skip
HELP = {
    "scopes": _l("Choose no more than the add-on needs. Its role follows from what you choose."),
    "email": _l("Letters about the right of the add-on go here. Use the address of a unit if you can."),
    "valid_to": _l("Two years at most."),
}
TOKEN = {
    "name": _l("Where the token is kept"), "valid_to": _l("Valid to"), "created_at": _l("Made on"), "last_used_at": _l("Last used on"), "ended_at": _l("Ended"),
}
TOKEN_HELP = {"name": _l("For example the server of the add-on. It helps to tell tokens apart."), "valid_to": _l("A year at most, and not longer than the add-on itself.")}
BROKEN = {
    "NONE": _l("Choose at least one thing that the add-on may do."),
    "PAST": _l("Give today or a later day."),
    "LONG": _l("A right is given for two years at most at a time."),
    "TOKEN_LONG": _l("The latest day possible is %(day)s."),
    "TOGETHER": _l("No role may do all of this. Leave something out."),
    "TAKEN": _l("You have an add-on of this name already."),
}
