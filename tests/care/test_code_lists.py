"""Code lists are edited with both labels and a validity; nothing is deleted, and what rules rest on cannot end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.care.lists.naming import is_closed, named_by
from app.codes.lists import label, list_names, values
from app.codes.models import CodeEdit
from app.db.base import db
from app.imports.specification.codes import shown_values
from app.web.forms import CodeField, Form
from tests.care.conftest import Keeper, in_system, signed_in, stored

TODAY = date.today()
PAGES = "/code-lists"


def offered(app: Flask, list_name: str, held: str | None = None) -> list[Any]:
    """Give the codes that a form offers, `held` being what the row holds."""
    made: Any = type("OneField", (Form,), {"code": CodeField("Code", codes=list_name)})
    with app.test_request_context():
        return [value for value, *_rest in made(formdata=None, data={"code": held}).code.iter_choices()]


def test_a_new_value_is_offered_in_every_process_in_both_languages(kaisa: Keeper, app: Flask, owner: Flask) -> None:
    answer = kaisa.fill(f"{PAGES}/add/HOUSING", code="BOAT", name_fi="vene", name_sv="båt", valid_from=TODAY.isoformat(), reason="Kysely 2026")
    assert answer.status_code == 303, answer.text.split("error-summary")[-1][:400]
    page = kaisa.get(answer.location).text
    assert "vene" in page and "båt" in page and "Kysely 2026" in page and "Kaisa Keskinen" in page
    for process in (app, owner):
        in_system(process, lambda session: None)
        assert "BOAT" in offered(process, "HOUSING")
        with process.app_context():
            assert (label("HOUSING", "BOAT", "fi"), label("HOUSING", "BOAT", "sv")) == ("vene", "båt")
            # The specification of what can be brought in has it too.
            assert shown_values("HOUSING", "sv")["BOAT"] == "båt"
    assert len(stored(owner, select(AuditEvent.id).where(AuditEvent.name == "code_value:added"))) == 1
    again = kaisa.fill(f"{PAGES}/add/HOUSING", code="BOAT", name_fi="paatti", name_sv="skuta", valid_from=TODAY.isoformat())
    assert again.status_code == 422 and "on tai on ollut tämä koodi" in again.text


def test_without_an_application_the_lists_are_those_of_the_files(kaisa: Keeper) -> None:
    assert "BOAT" not in {value.code for value in values("HOUSING")}


def test_a_value_that_has_ended_stays_on_the_records_that_hold_it(kaisa: Keeper, app: Flask) -> None:
    kaisa.fill(f"{PAGES}/add/HOUSING", code="TENT", name_fi="teltta", name_sv="tält", valid_from="2025-01-01")
    assert kaisa.fill(f"{PAGES}/end/HOUSING/TENT", last_day=TODAY.isoformat()).status_code == 303
    assert "TENT" in offered(app, "HOUSING")
    with app.app_context():
        kept = db.session.scalars(select(CodeEdit).where(CodeEdit.code == "TENT", CodeEdit.deed == "END")).one()
        kept.valid_to = TODAY - timedelta(days=1)
        from_now = kept
        db.session.commit()
        assert from_now.valid_to
    kaisa.fill(f"{PAGES}/label/HOUSING/BOAT", name_fi="asuntovene", name_sv="husbåt")
    in_system(app, lambda session: None)
    assert "TENT" not in offered(app, "HOUSING") and "TENT" in offered(app, "HOUSING", held="TENT")
    with app.app_context():
        assert label("HOUSING", "TENT", "fi") == "teltta" and label("HOUSING", "BOAT", "sv") == "husbåt"
        assert "TENT" in shown_values("HOUSING", "fi")
    kaisa.get(f"{PAGES}/value/HOUSING/TENT")
    assert "Ota uudelleen käyttöön" in kaisa.page.text
    assert kaisa.fill(f"{PAGES}/renew/HOUSING/TENT").status_code == 303
    in_system(app, lambda session: None)
    assert "TENT" in offered(app, "HOUSING")
    # Every edit is there still.
    assert [deed for (deed,) in stored(app, select(CodeEdit.deed).where(CodeEdit.code == "TENT").order_by(CodeEdit.created_at))] == ["ADD", "END", "RENEW"]


@pytest.mark.parametrize(
    ("path", "values_", "sentence"),
    [
        ("add/HOUSING", {"code": "HUT", "name_fi": "mökki", "name_sv": " ", "valid_from": "2026-01-01"}, "Täytä tämä kenttä."),
        ("add/HOUSING", {"code": "pieni", "name_fi": "mökki", "name_sv": "stuga", "valid_from": "2026-01-01"}, "isoa kirjainta"),
        ("label/HOUSING/TEMPORARY", {"name_fi": label("HOUSING", "OTHER", "fi").upper(), "name_sv": "annat"}, "on jo tämä nimi"),
        ("end/HOUSING/OTHER", {"last_day": "2020-01-01"}, "Päivä on mennyt"),
        ("end/PLAN_STATUS/AGREED", {"last_day": TODAY.isoformat()}, "ei voi päättää"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(kaisa: Keeper, path: str, values_: dict[str, str], sentence: str) -> None:
    answer = kaisa.fill(f"{PAGES}/{path}", **values_)
    assert answer.status_code == 422 and sentence in answer.text


def test_a_value_that_a_rule_rests_on_tells_which_and_has_no_button_to_end_it(kaisa: Keeper) -> None:
    page = kaisa.get(f"{PAGES}/value/PLAN_STATUS/AGREED").text
    assert "plans/states.py" in page or "plans/" in page
    assert "/code-lists/end/" not in page and "/code-lists/end/HOUSING/OTHER" in kaisa.get(f"{PAGES}/value/HOUSING/OTHER").text


def test_a_list_that_the_code_knows_whole_takes_no_new_values(kaisa: Keeper) -> None:
    assert is_closed("PLAN_STATUS") and not is_closed("HOUSING")
    assert "/code-lists/add/" not in kaisa.get(f"{PAGES}/show/PLAN_STATUS").text
    assert kaisa.get(f"{PAGES}/add/PLAN_STATUS").status_code == 409


def test_restricted_values_and_values_of_two_lists_are_told_apart() -> None:
    assert named_by("RESIDENCE_GROUND", "P52A") == ("codes/restricted.py",)
    # Other features mean the same word of another list.
    assert named_by("HOUSING", "OTHER") == () and named_by("RESIDENCE_KIND", "OTHER")


def test_every_list_and_value_opens_in_both_languages(kaisa: Keeper) -> None:
    page = kaisa.get(f"{PAGES}/list/").text
    assert all(f"/code-lists/show/{name}" in page for name in list_names())
    for name in ("LANGUAGE", "CEFR", "HOUSING"):
        assert kaisa.get(f"{PAGES}/show/{name}").status_code == 200
    assert kaisa.get(f"{PAGES}/show/NO_SUCH").status_code == 404 and kaisa.get(f"{PAGES}/value/CEFR/Z9").status_code == 404
    assert kaisa.get(f"{PAGES}/value/CEFR/B1.1").status_code == 200


def test_only_the_national_agency_has_the_lists(app: Flask) -> None:
    for name in ("eeva", "aino", "tuomas"):
        assert signed_in(app, name).get(f"{PAGES}/list/").status_code in (403, 404)
