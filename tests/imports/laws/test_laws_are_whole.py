"""Each entity that can be brought has its rules asked, or a reason why it has none; and no sentence of a feature is left undecided."""

from __future__ import annotations

import ast
from pathlib import Path

from flask import Flask

import app.imports.laws
from app.assessments.labels import BROKEN as ASSESSMENT
from app.core.states import Life
from app.imports.laws import of_assessments, of_clients, of_plans, of_reviews, of_services, of_talks
from app.imports.laws.broken import RULES_OF, WITHOUT_RULES
from app.imports.laws.derive import PARENTS
from app.imports.laws.row import Rules
from app.imports.laws.sentences import RULES as SAID, sentences_of_laws
from app.imports.laws.standing import AGREEMENTS, OF_SERVICE, STATED, Needs
from app.imports.specification.catalogue import catalogue

_MODULES = (of_assessments, of_clients, of_plans, of_reviews, of_services, of_talks)
RULES = [value for module in _MODULES for value in vars(module).values() if isinstance(value, Rules)]


def test_every_entity_is_asked_or_named_with_why_not(in_app: None) -> None:
    keys = {entity.key for entity in catalogue()}
    assert RULES_OF.keys() | WITHOUT_RULES.keys() == keys and not RULES_OF.keys() & WITHOUT_RULES.keys()
    assert all(reason.endswith(".") for reason in WITHOUT_RULES.values())


def test_every_part_finds_its_client_through_its_parent(in_app: None) -> None:
    for entity in catalogue():
        fields = dict(entity.parents)
        if entity.key in PARENTS:
            field, model = PARENTS[entity.key]
            assert fields[field] == model.__tablename__ and "client_id" not in fields
        else:
            assert entity.key == "client" or fields["client_id"] == "client"


def test_a_rule_that_warns_or_is_not_asked_is_one_there_is() -> None:
    assert len(RULES) == 11 and ASSESSMENT.keys() <= of_assessments.ASSESSMENT_RULES.texts.keys()
    for one in RULES:
        assert one.warns | one.unasked <= one.texts.keys() and not one.warns & one.unasked


def test_states_and_fields_are_those_of_the_models(in_app: None) -> None:
    by_key = {entity.key: entity for entity in catalogue()}
    assert {key for key, entity in by_key.items() if "status" in entity.model.__table__.columns} == STATED
    lives = {life.codes: {str(state.value) for state in life.states} for life in Life.__subclasses__() if life.__module__.startswith("app.")}
    agreed = {**AGREEMENTS, "service_participation": OF_SERVICE}
    for key, found in agreed.items():
        column = by_key["planned_service" if found is OF_SERVICE else key].model.__table__.columns["status"]
        for one in found:
            assert set(one.states) <= lives[column.info["codes"]] and one.field in by_key[key].model.__table__.columns
    assert {one.stops for found in agreed.values() for one in found if isinstance(one, Needs)} == {True, False}


def test_every_rule_that_a_finding_can_name_has_its_sentence(sqlite_app: Flask) -> None:
    assert {id(one) for one in SAID} == {id(one) for one in RULES} and len(SAID) == len(RULES)
    with sqlite_app.test_request_context(headers={"Accept-Language": "fi"}):
        found = sentences_of_laws()
    asked = {rule for one in RULES for rule in one.texts.keys() - one.unasked}
    # Those that are told outside the rules of a feature, by name.
    named = {
        call.args[1].value
        for file in Path(app.imports.laws.__path__[0]).glob("*.py") for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Broken" and isinstance(call.args[1], ast.Constant)
    }  # fmt: skip
    assert len(named) >= 4 and found.keys() == asked | named | {"STATE_NEEDS", "STATE_ONLY"}
    assert all(found.values()) and not any("%" in text for text in found.values())
    assert found["GUIDANCE"].count(" / ") == 1 and found["R12"] == "Keskeytysten vuoksi suunnitelmat voivat kestää enintään … asti (23 §)"
