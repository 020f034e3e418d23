"""Rules of contacts, consents and guidance, on, before and after each limit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.clients.states import ClientLife
from app.codes.lists import values
from app.consents.rules import broken_consent_rules, broken_withdrawal_rules
from app.consents.texts import text_on, texts
from app.contacts.rules import LEADS_TO, ContactFacts, broken_contact_rules, broken_correction_rules, broken_handling_rules
from app.guidance.rules import broken_guidance_rules, broken_need_rules, rests_on_law

EVE, DAY, NEXT = date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 3)
GOOD: dict[str, Any] = {"received_on": DAY, "today": DAY, "sender_type": "KELA", "directed_only": False, "consent_on": DAY, "first_permit_on": DAY, "told": ["reason"]}


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        pytest.param({}, [], id="9.1-same-day"), pytest.param({"consent_on": EVE}, [], id="9.1-before"),
        pytest.param({"consent_on": NEXT}, [("consent_on", "CONSENT_LATE")], id="9.1-after"), pytest.param({"consent_on": None}, [("consent_on", "CONSENT")], id="9.1-none"),
        pytest.param({"consent_on": None, "sender_type": "CLIENT"}, [], id="9.1-comes-alone"),
        pytest.param({"consent_on": NEXT, "sender_type": "CLIENT"}, [("consent_on", "CONSENT_LATE")], id="9.1-comes-alone-after"),
        pytest.param({"directed_only": True, "consent_on": None, "told": []}, [], id="9.1-directed"),
        pytest.param({"directed_only": True, "told": ["need", "reason"]}, [("need", "DIRECTED"), ("reason", "DIRECTED")], id="9.1-directed-and-told"),
        pytest.param({"directed_only": True, "sender_type": "CLIENT", "told": []}, [("directed_only", "DIRECTED_BY_SELF")], id="9.1-directed-by-self"),
        pytest.param({"today": EVE}, [("received_on", "FUTURE"), ("first_permit_on", "FUTURE")], id="future"), pytest.param({"first_permit_on": None}, [], id="permit-not-known"),
    ],
)  # fmt: skip
def test_a_contact(change: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    assert broken_contact_rules(ContactFacts(**{**GOOD, **change})) == broken


@pytest.mark.parametrize(
    ("day", "outcome", "is_closed", "broken"),
    [
        (DAY, "GUIDANCE", False, []), (EVE, "GUIDANCE", False, [("handled_on", "BEFORE_RECEIVED")]), (NEXT, "GUIDANCE", False, [("handled_on", "FUTURE")]),
        (DAY, "GUIDANCE", True, [(None, "CLOSED")]), (DAY, "ASSESSMENT", True, [(None, "CLOSED")]), (DAY, "DECLINED", True, []),
    ],
)  # fmt: skip
def test_its_handling(day: date, outcome: str, is_closed: bool, broken: list[tuple[str | None, str]]) -> None:
    assert broken_handling_rules(handled_on=day, received_on=DAY, today=DAY, outcome=outcome, is_closed=is_closed) == broken


def test_outcomes_lead_to_deeds_of_the_client_path() -> None:
    assert set(LEADS_TO) < {value.code for value in values("CONTACT_OUTCOME")} and set(LEADS_TO.values()) <= set(ClientLife.deeds())


@pytest.mark.parametrize(("given", "has_text", "broken"), [(DAY, True, []), (NEXT, True, [("given_on", "FUTURE")]), (DAY, False, [("given_on", "NO_TEXT")])])
def test_a_consent(given: date, has_text: bool, broken: list[tuple[str, str]]) -> None:
    assert broken_consent_rules(given_on=given, today=DAY, has_text=has_text) == broken


@pytest.mark.parametrize(("day", "broken"), [(DAY, []), (EVE, [("withdrawn_on", "BEFORE_GIVEN")]), (NEXT, [("withdrawn_on", "FUTURE")])])
def test_its_withdrawal(day: date, broken: list[tuple[str | None, str]]) -> None:
    assert broken_withdrawal_rules(withdrawn_on=day, given_on=DAY, today=DAY) == broken


def test_each_kind_of_consent_has_a_text_from_the_first_day_of_the_act() -> None:
    for value in values("CONSENT_TYPE"):
        assert text_on(value.code, date(2025, 1, 1)) and text_on(value.code, date(2024, 12, 31)) is None
    assert {text.type for text in texts()} == {value.code for value in values("CONSENT_TYPE")}
    assert len({(text.type, text.version) for text in texts()}) == len(texts()) and all(text.fi and text.sv and text.fi != text.sv for text in texts())


@pytest.mark.parametrize(
    ("status", "is_assessed", "by_law"),
    [("INTAKE", False, False), ("GUIDANCE", False, False), ("GUIDANCE", True, True), ("ASSESSMENT_OPEN", False, False), ("PLAN_ACTIVE", False, True),
     ("PLAN_INTERRUPTED", False, True), ("VALID_FOR_STUDIES_ONLY", False, True), ("PLAN_ENDED", False, False), ("CLOSED", False, False)],
)  # fmt: skip
def test_whose_data_the_law_lets_be_stored(status: str, is_assessed: bool, by_law: bool) -> None:
    assert rests_on_law(status, is_assessed=is_assessed) is by_law


@pytest.mark.parametrize(
    ("given", "by_law", "has_consent", "broken"),
    [(DAY, False, True, []), (DAY, True, False, []), (DAY, False, False, [(None, "V10")]), (NEXT, True, True, [("given_on", "FUTURE")]),
     (NEXT, False, False, [("given_on", "FUTURE"), (None, "V10")])],
)  # fmt: skip
def test_guidance(given: date, by_law: bool, has_consent: bool, broken: list[tuple[str | None, str]]) -> None:
    assert broken_guidance_rules(given_on=given, today=DAY, rests_on_law=by_law, has_consent=has_consent) == broken


@pytest.mark.parametrize(
    ("outcome", "before", "is_changed", "status", "broken"),
    [("GUIDANCE", "ASSESSMENT", True, "ASSESSMENT_DUE", []), ("GUIDANCE", "ASSESSMENT", True, "ASSESSMENT_OPEN", [("outcome", "ASSESSMENT_OPEN")]),
     ("ASSESSMENT", "ASSESSMENT", True, "ASSESSMENT_OPEN", []), ("ASSESSMENT", "GUIDANCE", True, "ASSESSMENT_OPEN", []),
     ("DECLINED", "GUIDANCE", True, "ASSESSMENT_OPEN", []), ("GUIDANCE", "GUIDANCE", False, "GUIDANCE", [(None, "UNCHANGED")])],
)  # fmt: skip
def test_its_correction(outcome: str, before: str, is_changed: bool, status: str, broken: list[tuple[str | None, str]]) -> None:
    assert broken_correction_rules(outcome=outcome, outcome_before=before, is_changed=is_changed, status=status) == broken


def test_a_provider_provides_some_service() -> None:
    asked = [broken_need_rules(service_type=kind, provider=who) for kind, who in ((None, None), ("X", None), ("X", "y"), (None, "y"))]
    assert asked == [[], [], [], [("service_type", "SERVICE")]]
