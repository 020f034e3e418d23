"""Words of the pages of a move."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

STEPS: dict[str, Any] = {"rehearse": _l("Rehearse"), "findings": _l("Findings"), "matches": _l("Same persons"), "commit": _l("Move in"), "certificate": _l("Certificate"), "undo": _l("Undo")}
WORKS: dict[str, Any] = {"rehearse": _l("Rehearsal"), "commit": _l("Moving in"), "undo": _l("Undoing")}
# Outcome → the heading of its column.
OUTCOMES: dict[str, Any] = {
    "CREATED": _l("New"), "UPDATED": _l("Updated"), "JOINED": _l("Joined to what is here"), "UNCHANGED": _l("Unchanged"),
    "SKIPPED": _l("Left out"), "STOPPED": _l("Stopped"), "FAILED": _l("Failed"), "WAITING": _l("Not gone through yet"),
}  # fmt: skip
UNDONE: dict[str, Any] = {"REVERSED": _l("Taken back"), "KEPT": _l("Kept, because edited since"), "FAILED": _l("Failed"), "WAITING": _l("Not gone through yet")}
# State of a job and what was asked of it → what is told.
JOB: dict[tuple[str, str], Any] = {
    ("QUEUED", "RUN"): _l("Waits for its turn."),
    ("RUNNING", "RUN"): _l("Is under way. You can leave the page; the work goes on."),
    ("RUNNING", "PAUSE"): _l("Pauses after the step in hand."),
    ("RUNNING", "CANCEL"): _l("Ends after the step in hand."),
    ("PAUSED", "RUN"): _l("Is paused. What has been done is kept, and the work goes on from there."),
    ("CANCELLED", "RUN"): _l("Was ended before it was finished. It can be begun again and goes on from there."),
    ("DONE", "RUN"): _l("Is finished."),
}  # fmt: skip
LOST = _l("Was interrupted. Nothing was lost: it goes on by itself from where it was.")
SILENT = _l("Nothing has been heard of the work for a while. If it was interrupted, it goes on by itself from where it was.")
AGAIN = _l("A step did not succeed. It is tried again by itself.")
# Code of what ended a job → the sentence; any other one has a general sentence.
FAILED: dict[str, Any] = {
    "RIGHT_ENDED": _l("Stopped: the right of the person who began it has ended. Somebody else can begin it again, and it goes on from there."),
    "DATABASE": _l("Stopped: the database did not answer. Begin again later, and it goes on from there."),
    "WORKER_LOST": _l("Stopped: it was interrupted several times at the same place. Tell the operator of the service."),
}  # fmt: skip
FAILED_OTHERWISE = _l("Stopped: a step did not succeed. Tell the operator of the service; what was done before it is kept.")
