"""The life of a service agreed in a plan: from the referral to its end."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from statemachine import State

from app.core.states import Life


class ServiceLife(Life):
    """A service stays planned while its plan is a draft; then it changes by deeds only."""

    codes, view = "SERVICE_STATUS", "PlannedServiceView"
    words = {
        "refer": _l("Refer to the service"), "queue": _l("Record as queued"), "accept": _l("Record as accepted"), "start": _l("Record the start"),
        "pause": _l("Record an interruption"), "resume": _l("Record that the service goes on"), "complete": _l("Complete the service"),
        "discontinue": _l("Discontinue the service"), "lapse": _l("Record that the service did not start"), "cancel": _l("Cancel the service"),
    }  # fmt: skip

    planned = State(value="PLANNED", initial=True)
    referred = State(value="REFERRED")
    queued = State(value="QUEUED")
    accepted = State(value="ACCEPTED")
    started = State(value="STARTED")
    paused = State(value="PAUSED")
    completed = State(value="COMPLETED", final=True)
    discontinued = State(value="DISCONTINUED", final=True)
    not_started = State(value="NOT_STARTED", final=True)
    cancelled = State(value="CANCELLED", final=True)

    refer = planned.to(referred)
    queue = referred.to(queued)
    accept = accepted.from_(referred, queued)
    start = started.from_(referred, queued, accepted)
    pause = started.to(paused)
    resume = paused.to(started)
    complete = started.to(completed)
    discontinue = discontinued.from_(started, paused)
    lapse = not_started.from_(referred, queued, accepted)
    cancel = cancelled.from_(planned, referred, queued, accepted)
