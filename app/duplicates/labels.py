"""Labels and sentences of pairs and cases."""

from flask_babel import lazy_gettext as _l

MERGE = {
    "client_name": _l("Record that is kept"), "other_name": _l("The other record"), "status": _l("State"), "reason": _l("Reason"),
    "created_at": _l("Proposed"), "merged_at": _l("Merged"), "undone_at": _l("Undone"),
}  # fmt: skip
CASE = {
    "client_name": _l("Client"), "created_at": _l("Asked"), "answer_due": _l("Answer by"), "state": _l("State"), "answer": _l("Your answer"),
    "reason": _l("Reason"), "keeps": _l("Who keeps the client"), "answered_at": _l("Answered"), "other_answer": _l("Answer of the other organisation"),
    "other_keeps": _l("The other organisation proposes"),
}  # fmt: skip
WHY = {
    "CODE": _l("The same identity code"), "NAME": _l("The same date of birth and name"),
    "SWAPPED": _l("The same date of birth; family name and given name the other way round"),
    "NEAR": _l("The same date of birth and nearly the same name"), "BIRTH_NEAR": _l("The same name and nearly the same date of birth"),
}  # fmt: skip
