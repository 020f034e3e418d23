"""What a wellbeing services county sees of a client, by the profile it was invited with. Nothing is shown by silence.

Basis: 681/2023 §§ 79.2 and 80.1: a right is limited to what its task cannot do without. A profile names tables, and of
each the fields as the views declare them; a table that no profile in force names has no row for the county, and a field
that is not named does not exist for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Fields = tuple[str, ...]

# The invitation itself and the county's own statements; the walls give each county its own only.
_OWN: dict[str, Fields] = {
    "participation": ("client_name", "matter", "organisation_name", "profile", "reason", "may_contribute", "created_at", "inviter", "valid_to",
                      "accepted_at", "accepter", "state", "ended_at", "ended_how", "end_reason"),
    "county_statement": ("matter", "stated_on", "author", "content"),
}  # fmt: skip
# Who the client is, how to speak with them and whom to ask; the invited county sees this before it has accepted.
BEFORE_ACCEPTING: dict[str, Fields] = {
    **_OWN,
    "client": ("name", "search_name", "family_name", "given_names", "call_name", "birth_date", "service_language", "interpreter_needed",
               "interpreter_language", "interpreter_mode", "home_municipality_id", "responsible_worker"),
}  # fmt: skip
_ASSESSMENT: dict[str, Fields] = {
    "assessment": ("status", "started_on", "completed_on", "language", "client_wishes", "outcome"),
    "interview_section": ("section", "summary", "need_level", "source"),
    "language_skill": ("language", "part", "level", "basis", "established_on"),
}
_GOALS: dict[str, Fields] = {
    "goal": ("horizon", "goal_type", "description", "own_words"),
    "planned_service": ("service_type", "organiser", "provider", "justification", "starts_on", "ends_on", "status"),
}
_PLAN_DATES: Fields = ("status", "drawn_up_date", "valid_from", "valid_to", "planned_review_date")
_PLAN: dict[str, Fields] = {
    **_GOALS, "integration_plan": (*_PLAN_DATES, "ordinal", "follow_up", "authors", "agreed_on"), "language_skill": _ASSESSMENT["language_skill"],
}  # fmt: skip
_REVIEW: dict[str, Fields] = {
    **_GOALS, "integration_plan": _PLAN_DATES,
    "plan_review": ("reviewed_on", "planned_on", "initiator", "participation", "progress", "results", "changes", "authors", "next_review_date"),
    "reviewed_goal": ("goal_text", "result"),
    "hindrance": ("hindrance", "description"),
}  # fmt: skip

PROFILES: dict[str, Mapping[str, Fields]] = {
    "ASSESSMENT_PART": {**BEFORE_ACCEPTING, **_ASSESSMENT},
    "PLAN_PART": {**BEFORE_ACCEPTING, **_PLAN},
    "REVIEW_PART": {**BEFORE_ACCEPTING, **_REVIEW},
    "PLAN_AND_REVIEW_PART": {**BEFORE_ACCEPTING, **_REVIEW, **_PLAN},
}
# Of the nine sections of the initial interview, those that services of both are coordinated by (Decree 869/2024 § 2).
INTERVIEW_SECTIONS = ("NEED_OF_PLAN", "LIFE_SITUATION", "OTHER_NEEDS")

# What each matter may be shared with.
PROFILES_FOR = {
    "ASSESSMENT": ("ASSESSMENT_PART",),
    "PLAN": ("PLAN_PART", "PLAN_AND_REVIEW_PART"),
    "REVIEW": ("REVIEW_PART",),
}


def profiles_with(table: str) -> list[str]:
    """Name the profiles that show rows of a table."""
    return [name for name, tables in PROFILES.items() if table in tables]


def fields_in(profiles: Iterable[str], table: str) -> frozenset[str]:
    """Give the fields of a table that any of the profiles shows; those of an invitation need no profile."""
    found = (PROFILES[name].get(table, ()) for name in profiles)
    return frozenset(BEFORE_ACCEPTING.get(table, ())).union(*found)
