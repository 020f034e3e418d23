"""Labels and sentences of obligations and of local numbers."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from app.core.letters import with_large_letter
from app.deadlines.numbers import number
from app.deadlines.texts import catalogue

OBLIGATION = {
    "client_name": _l("Client"),
    "due_on": _l("Last day"), "what": _l("Time limit"), "standing": _l("State"), "kind": _l("Kind of limit"), "law": _l("Section of the act"),
    "owner": _l("Who is responsible"), "start": _l("Counted from"), "start_on": _l("Day of the event"), "why": _l("Why this day"),
    "state": _l("State"), "warn_on": _l("First warning"),
}  # fmt: skip
LOCAL_NUMBER = {"setting": _l("Time limit"), "amount": _l("Number of days"), "valid_from": _l("Holds from")}
LOCAL_NUMBER_HELP = {
    "amount": _l("Handling of the contact counts working days, the others all days."),
    "valid_from": _l("The number holds for what happens on this day and later. Today or a later day."),
}
BROKEN = {
    "BOUNDS": _l("The law says “without delay”: give a number from %(least)d to %(most)d."),
    "PAST": _l("Give today or a later day: the time limits of what has happened are not changed afterwards."),
    "TWICE": _l("There is a number for this time limit from this day already."),
}
# Rule → the tab of a client where what it asks is done, and the words that lead there.
DONE_AT = {
    "R01": ("contacts", _l("To the contacts")), "R02": ("assessment", _l("To the assessments")), "R03": ("assessment", _l("To the assessments")),
    "R04": ("plan", _l("To the plans")), "R05": ("plan", _l("To the plans")),
}  # fmt: skip


def what_of(rule: str, start_on: date, language: str) -> str:
    """Say what a rule asks for; the rules speak Finnish and Swedish."""
    row = number(rule, start_on)
    text = row.what_sv if language == "sv" else row.what_fi
    return with_large_letter(text)


def event_words(name: str, language: str) -> str:
    """Say what happened that a limit is counted from."""
    text = catalogue()["events"][name]["sv" if language == "sv" else "fi"]
    return with_large_letter(text)
