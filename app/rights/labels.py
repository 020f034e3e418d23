"""Labels and sentences of rights of use."""

from flask_babel import lazy_gettext as _l

APPLICATION = {
    "person": _l("Applicant"), "organisation_name": _l("Organisation"), "organisation_id": _l("Organisation you work in"),
    "grantor_id": _l("Municipality that grants the right"), "role": _l("Role"), "task": _l("Task that needs the right"), "basis": _l("Legal basis"),
    "reason": _l("Why the right is needed"), "valid_from": _l("Valid from"), "valid_to": _l("Valid to"), "email": _l("E-mail address for notices"),
    "accepts_liability": _l("I know that I act under official liability and secrecy when I use the system (section 96)."),
    "training_done_on": _l("Data-protection training completed on"), "state": _l("State"), "applied_at": _l("Applied"),
    "decision_reason": _l("Reasons of the decision"), "decided_at": _l("Decided"), "decider": _l("Decided by"), "local_role_id": _l("Own role"),
    "training_code": _l("Certificate of training"), "training_path": _l("Certificate of training"), "trained_on": _l("Certificate given on"),
}  # fmt: skip
GRANT = {
    "person": _l("User"), "role": _l("Role"), "local_name": _l("Own role"), "basis": _l("Legal basis"), "task": _l("Task that needs the right"),
    "valid_from": _l("Valid from"), "valid_to": _l("Valid to"), "from_directory": _l("From the directory's group"), "opened_at": _l("Opened"),
    "confirmed_on": _l("Need confirmed on"), "last_used_on": _l("Last used on"), "ended_at": _l("Ended"), "end_reason": _l("Reason of the end"),
    "organisation_name": _l("Organisation"),
}  # fmt: skip
BROKEN = {
    "ROLE": _l("This role is not given in an organisation of this kind."),
    "BASIS": _l("This legal basis does not fit the role (section 80)."),
    "GRANTOR": _l("Choose the municipality for which you work: it grants the right."),
    "OWN": _l("Your own organisation grants the right. Leave this empty."),
    "PAST": _l("The right cannot begin in the past."),
    "ORDER": _l("The end is before the start."),
    "LONG": _l("A right is given for two years at most at a time."),
    "FUTURE": _l("The date is in the future. Give today or an earlier day."),
    "SELF": _l("Nobody decides their own application."),
    "MORE": _l("You cannot grant a role that may do more than your own."),
    "WIDER": _l("The right cannot be given for a longer time than was applied for."),
    "TRAINING_NEEDED": _l("This right needs a certificate of training. Do the exercises of its path in the training environment and copy the code here."),
    "TRAINING_CODE": _l("This is no code of a certificate of training. Copy the whole code anew from the certificate."),
    "TRAINING_PATH": _l("The certificate is of another path than this role asks for."),
    "TRAINING_LAPSED": _l("The certificate has lapsed: the exercises of its path have changed. Do the changed ones in the training environment."),
    "TRAINING_PERSON": _l("The certificate was given to a person of another name."),
    "OPEN": _l("You have an open application for this role in this organisation already."),
}  # fmt: skip
