"""Integration worker: the beginning of a client's path, from the first contact to the completed assessment (§§ 9, 10, 14)."""

from __future__ import annotations

from app.appointments.models import Appointment
from app.assessments.models import Assessment, RestrictedSection
from app.clients.models import Client
from app.consents.models import Consent
from app.contacts.models import InitialContact
from app.guidance.models import GuidanceEntry, GuidanceNeed
from app.training.exercises.exercise import Exercise
from app.training.exercises.steps import Rule, deed, event

WORKERS = ("CASEWORKER", "TEAM_LEAD")
_CLIENTS = "/clients/list/"
# A reason for needing data of health that says something.
_FULL_REASON = 10

EXERCISES = (
    Exercise("X01", WORKERS, "79.2", _CLIENTS, (
        event("SEARCHED", "client:searched"),
        deed("CLIENT_READ", "client:read", Client, Rule("CLIENT_CLOSED", lambda _found, row: row.status != "CLOSED"), key="id"),
    )),
    Exercise("X02", WORKERS, "9.1", "/clients/add", (
        deed("CLIENT_ADDED", "client:added", Client, key="id"),
        deed("CONTACT_ADDED", "initial_contact:added", InitialContact,
             Rule("SENDER_IS_CLIENT", lambda _found, row: row.sender_type != "CLIENT"), Rule("DIRECTED_ONLY", lambda _found, row: not row.directed_only),
             Rule("NO_CONTACT_CONSENT", lambda _found, row: row.consent_on is not None), Rule("NO_CONTACT_NEED", lambda _found, row: row.need is not None)),
    )),
    Exercise("X03", WORKERS, "9.2", f"{_CLIENTS}?f.status=INTAKE", (
        deed("CONTACT_HANDLED", "initial_contact:handled", InitialContact, Rule("NOT_TO_ASSESSMENT", lambda _found, row: row.outcome == "ASSESSMENT")),
    )),
    Exercise("X04", WORKERS, "10.1", f"{_CLIENTS}?f.status=GUIDANCE", (
        deed("CONSENT_ADDED", "consent:added", Consent, Rule("OTHER_CONSENT", lambda _found, row: row.type == "C_GUIDANCE")),
        deed("GUIDANCE_ADDED", "guidance_entry:added", GuidanceEntry,
             Rule("NO_GUIDANCE_NEED", lambda found, row: bool(found.parts(GuidanceNeed, GuidanceNeed.entry_id, row.id)))),
    )),
    Exercise("X05", WORKERS, "14.1", f"{_CLIENTS}?f.status=ASSESSMENT_DUE", (
        deed("ASSESSMENT_ADDED", "assessment:added", Assessment,
             Rule("NOT_HOME_CARE", lambda found, row: found.client(row).employment_status == "HOME_CARE"),
             Rule("GROUND_NOT_A3", lambda _found, row: row.ground == "A3"), Rule("NO_KNOWN_DAY", lambda _found, row: row.known_on is not None)),
    )),
    Exercise("X06", WORKERS, "4, 32 a", f"{_CLIENTS}?f.status=ASSESSMENT_OPEN", (
        deed("APPOINTMENT_ADDED", "appointment:added", Appointment,
             Rule("NEEDS_NO_INTERPRETER", lambda found, row: found.client(row).interpreter_needed), Rule("NO_INTERPRETER", lambda _found, row: row.interpreter_needed),
             Rule("OTHER_PURPOSE", lambda _found, row: row.purpose == "ASSESSMENT"), Rule("CANCELLING_NOT_TOLD", lambda _found, row: row.cancelling_told_on is not None)),
    )),
    Exercise("X07", WORKERS, "14, 16", f"{_CLIENTS}?f.status=ASSESSMENT_OPEN", (
        deed("INTERVIEW_WRITTEN", "assessment:interview_written", Assessment, Rule("WISHES_MISSING", lambda _found, row: bool(row.client_wishes))),
        deed("ASSESSMENT_COMPLETED", "assessment:completed", Assessment, Rule("OUTCOME_NOT_PLAN", lambda _found, row: row.outcome == "PLAN")),
    )),
    Exercise("X08", WORKERS, "73.1", f"{_CLIENTS}?f.status=ASSESSMENT_OPEN", (
        deed("RESTRICTED_ADDED", "restricted_section:added", RestrictedSection,
             Rule("OTHER_RESTRICTED", lambda _found, row: row.section == "ABILITY"),
             Rule("PURPOSE_SHORT", lambda _found, row: len(row.purpose_reason) >= _FULL_REASON)),
    )),
)  # fmt: skip
