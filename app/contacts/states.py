"""The life of a contact, from its receipt to what came of it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from statemachine import State

from app.core.states import Life


class ContactLife(Life):
    """A contact is written freely until it is handled; what was handled is corrected with a reason."""

    codes, view = "CONTACT_STATUS", "InitialContactView"
    words = {"handle": _l("Record what came of the contact"), "correct": _l("Correct the contact")}

    received = State(value="RECEIVED", initial=True)
    handled = State(value="HANDLED")

    handle = received.to(handled)
    correct = handled.to.itself()
