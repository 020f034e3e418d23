"""Role administrator and examiner of the log: rights, an own role, and a finding (§§ 79–81)."""

from __future__ import annotations

from datetime import timedelta

from app.examinations.models import LogFinding, LogRule
from app.rights.models import RightApplication
from app.rights.rules import BASES
from app.training.exercises.exercise import Exercise
from app.training.exercises.steps import Rule, deed
from app.users.models import AccessGrant, LocalRole

_ADMIN, _EXAMINER = ("ACCESS_ADMIN",), ("LOG_AUDITOR",)
_YEAR, _MONTH = timedelta(days=366), timedelta(days=31)
# Reasons that tell the applicant something.
_FULL_REASON = 20

EXERCISES = (
    Exercise("X20", _ADMIN, "79.2, 80", "/right-applications/list/?f.state=SENT", (
        deed("GRANTED", "access_grant:granted", AccessGrant, Rule("BASIS_UNFIT", lambda _found, row: row.basis in BASES.get(row.role, ())),
             Rule("PERIOD_LONG", lambda _found, row: row.valid_to is not None and row.valid_to - row.valid_from <= _YEAR), key="id"),
    )),
    Exercise("X21", _ADMIN, "79.2", "/right-applications/list/?f.state=SENT", (
        deed("REFUSED", "right_application:refused", RightApplication,
             Rule("REASON_SHORT", lambda _found, row: len(row.decision_reason or "") >= _FULL_REASON), key="id"),
    )),
    Exercise("X22", _ADMIN, "81", "/user-rights/list/", (
        deed("RIGHT_ENDED", "access_grant:ended", AccessGrant, Rule("END_NOT_LEFT", lambda _found, row: row.end_reason == "LEFT"), key="id"),
    )),
    Exercise("X23", _ADMIN, "81", "/user-rights/list/", (
        deed("SHORTENED", "access_grant:shortened", AccessGrant,
             Rule("ENDS_TOO_LATE", lambda found, row: row.valid_to is not None and row.valid_to <= found.today + _MONTH), key="id"),
    )),
    Exercise("X24", _ADMIN, "79.2", "/local-roles/choose", (
        deed("OWN_ROLE_ADDED", "local_role:added", LocalRole, Rule("OTHER_BASE", lambda _found, row: row.base == "TEAM_LEAD"),
             Rule("STILL_EXPORTS", lambda _found, row: "can_export ClientView" in row.withheld.splitlines()),
             Rule("NO_ROLE_REASON", lambda _found, row: bool(row.reason)), key="id"),
        deed("OWN_ROLE_GIVEN", "access_grant:role_changed", AccessGrant, key="local_role_id"),
    )),
    Exercise("X25", _EXAMINER, "79.3", "/log-findings/list/", (
        deed("FINDING_TAKEN", "finding:examined", LogFinding, key="id"),
        deed("EXPLANATION_ASKED", "finding:explanation_asked", LogFinding, key="id"),
        deed("FINDING_DECIDED", "finding:decided", LogFinding, Rule("READER_NOT_ASKED", lambda _found, row: row.asked_at is not None), key="id"),
    )),
    Exercise("X26", _EXAMINER, "79.1, 79.3", "/log-rules/list/", (
        deed("SAMPLE_ADDED", "log_rule:added", LogRule, Rule("NO_SAMPLE", lambda _found, row: row.kind in ("SAMPLE_EVENTS", "SAMPLE_READERS")),
             Rule("RULE_ASLEEP", lambda _found, row: row.is_active), key="id"),
    )),
)  # fmt: skip
