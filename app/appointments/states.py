"""The life of an appointment, from the booking to what is proposed when the client did not come."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from statemachine import State

from app.core.states import Life


class AppointmentLife(Life):
    """A booking is edited freely until the client came or did not. A fee is proposed here and decided elsewhere."""

    codes, view = "APPOINTMENT_STATUS", "AppointmentView"
    words = {
        "attend": _l("The client came"), "cancel": _l("The client cancelled in time"), "miss": _l("The client did not come"),
        "excuse": _l("The client had an acceptable reason"), "propose": _l("Propose a fee"), "waive": _l("Propose no fee"),
    }  # fmt: skip

    booked = State(value="BOOKED", initial=True)
    attended = State(value="ATTENDED", final=True)
    cancelled_in_time = State(value="CANCELLED_IN_TIME", final=True)
    excused = State(value="EXCUSED", final=True)
    no_show = State(value="NO_SHOW")
    fee_proposed = State(value="FEE_PROPOSED")
    fee_waived = State(value="FEE_WAIVED", final=True)

    attend = booked.to(attended)
    cancel = booked.to(cancelled_in_time)
    miss = booked.to(no_show)
    # A reason may be told afterwards, also when a fee has been proposed.
    excuse = excused.from_(booked, no_show, fee_proposed)
    propose = no_show.to(fee_proposed)
    waive = fee_waived.from_(no_show, fee_proposed)
