"""The one list of event names, with the words a client reads them in and what an event of that name holds.

Grammar: `subject:deed`. The subject is the thing the row is about, in the singular and as the view declares it (`event`);
the deed says in the past what was done with it. A refused deed has the same name with the outcome REFUSED. Every event
holds who, role, organisation, purpose, outcome, moment and request; what it holds beside that is the deed's.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l


class Deed(NamedTuple):
    """What was done, as a sentence without a subject of its own, and what the event holds of it."""

    words: Any
    holds: str


_ROW, _CHANGE = "clients, row, version", "clients, row, version, changed fields"
DEEDS = {
    "accepted": Deed(_l("Accepted the invitation to take part"), _CHANGE),
    "added": Deed(_l("Recorded: %(subject)s"), _CHANGE),
    "admitted": Deed(_l("Recorded a place in the service agreed in the plan"), _CHANGE),
    "agreed": Deed(_l("Agreed: %(subject)s"), _CHANGE),
    "annulled": Deed(_l("Annulled: %(subject)s"), _CHANGE),
    "anchor_restarted": Deed(_l("Began a new anchor of the log"), "nothing"),
    "attended": Deed(_l("Recorded that the client came to an appointment"), _CHANGE),
    "brought_in": Deed(_l("Brought in figures of another register"), "indicator, periods, number of figures"),
    "account_ended": Deed(_l("Ended an account of the training environment"), "row"),
    "change_done": Deed(_l("Did a planned change: %(subject)s"), "row"),
    "change_planned": Deed(_l("Planned a change: %(subject)s"), "row, version"),
    "change_withdrawn": Deed(_l("Took back a planned change: %(subject)s"), "row, version"),
    "cancelled": Deed(_l("Cancelled: %(subject)s"), _CHANGE),
    "cancelled_in_time": Deed(_l("Recorded that the client cancelled an appointment in time"), _CHANGE),
    "certified": Deed(_l("Counted and compared what a move brought"), "row"),
    "changed": Deed(_l("Changed: %(subject)s"), _CHANGE),
    "closed": Deed(_l("Ended the client relationship"), _CHANGE),
    "committed": Deed(_l("Brought the rows of a client into the system"), "clients, row, hits"),
    "compared": Deed(_l("Compared persons: %(subject)s"), "clients on the page"),
    "completed": Deed(_l("Completed: %(subject)s"), _CHANGE),
    "corrected": Deed(_l("Corrected: %(subject)s"), _CHANGE),
    "declined": Deed(_l("Declined the invitation to take part"), _CHANGE),
    "deleted": Deed(_l("Deleted: %(subject)s"), _ROW),
    "discontinued": Deed(_l("Discontinued: %(subject)s"), _CHANGE),
    "blocked": Deed(_l("Gave too many wrong codes of two-step sign-in"), "row"),
    "answered": Deed(_l("Answered: %(subject)s"), _CHANGE),
    "codes_made": Deed(_l("Made new recovery codes of two-step sign-in"), "row"),
    "decided": Deed(_l("Decided: %(subject)s"), "row, version"),
    "ended": Deed(_l("Ended: %(subject)s"), _CHANGE),
    "ended_elsewhere": Deed(_l("Ended own sessions on other devices"), "row"),
    "examined": Deed(_l("Examined: %(subject)s"), "row, version"),
    "excused": Deed(_l("Recorded an acceptable reason for not coming"), _CHANGE),
    "explained": Deed(_l("Explained an own event of the log"), "row, version"),
    "explanation_asked": Deed(_l("Asked for an explanation: %(subject)s"), "row, version"),
    "exported": Deed(_l("Took out as a file: %(subject)s"), "clients in the file, criteria, their number; of figures what, of where, when and for which purpose"),
    "fee_proposed": Deed(_l("Proposed a fee for not coming to an appointment"), _CHANGE),
    "fee_waived": Deed(_l("Proposed no fee for not coming to an appointment"), _CHANGE),
    "emptied": Deed(_l("Emptied and loaded anew: %(subject)s"), "row"),
    "aged": Deed(_l("Moved the invented records to the day"), "hits"),
    "enrolled": Deed(_l("Took two-step sign-in into use"), "row"),
    "extended": Deed(_l("Extended: %(subject)s"), _CHANGE),
    "released": Deed(_l("Let the data be deleted in time"), _CHANGE),
    "renewed": Deed(_l("Took into use again: %(subject)s"), "row"),
    "given": Deed(_l("Gave a client to another worker"), _CHANGE),
    "handled": Deed(_l("Handled: %(subject)s"), _CHANGE),
    "handed_over": Deed(_l("Gave out as a document: %(subject)s"), "client"),
    "held": Deed(_l("Kept the data longer than four years"), _CHANGE),
    "identity_code_read": Deed(_l("Saw the whole identity code"), _ROW),
    "interview_written": Deed(_l("Wrote the initial interview"), _CHANGE),
    "interrupted": Deed(_l("Interrupted: %(subject)s"), _CHANGE),
    "invited": Deed(_l("Invited the wellbeing services county to take part"), _CHANGE),
    "confirmed": Deed(_l("Let a move go on without the rows that stop"), "row, version, changed fields"),
    "finding_assigned": Deed(_l("Gave a finding of a move to a colleague"), "row, changed fields"),
    "finding_closed": Deed(_l("Said why a finding of a move is no error"), "row, changed fields"),
    "finding_reopened": Deed(_l("Opened a finding of a move again"), "row, changed fields"),
    "returned": Deed(_l("Took out a file of a move with its findings marked"), "row"),
    "leave_asked": Deed(_l("Asked for leave to undo a signed move"), "row, version"),
    "leave_given": Deed(_l("Gave leave to undo a signed move"), "row, version"),
    "left_undone": Deed(_l("Left the assessment of a child undone"), _CHANGE),
    "issued": Deed(_l("Made: %(subject)s"), "row"),
    "joined": Deed(_l("Joined two records of the same person"), _ROW),
    "judged_different": Deed(_l("Judged two records to be of different persons"), _ROW),
    "lapsed": Deed(_l("Recorded that a service agreed in the plan did not start"), _CHANGE),
    "kela_told": Deed(_l("Recorded that the Social Insurance Institution was told: %(subject)s"), _CHANGE),
    "limited_to_studies": Deed(_l("Limited to the support for studies: %(subject)s"), _CHANGE),
    "listed": Deed(_l("Saw in a list: %(subject)s"), "clients on the page, criteria, hits"),
    "missed": Deed(_l("Recorded that the client did not come to an appointment"), _CHANGE),
    "opened": Deed(_l("Opened a form: %(subject)s"), _ROW),
    "own_read": Deed(_l("Opened requests for an explanation of own events"), "row, version"),
    "parted": Deed(_l("Parted two records that were joined"), _ROW),
    "paused": Deed(_l("Interrupted: %(subject)s"), _CHANGE),
    "printed": Deed(_l("Opened on paper: %(subject)s"), _ROW),
    "proposed": Deed(_l("Proposed that two records are of the same person"), _ROW),
    "protected_opened": Deed(_l("Opened the protected contact details"), f"{_ROW}, reason"),
    "protected_read": Deed(_l("Saw the protected contact details"), _ROW),
    "queued": Deed(_l("Recorded that the client waits for a service agreed in the plan"), _CHANGE),
    "read": Deed(_l("Opened: %(subject)s"), _ROW),
    "merged": Deed(_l("Moved the clients of a municipality that ended to the one that continues it"), "clients, row"),
    "move_accepted": Deed(_l("Accepted a transfer"), _CHANGE),
    "move_answered": Deed(_l("Answered a question about a transfer"), _CHANGE),
    "move_asked": Deed(_l("Asked about a transfer"), _CHANGE),
    "move_delivered": Deed(_l("Delivered a transfer to the other municipality"), _ROW),
    "move_escalated": Deed(_l("Escalated a transfer that was not answered in time"), "row, version"),
    "move_offered": Deed(_l("Offered the client to another municipality"), _CHANGE),
    "move_refused": Deed(_l("Refused a transfer"), _CHANGE),
    "move_wanted": Deed(_l("Asked another municipality for a client"), "row, version"),
    "move_withdrawn": Deed(_l("Withdrew a transfer"), _CHANGE),
    "moved": Deed(_l("Moved the client to another municipality"), _ROW),
    "password_changed": Deed(_l("Changed the password of an account"), "row"),
    "persons_read": Deed(_l("Saw in a list the clients behind a figure of a report"), "clients on the page, indicator, period, breakdown and value, hits"),
    "recovery_code_used": Deed(_l("Signed in with a recovery code"), "row"),
    "referred": Deed(_l("Referred the client to a service agreed in the plan"), _CHANGE),
    "reported": Deed(_l("Reported to the municipality: %(subject)s"), "row, version"),
    "reset": Deed(_l("Reset two-step sign-in"), "row"),
    "restricted_read": Deed(_l("Opened restricted data: %(subject)s"), _ROW),
    "resumed": Deed(_l("Resumed: %(subject)s"), _CHANGE),
    "review_planned": Deed(_l("Set the day of the next review"), _CHANGE),
    "role_changed": Deed(_l("Changed the role of a right"), "row, changed fields"),
    "searched": Deed(_l("Found by searching: %(subject)s"), "clients on the page, criteria, hits"),
    "signed": Deed(_l("Signed the certificate of a move"), "row"),
    "sought": Deed(_l("Asked other organisations whether they serve the same person"), "client"),
    "started": Deed(_l("Started: %(subject)s"), _CHANGE),
    "reopened": Deed(_l("Opened the client relationship again"), _CHANGE),
    "superseded": Deed(_l("Replaced by a new one: %(subject)s"), _CHANGE),
    "tested": Deed(_l("Tested the connection: %(subject)s"), "row"),
    "taken": Deed(_l("Took as own client"), _CHANGE),
    "undone": Deed(_l("Took back what was brought of a client"), "clients, row, hits"),
    "withdrawn": Deed(_l("Recorded the withdrawal: %(subject)s"), _CHANGE),
}  # fmt: skip
_RIGHT = "row"
# Deeds of the life of a right, which are the same words for whatever is applied for.
RIGHT_DEEDS = {
    "invited": Deed(_l("Invited to apply for a right"), "nothing"),
    "applied": Deed(_l("Applied for a right"), _RIGHT), "withdrawn": Deed(_l("Took back an application for a right"), _RIGHT),
    "refused": Deed(_l("Refused an application for a right"), _RIGHT), "granted": Deed(_l("Granted a right"), _RIGHT),
    "opened": Deed(_l("Opened a right"), _RIGHT), "shortened": Deed(_l("Shortened a right"), _RIGHT), "ended": Deed(_l("Ended a right"), _RIGHT),
    "confirmed": Deed(_l("Confirmed the need of a right"), _RIGHT), "confirmation_asked": Deed(_l("Asked to confirm the need of a right"), _RIGHT),
    "reminded_4_weeks": Deed(_l("Reminded of a right that ends"), _RIGHT), "reminded_1_week": Deed(_l("Reminded of a right that ends"), _RIGHT),
    "flagged_unused": Deed(_l("Found a right unused"), _RIGHT), "renewed": Deed(_l("Renewed access to the training environment"), _RIGHT),
}  # fmt: skip

_KEPT = ("added", "changed", "deleted", "listed", "opened", "read")
# Subject → its words and the deeds that are done to it.
SUBJECTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "access_grant": (_l("access right"), ("listed", "read", "role_changed", "granted", "opened", "shortened", "ended", "confirmed", "confirmation_asked",
                                          "reminded_4_weeks", "reminded_1_week", "flagged_unused", "renewed")),
    "add_on": (_l("add-on of the municipality"), ("added", "changed", "decided", "ended", "listed", "opened", "read")),
    "announcement": (_l("announcement"), _KEPT),
    "api_token": (_l("token of an add-on"), ("ended", "issued", "listed", "read")),
    "appointment": (_l("appointment"), (*_KEPT, "attended", "cancelled_in_time", "excused", "fee_proposed", "fee_waived", "missed")),
    "assessment": (_l("assessment of competence and service needs"), (*_KEPT, "cancelled", "completed", "exported", "interview_written", "left_undone")),
    "assessment_ground": (_l("ground of the assessment"), _KEPT),
    "clarifying_measure": (_l("clarifying measure of the assessment"), _KEPT),
    "child_hearing": (_l("the child's view"), _KEPT),
    "client": (_l("the client's data"), ("added", "changed", "closed", "exported", "identity_code_read", "listed", "opened", "protected_opened", "protected_read", "read", "reopened", "restricted_read", "searched", "taken", "given", "deleted", "held", "released")),
    "client_merge": (_l("two records of the same person"), ("joined", "judged_different", "listed", "opened", "parted", "proposed", "read")),
    "code_value": (_l("value of a code list"), ("added", "changed", "ended", "listed", "read", "renewed")),
    "consent": (_l("consent of the client"), ("added", "changed", "listed", "opened", "read", "withdrawn")),
    "county_statement": (_l("statement of the wellbeing services county"), ("added", "listed", "read", "restricted_read")),
    "directory": (_l("directory of the organisation"), (*_KEPT, "tested")),
    "directory_group": (_l("group in the directory"), _KEPT),
    "duplicate_case": (_l("question whether another organisation serves the same person"), ("answered", "listed", "opened", "read", "sought")),
    "education_record": (_l("education"), _KEPT),
    "explanation": (_l("who may see the data"), ("read",)),
    "family_link": (_l("family"), _KEPT),
    "finding": (_l("finding of the log"), ("decided", "examined", "explained", "explanation_asked", "listed", "own_read", "read", "reported")),
    "absence": (_l("absence of a worker"), _KEPT),
    "queue_calendar": (_l("calendar of due days"), ("changed", "deleted")),
    "function_switch": (_l("taking a function into use"), _KEPT),
    "goal": (_l("goal of the integration plan"), _KEPT),
    "guidance_entry": (_l("guidance entry"), _KEPT),
    "guidance_need": (_l("need found in guidance"), _KEPT),
    "hindrance": (_l("hindrance told of in the review"), _KEPT),
    "import": (_l("move of a municipality's data"), (
        *_KEPT, "certified", "committed", "compared", "confirmed", "decided", "finding_assigned", "finding_closed", "finding_reopened", "leave_asked", "leave_given", "returned", "signed",
        "undone",
    )),
    "import_undo": (_l("request to undo a move"), ("listed",)),
    "initial_contact": (_l("contact about the client"), (*_KEPT, "corrected", "handled")),
    "language_skill": (_l("language skill"), _KEPT),
    "language_test": (_l("result of a language test"), _KEPT),
    "local_role": (_l("role of the organisation's own"), _KEPT),
    "log": (_l("who has handled the data"), ("anchor_restarted", "examined", "handed_over", "listed", "read")),
    "log_rule": (_l("rule for the log"), ("added", "changed", "listed", "opened", "read")),
    "my_settings": (_l("own settings"), ("changed",)),
    "news_entry": (_l("entry of what is new"), _KEPT),
    "note": (_l("entry"), _KEPT),
    "obligation": (_l("time limit of the law"), ("changed", "listed", "read")),
    "local_number": (_l("local time limit"), _KEPT),
    "organisation": (_l("organisation"), ("added", "change_done", "change_planned", "change_withdrawn", "listed", "merged", "read", "searched")),
    "organisation_practice": (_l("decisions of the municipality"), ("added", "changed", "listed", "opened", "read")),
    "organisation_settings": (_l("settings of the organisation"), ("listed", "read")),
    "organisation_use": (_l("use of the service"), ("exported", "listed", "searched")),
    "participation": (_l("part of the wellbeing services county"), ("accepted", "declined", "ended", "invited", "listed", "opened", "read")),
    "plan": (_l("integration plan"), (*_KEPT, "agreed", "annulled", "corrected", "ended", "exported", "extended", "interrupted", "kela_told", "limited_to_studies", "printed",
                                      "resumed", "review_planned", "started", "superseded")),
    "plan_review": (_l("review of the integration plan"), _KEPT),
    "plan_version": (_l("version of the integration plan"), ("listed", "printed", "read")),
    "planned_service": (_l("service in the integration plan"), (
        *_KEPT, "admitted", "cancelled", "completed", "discontinued", "lapsed", "paused", "queued", "referred", "resumed", "started",
    )),
    "reminder": (_l("reminder"), _KEPT),
    "report": (_l("figures of a report"), ("exported", "persons_read")),
    "report_series": (_l("figures of another register"), ("brought_in", "withdrawn")),
    "report_subscription": (_l("subscription to a report"), _KEPT),
    "representative": (_l("representative of a child without a guardian"), _KEPT),
    "residence_basis": (_l("residence permit or registration"), _KEPT),
    "responsibility_period": (_l("who is responsible"), ("changed", "listed", "read")),
    "restricted_section": (_l("restricted section of the assessment"), ("added", "changed", "deleted", "listed", "opened", "read", "restricted_read")),
    "reviewed_goal": (_l("goal in the review"), ("changed", "listed", "opened", "read")),
    "right_application": (_l("application for a right"), ("applied", "invited", "listed", "read", "refused", "withdrawn")),
    "rollout": (_l("picture of the rollout"), ("exported",)),
    "rollout_contact": (_l("contact person of the rollout"), _KEPT),
    "rollout_obstacle": (_l("obstacle to the rollout"), _KEPT),
    "rollout_step": (_l("stage of the rollout"), ("changed", "listed", "opened", "read")),
    "second_factor": (_l("two-step sign-in"), ("blocked", "codes_made", "enrolled", "recovery_code_used", "reset")),
    "service_hours": (_l("hours of a service"), _KEPT),
    "service_interruption": (_l("interruption of a service"), ("added", "changed", "listed", "opened", "read")),
    "service_participation": (_l("participation in a service"), ("added", "changed", "listed", "opened", "read")),
    "status_period": (_l("employment status"), _KEPT),
    "training_place": (_l("training place"), ("added", "emptied", "aged")),
    "transfer": (_l("transfer to another municipality"), ("listed", "opened", "read", "move_accepted", "move_answered", "move_asked", "move_delivered", "move_escalated",
                                                          "move_offered", "move_refused", "move_wanted", "move_withdrawn", "moved")),
    "transfer_escalation": (_l("unanswered transfer"), ("listed",)),
    "user_account": (_l("account"), ("account_ended", "password_changed")),
    "user_session": (_l("session"), ("ended_elsewhere",)),
    "work_record": (_l("work history"), _KEPT),
}  # fmt: skip


def deed_of(name: str) -> Deed:
    """Give the deed of a name. Raises KeyError for a name that is not in the list."""
    subject, deed = name.split(":")
    if deed not in SUBJECTS[subject][1]:
        raise KeyError(name)
    return RIGHT_DEEDS[deed] if subject in ("access_grant", "right_application") and deed in RIGHT_DEEDS else DEEDS[deed]


def words(name: str) -> str:
    """Say in the reader's language what was done.

    A name that this release does not know (written by an older or a newer one; the log outlives both) gets a general
    sentence: a log that cannot be read because of one line of it would be no log.
    """
    try:
        deed = deed_of(name)
    except (KeyError, ValueError):
        return _("Handled data in another way")
    text = str(deed.words)
    return text % {"subject": SUBJECTS[name.split(":")[0]][0]} if "%(subject)s" in text else text


EVENTS = tuple(sorted(f"{subject}:{deed}" for subject, (_words, deeds) in SUBJECTS.items() for deed in deeds))
