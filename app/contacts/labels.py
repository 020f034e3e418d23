"""Labels and sentences of contacts."""

from flask_babel import lazy_gettext as _l

CONTACT = {
    "status": _l("State"), "received_on": _l("Received on"), "sender_type": _l("Who made the contact"), "directed_only": _l("The person was only directed here"),
    "consent_on": _l("Client consented to the contact on"), "sender_contact": _l("Contact details of the sender"), "reason": _l("Reason for the contact"),
    "need": _l("Need of services"), "first_permit_on": _l("First residence permit granted on"), "receiving_unit": _l("Receiving unit"),
    "handled_on": _l("Handled on"), "outcome": _l("What came of the contact"), "outcome_reason": _l("More about the outcome"),
    "correction_reason": _l("Why the contact is corrected"),
}  # fmt: skip
HINTS = {
    "directed_only": _l("The sender had no consent to tell of the person. Then only who directed the person, when and where to is recorded."),
    "consent_on": _l("Not needed when the client makes the contact."),
    "sender_contact": _l("For example name, telephone and e-mail of the official."),
    "reason": _l("Write nothing about health here."),
    "correction_reason": _l("Tell what was wrong in the entry, and nothing of the person."),
}  # fmt: skip
BROKEN = {
    "FUTURE": _l("The date is in the future. Give today or an earlier day."),
    "CONSENT": _l("An authority may contact the municipality only with the person's consent (section 9). Give its date, or mark that the person was only directed here."),
    "CONSENT_LATE": _l("The consent must be given before the contact (section 9)."),
    "DIRECTED": _l("Without the person's consent nothing but the directing is recorded (section 9). Empty this field."),
    "DIRECTED_BY_SELF": _l("A client who makes the contact has not been directed by anyone."),
    "BEFORE_RECEIVED": _l("The contact had not been received by then."),
    "CLOSED": _l("The client relationship has ended. Open it again before guidance or assessment (section 9)."),
    "UNCHANGED": _l("Nothing differs from what was recorded of the contact (section 9). Change what was wrong, or leave without saving."),
    "ASSESSMENT_OPEN": _l("An assessment has been started on the strength of this contact (sections 9 and 14). Cancel the assessment before you correct the outcome."),
}  # fmt: skip
# What a role that has the permission may do.
MAY = {"can_handle": _l("record what came of a contact"), "can_correct": _l("correct a handled contact")}
