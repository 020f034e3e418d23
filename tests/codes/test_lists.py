"""Code lists: complete, in three languages, unique, and valid on a day."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from app.codes.lists import all_values, choices, label, list_names, values

# The lists that the data model names. Municipalities and centres are organisations: see test_areas.py.
NAMED = [
    "AGREEMENT_METHOD", "ASSESSMENT_GROUND", "ASSESSMENT_OUTCOME", "ATTENDANCE", "BENEFIT_TRIGGER", "CEFR", "CHANNEL",
    "CLARIFYING_TYPE", "CLIENT_END_REASON", "CLIENT_STATUS", "CONSENT_TYPE", "CONTACT_OUTCOME", "COUNTRY", "CURRICULUM",
    "DIGITAL_SKILL", "EDUCATION_LEVEL", "EMPLOYMENT_STATUS", "EXTENSION_GROUND", "FAMILY_RELATION", "GENDER", "GENDER_WISH",
    "GOAL_RESULT", "GOAL_TYPE", "GRANT_BASIS", "HINDRANCE", "HOLD_REASON", "HOUSING", "INFO_GIVEN", "INTERPRETER_MODE",
    "INTERRUPTION_REASON", "LANGUAGE", "LANG_TEST", "LITERACY", "NEED_LEVEL", "NO_HETU_REASON", "ORIENTATION_MODE",
    "PLAN_END_REASON", "PLAN_KIND", "PLAN_STATUS", "PROGRESS", "RECOGNITION", "REIMB_GROUP", "REIMB_TYPE", "RESIDENCE_GROUND",
    "RESIDENCE_KIND", "RESPONSIBLE", "REVIEW_INITIATOR", "SENDER_TYPE", "SERVICE_NEED", "SERVICE_STATUS", "SERVICE_TYPE",
    "SKILL_BASIS", "STUDY_READINESS", "TRAINING_MODULE", "UNACC_GROUP", "WORK_RIGHT", "YKI_GRADE", "YKI_LEVEL",
]  # fmt: skip
# The lists that a field of the data model or of the system needs beside them.
ADDED = [
    "ACCESS_REFUSAL", "ADD_ON_STATE", "ANNOUNCEMENT_KIND", "APPLICATION_STATE", "ASSESSMENT_CANCEL_REASON", "APPOINTMENT_PURPOSE", "APPOINTMENT_STATUS", "ASSESSMENT_STATUS", "CONSENT_STATUS", "CONTACT_STATUS", "AUDIT_OUTCOME", "AUDIT_PURPOSE", "DATA_CATEGORY", "DIRECTORY_KIND", "DUPLICATE_ANSWER", "DUPLICATE_KEEPER", "DUPLICATE_STATE", "MERGE_STATUS", "ENVIRONMENT", "FACT_SOURCE", "FINAL_TEST_LEVEL", "GOAL_HORIZON",
    "FINDING_EVENT", "FINDING_OUTCOME", "FINDING_STATE", "GRANT_END_REASON", "LOG_RULE", "RIGHT_EVENT",
    "INTEGRATION_LANGUAGE", "INTERVIEW_SECTION", "LOCAL_NUMBER", "OBLIGATION_KIND", "OBLIGATION_OWNER", "OBLIGATION_STATE", "NOTE_KIND", "ORGANISATION_KIND", "ORGANISER", "PARTICIPATION_END", "PARTICIPATION_MATTER", "PARTICIPATION_PROFILE", "PARTICIPATION_STATE", "PERMIT_TYPE", "PLAN_VERSION_DEED", "PROTECTED_REASON", "REPRESENTATIVE_END", "ROLE",
    "CHANGE_STATE", "CODE_EDIT", "ORGANISATION_CHANGE",
    "SENSITIVITY", "SERVICE_LANGUAGE", "SKILL_PART", "YKI_PART",
    "IMPORT_STATUS", "INTERPRETATION_OUTCOME", "TEST_LANGUAGE",
    "REPORT_CELL", "REPORT_EVERY", "REPORT_LEVEL", "REPORT_MEASURE", "REPORT_PURPOSE", "REPORT_UNIT",
    "RESPONSIBILITY_REASON", "ROLLOUT_OBSTACLE", "ROLLOUT_STAGE", "ROLLOUT_TASK", "RESTRICTED_SECTION", "TRAINING_PATH", "TRANSFER_REFUSAL", "TRANSFER_SECTION", "TRANSFER_STATE", "TRANSFER_WAY",
]  # fmt: skip
SOURCE = re.compile(r"\d+/\d{4} §§? \d.*|project|koodisto|ura( [\d/]+)?|std( ISCED 2011)?|CLDR")


def codes(name: str) -> list[str]:
    return [value.code for value in values(name)]


def test_the_lists_are_those_of_the_data_model_and_no_others() -> None:
    assert set(list_names()) == {*NAMED, *ADDED}


def test_every_value_has_its_label_in_three_languages() -> None:
    assert [v for v in all_values() if not all(text and text == text.strip() for text in (v.fi, v.sv, v.en))] == []


def test_every_value_tells_its_source_in_a_known_form() -> None:
    assert [v for v in all_values() if not SOURCE.fullmatch(v.source)] == []


def test_a_code_stands_once_in_its_list_and_is_ascii() -> None:
    assert [key for key, times in Counter((v.list, v.code) for v in all_values()).items() if times > 1] == []
    assert [v for v in all_values() if not re.fullmatch(r"[A-Za-z0-9_.-]{1,40}", v.code)] == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_two_values_of_a_list_never_look_the_same(language: str) -> None:
    seen = Counter((v.list, v.label_in(language).casefold()) for v in all_values() if v.list not in ("COUNTRY", "LANGUAGE"))
    assert [key for key, times in seen.items() if times > 1] == []


def test_lists_that_the_statutes_close_have_exactly_their_values() -> None:
    assert codes("ASSESSMENT_GROUND") == ["A1", "A2", "A3", "A4", "A5", "A6", "A7"]
    assert codes("CLARIFYING_TYPE") == ["C1", "C2", "C3", "C4", "C5", "C6"]
    assert codes("INFO_GIVEN") == ["I1", "I2", "I3", "I4"]
    assert codes("DATA_CATEGORY") == [f"K73-{n}" for n in range(1, 11)]
    assert codes("EXTENSION_GROUND") == ["LOW_EDU", "MULTI_SERVICE", "HOME_CARE", "INTERRUPTION", "STUDIES_U25"]
    assert codes("PERMIT_TYPE") == ["A", "B", "P", "P_EU"]
    assert codes("PLAN_KIND") == ["01", "02", "03", "04", "05", "06"]


def test_levels_stand_in_their_order() -> None:
    assert codes("CEFR")[:5] == ["ALLE_A1.1", "A1.1", "A1.2", "A1.3", "A2.1"] and codes("CEFR")[-1] == "X"
    assert codes("NEED_LEVEL") == ["0", "1", "2", "3"]


def test_labels_in_the_language_asked_for() -> None:
    assert [label("CLIENT_STATUS", "PLAN_ACTIVE", each) for each in ("fi", "sv", "en")] == [
        "kotoutuja-asiakas", "integrationskund", "integration client",
    ]  # fmt: skip
    assert ("1", "mies") in choices("GENDER", "fi")


def test_an_unknown_code_is_shown_as_it_is_and_an_unknown_list_is_a_fault() -> None:
    assert label("GENDER", "77", "fi") == "77"
    for ask in (lambda: choices("NO_SUCH_LIST", "fi"), lambda: values("NO_SUCH_LIST"), lambda: label("NO_SUCH_LIST", "1", "fi")):
        with pytest.raises(KeyError):
            ask()


def test_a_value_is_offered_from_its_first_day() -> None:
    centre = "ECONOMIC_DEVELOPMENT_CENTRE"
    assert centre not in {value.code for value in values("ORGANISATION_KIND", date(2025, 12, 31))}
    assert centre in {value.code for value in values("ORGANISATION_KIND", date(2026, 1, 1))}
    assert values("GENDER", date(2024, 12, 31)) == [] and len(values("GENDER", date(2025, 1, 1))) == 3
