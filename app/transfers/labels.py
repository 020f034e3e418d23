"""Labels and sentences of moving a client."""

from flask_babel import lazy_gettext as _l

TRANSFER = {
    "person": _l("Client"), "birth_date": _l("Date of birth"), "way": _l("How it began"), "status": _l("State"), "from_name": _l("Old municipality"), "to_name": _l("New municipality"),
    "clock": _l("Time to answer"), "due_on": _l("Answer due by"), "sent_on": _l("Sent on"), "waits_for_name": _l("Waits for"), "chosen": _l("Data that move"),
    "choice_reason": _l("Reason for sending protected or restricted data"), "consent_on": _l("Client consented on"),
    "consent_language": _l("Language of the consent"), "question": _l("Question"), "answer": _l("Answer to the question"), "refusal": _l("Reason for refusing"),
    "explanation": _l("Explanation"), "moves_on": _l("The client moves on"), "ended_on": _l("Ended on"), "escalated_on": _l("Escalated on"),
    "other_id": _l("The other municipality"), "identity_code": _l("Personal identity code"), "family_name": _l("Family name"), "given_names": _l("Given names"),
    "is_mine": _l("I become the responsible worker"), "transfer_id": _l("Number of the transfer"),
    "RESIDENCE": _l("Residence permits and registrations"), "SKILLS": _l("Skills, education and work"), "FAMILY": _l("Family"), "CONTACTS": _l("Contacts, guidance and consents"), "ASSESSMENTS": _l("Assessments"),
    "PLAN": _l("Integration plans with their reviews"), "TASKS": _l("Open tasks"), "NOTES": _l("Entries"),
    "RESTRICTED": _l("Restricted data: what the county has stated, victim of trafficking"), "PROTECTED": _l("Contact details under a non-disclosure order"),
}  # fmt: skip
BROKEN = {
    "SAME": _l("Choose another municipality than your own."),
    "CONSENT": _l("The client must consent before the other municipality is contacted (681/2023 § 85)."),
    "FUTURE": _l("The date is in the future. Give today or an earlier day."),
    "TWICE": _l("The client has an open transfer already."),
    "HAS_CLIENT": _l("Your municipality has a client with the same identity code already. The two must be joined first."),
    "PLAN_NEEDS_ASSESSMENT": _l("A plan rests on its assessment: choose the assessments too (681/2023 § 16)."),
    "REASON": _l("Protected and restricted data move only for a reason: write it (681/2023 §§ 79, 86)."),
    "PAST": _l("The day has passed already."),
    "NOT_YOURS": _l("The other municipality answers this."),
    "NOT_BEGUN_HERE": _l("Only the municipality that began the transfer can withdraw it."),
    "NO_QUESTION": _l("Nothing has been asked."),
}
CLOCK = {
    "DUE": _l("%(who)s answers by %(day)s, working days left: %(left)d"), "TODAY": _l("%(who)s answers today at the latest"),
    "LATE": _l("%(who)s has not answered, working days late: %(late)d"), "MOVES": _l("Moves on %(day)s"), "ENDED": _l("Ended on %(day)s"),
}  # fmt: skip
