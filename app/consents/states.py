"""The life of a consent."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from statemachine import State

from app.core.states import Life


class ConsentLife(Life):
    """A consent holds until it is withdrawn; a new consent is a new record."""

    codes, view = "CONSENT_STATUS", "ConsentView"
    words = {"withdraw": _l("Record the withdrawal")}

    given = State(value="GIVEN", initial=True)
    withdrawn = State(value="WITHDRAWN", final=True)

    withdraw = given.to(withdrawn)
