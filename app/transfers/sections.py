"""What of a client can move, by section: which tables each holds. Every table of a client stands in one of them.

Rows of a section that is not chosen stay with the old municipality, in an archive of its own (docs/adr/0025).
"""

from __future__ import annotations

from collections.abc import Iterable

# Who the client is moves always: without it there is nobody to move.
ALWAYS = "BASICS"
# Section → tables, those that others point at first.
TABLES: dict[str, tuple[str, ...]] = {
    "BASICS": ("client", "status_period", "responsibility_period", "client_obligation"),
    "RESIDENCE": ("residence_basis",),
    "SKILLS": ("language_skill", "education_record", "work_record"),
    "FAMILY": ("family_link", "child_hearing", "representative"),
    "CONTACTS": ("consent", "initial_contact", "guidance_entry", "guidance_need"),
    "ASSESSMENTS": ("assessment", "interview_section", "assessment_ground", "clarifying_measure"),
    "PLAN": ("integration_plan", "goal", "planned_service", "plan_review", "reviewed_goal", "hindrance", "plan_version", "plan_interruption", "plan_extension",
             "service_participation", "service_hours", "service_interruption", "language_test_result"),
    "TASKS": ("client_reminder", "appointment"),
    "NOTES": ("note",),
    # What the county said in a matter of the old municipality, health and ability in an assessment, and that the client is a victim of trafficking.
    "RESTRICTED": ("participation", "county_statement", "restricted_section"),
    # Contacts and address under a non-disclosure order: columns of the client, no table.
    "PROTECTED": (),
}
# What the old municipality asked and settled about its own records and another's never moves.
STAYS = ("client_merge", "duplicate_case")
# Versions of rows go where their rows go.
VERSIONS = "row_version"
# Chosen unless the sender takes them off; entries are the old municipality's own words.
CHOSEN_AT_FIRST = ("RESIDENCE", "SKILLS", "FAMILY", "CONTACTS", "ASSESSMENTS", "PLAN", "TASKS")
# Chosen only with a reason.
WITH_REASON = ("RESTRICTED", "PROTECTED")


def sections_of(text: str) -> tuple[str, ...]:
    """Give the sections of a stored choice."""
    return tuple(text.split())


def stored(sections: Iterable[str]) -> str:
    """Give a choice as it is stored: in the order of the table, what always moves first."""
    chosen = {ALWAYS, *sections}
    return " ".join(name for name in TABLES if name in chosen)


def tables_that_stay(sections: Iterable[str]) -> list[str]:
    """Name the tables whose rows stay with the old municipality."""
    chosen = {ALWAYS, *sections}
    return [*(table for name, tables in TABLES.items() if name not in chosen for table in tables), *STAYS]


def tables_that_move(sections: Iterable[str]) -> list[str]:
    """Name the tables whose rows move, but for the client itself."""
    stay = {"client", *tables_that_stay(sections)}
    return [table for tables in TABLES.values() for table in tables if table not in stay]
