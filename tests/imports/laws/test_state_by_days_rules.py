"""The stage of a client by the states of what was brought, without an application."""

from __future__ import annotations

from typing import Any

import pytest

from app.imports.laws.standing import Needs, Only, disagreements, stage_of


@pytest.mark.parametrize(
    ("values", "stage"),
    [
        ({}, "INTAKE"), ({"outcomes": ["GUIDANCE"]}, "GUIDANCE"), ({"outcomes": ["ADVICE", None]}, "INTAKE"), ({"is_guided": True}, "GUIDANCE"),
        ({"outcomes": ["ASSESSMENT"], "is_guided": True}, "ASSESSMENT_DUE"), ({"assessments": [("CANCELLED", "CANCELLED")]}, "ASSESSMENT_DUE"),
        ({"assessments": [("CLARIFYING", None), ("COMPLETED", "PLAN")], "plans": ["ENDED"]}, "ASSESSMENT_OPEN"),
        ({"assessments": [("COMPLETED", "PLAN")]}, "PLAN_DRAFTING"), ({"assessments": [("COMPLETED", "NO_NEED")], "outcomes": ["ASSESSMENT"]}, "GUIDANCE"),
        ({"assessments": [("COMPLETED", "PLAN")], "plans": ["AGREED"]}, "PLAN_DRAFTING"), ({"plans": ["DRAFT"]}, "PLAN_DRAFTING"), ({"plans": ["ANNULLED"]}, "INTAKE"),
        ({"assessments": [("COMPLETED", "PLAN")], "plans": ["ENDED"]}, "PLAN_ENDED"), ({"plans": ["SUPERSEDED", "AGREED"]}, "PLAN_ENDED"),
        ({"assessments": [("PLANNED", None)], "plans": ["SUPERSEDED", "IN_FORCE"]}, "PLAN_ACTIVE"), ({"plans": ["EXTENDED"]}, "PLAN_ACTIVE"),
        ({"plans": ["INTERRUPTED"]}, "PLAN_INTERRUPTED"), ({"plans": ["ENDED", "STUDIES_ONLY"]}, "VALID_FOR_STUDIES_ONLY"),
    ],
)  # fmt: skip
def test_the_stage_follows_from_what_was_brought(values: dict[str, Any], stage: str) -> None:
    assert stage_of(**{"plans": [], "assessments": [], "outcomes": [], "is_guided": False, **values}) == stage


def test_a_state_needs_fields_and_forbids_others() -> None:
    agreed = (Needs("a", ("X", "Y")), Needs("b", ("X",), stops=False), Only("c", ("Y",)))
    assert disagreements(agreed, "X", {"c"}) == [("a", "STATE_NEEDS", True), ("b", "STATE_NEEDS", False), ("c", "STATE_ONLY", True)]
    assert disagreements(agreed, "Y", {"a", "c"}) == [] and disagreements(agreed, "Z", set()) == []
