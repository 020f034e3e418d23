"""An example row of an entity: an invented person, whose identity code is of the range that belongs to nobody."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from app.core.identity_code import check_character
from app.imports.specification.catalogue import SOURCE_KEY, Entity, Field
from app.imports.specification.codes import values_of
from app.imports.specification.texts import EXAMPLE_MARK

_BORN = date(1990, 5, 14)
_TEXTS = {
    "family_name": "Esimerkki", "given_names": "Elli Maria", "call_name": "Elli", "phone": "+358 40 000 0000", "email": "elli@example.org",
    "street_address": "Esimerkkitie 1", "postal_code": "00000", "post_office": "Helsinki", "clock": "09:30", "responsible_worker_id": "worker1",
}  # fmt: skip
_DATES = {"birth_date": _BORN, "arrival_date": date(2024, 12, 1), "granted_date": date(2024, 12, 1), "relationship_started": date(2025, 1, 15)}
_CODES = {"MUNICIPALITY": "091", "COUNTRY": "UA", "LANGUAGE": "uk", "SERVICE_LANGUAGE": "fi", "CEFR": "A1.1"}
# Endings of fields that come after the others of their row, and of those that are empty in a row of something that goes on.
_LATER = ("_to", "to_on", "ends_on", "next_review_date", "planned_review_date", "done_on")
# The states that agree with the days of the example rows.
_STATES = {"initial_contact": "HANDLED", "assessment": "COMPLETED", "integration_plan": "IN_FORCE", "planned_service": "STARTED"}
_LEFT_EMPTY = frozenset({
    "no_identity_code_reason", "relationship_ended", "end_reason", "onward_guidance", "withdrawn_on", "cancelled_on", "cancel_reason", "called_off_reason",
    "skipped_reason", "over_three_years_reason", "ended_on", "studies_only_from", "reviewed_on", "waive_reason", "excuse_reason", "responsible_worker_id",
    "not_heard_reason", "no_test_reason", "self_study_ground", "end_description", "no_education_goal_reason", "child_heard_on", "child_view", "child_not_heard_reason",
    "employment_plan_on", "fee_amount", "fee_due_on", "fee_ground",
})  # fmt: skip


def example_key(entity_key: str) -> str:
    """Give the key by which the example rows of a specification point at each other."""
    return f"{EXAMPLE_MARK}{entity_key}"


def identity_code(born: date = _BORN, individual: int = 901) -> str:
    """Make an identity code of nobody: individual numbers 900–999 are never given to a person."""
    return f"{born:%d%m%y}{'-' if born.year < 2000 else 'A'}{individual:03d}{check_character(born, individual)}"


def example_row(entity: Entity) -> dict[str, Any]:
    """Give field → value of the example row, with codes for code fields; a field that is not there is empty."""
    row = {field.key: _value(entity, field) for field in entity.fields if field.required or field.key not in _LEFT_EMPTY}
    return {key: value for key, value in row.items() if value is not None}


def _value(entity: Entity, field: Field) -> Any:
    if field.key == SOURCE_KEY:
        return example_key(entity.key)
    if field.refers_to:
        return example_key(field.refers_to)
    if field.key == "status" and entity.key in _STATES:
        return _STATES[entity.key]
    if field.code_list:
        return _code(field)
    return {
        "identity_code": lambda: identity_code(), "boolean": lambda: field.key in ("is_first", "is_heard", "lives_in_finland"),
        "date": lambda: _DATES.get(field.key, date(2025, 6, 16) if field.key.endswith(_LATER) else date(2025, 1, 15)),
        "integer": lambda: 2015 if field.key.endswith("year") else 9, "decimal": lambda: Decimal(20),
        "text": lambda: _TEXTS.get(field.key) or _("Example")[: field.max_length],
    }[field.kind]()  # fmt: skip


def _code(field: Field) -> str:
    codes = [value.code for value in values_of(str(field.code_list))]
    if field.default in codes:
        return str(field.default)
    found = _CODES.get(str(field.code_list))
    return found if found is not None and found in codes else codes[0]
