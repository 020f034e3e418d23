"""Repeating rows: a plan with its goals and services in one form, saved together or not at all."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.codes.lists import values
from app.plans.models import Goal, PlannedService
from app.web import writing
from tests.support.app import Browser, counted_statements
from tests.support.form import Form, typed
from tests.support.plan_form import draw_up, goal, goals, new_client, plan_fields, rows, service
from tests.web.test_api import NEW, Api
from tests.web.test_drafts import type_in
from tests.web.test_forms import GOOD

NOT_DONE = "Täytä tämä kenttä"


@pytest.fixture
def place(app: Flask) -> str:
    """The address of the form of a new plan."""
    return f"/plans/add?client={new_client(app)}"


def test_a_plan_is_saved_with_its_rows_in_their_order(app: Flask, aino: Browser, place: str) -> None:
    with counted_statements(app) as statements:
        key = draw_up(aino, place).rsplit("/", 1)[-1]
    found = [*rows(app, Goal, key), *rows(app, PlannedService, key)]
    assert [row.description for row in found[:2]] == ["Eka", "Toka"] and [row.justification for row in found[2:]] == ["Siksi"]
    assert {row.client_id for row in found} == {place.rsplit("=", 1)[-1]}
    assert sum("INSERT INTO audit_event " in text for text in statements) == 5, "the opened form, the plan, and its three rows"


def test_rows_are_added_changed_and_removed_in_one_transaction(app: Flask, aino: Browser, place: str) -> None:
    edit = draw_up(aino, place)
    page = aino.get(edit)
    fields = {**typed(page), "goals": ["0", "1", "2"], **goal(1, "Muutettu"), **goal(2, "Uusi"), "goals-0-_removed": "y"}
    with counted_statements(app) as statements:
        event.listen(Session, "after_commit", commit := lambda _session: statements.append("COMMIT"))
        answer = aino.post(edit, **fields)
        event.remove(Session, "after_commit", commit)
    assert answer.status_code == 303 and goals(app, edit) == ["Muutettu", "Uusi"]
    assert sum("INSERT INTO audit_event " in text for text in statements) == 4, "the plan, and three rows of the four"
    writes = [at for at, text in enumerate(statements) if re.search(r"\b(INSERT INTO|UPDATE|DELETE FROM) (goal|integration_plan|audit_event) ", text)]
    assert len(writes) >= 7 and "COMMIT" not in statements[writes[0] : writes[-1]] and "COMMIT" in statements[writes[-1] :]
    assert not any("UPDATE planned_service" in text for text in statements)


def test_the_last_row_that_fails_takes_all_back(app: Flask, aino: Browser, place: str) -> None:
    edit = draw_up(aino, place)

    def spoil(_mapper: Any, _connection: Any, row: Any) -> None:
        row.org_id = "00000000-0000-4000-8000-000000000000"

    event.listen(PlannedService, "before_update", spoil)
    event.listen(PlannedService, "before_insert", spoil)
    try:
        aino.get(edit)
        changes = {"follow_up": "Ei jää", **goal(0, "Ei jää"), **service(0, "Ei jää"), "goals-1-_removed": "y"}
        page = aino.post(edit, **{**typed(aino.page), **changes})
        assert page.status_code == 422 and "Ei jää" in page.text and "Palvelu 1: " in page.text
        other = f"/plans/add?client={new_client(app)}"
        aino.get(other)
        assert aino.post(other, **plan_fields(aino)).status_code == 422
    finally:
        event.remove(PlannedService, "before_update", spoil)
        event.remove(PlannedService, "before_insert", spoil)
    assert goals(app, edit) == ["Eka", "Toka"] and "Ei jää" not in aino.get(edit).text
    assert "/plans/show/" not in aino.get(f"/clients/show/{other.rsplit('=', 1)[-1]}?tab=plan").text


@pytest.mark.parametrize("deed", [{}, {"goals-0-_removed": "y"}])
def test_the_key_of_another_plans_row_changes_nothing(app: Flask, aino: Browser, place: str, deed: dict[str, str]) -> None:
    edit, other = draw_up(aino, place), draw_up(aino, f"/plans/add?client={new_client(app)}")
    foreign = dict(Form(aino.get(other).text).fields)["goals-0-_id"]
    aino.get(edit)
    answer = aino.post(edit, **{**typed(aino.page), **goal(0, "Kaapattu"), "goals-0-_id": foreign, **deed})
    assert answer.status_code == (409 if not deed else 303), "a row that is not there is removed already"
    aino.get(place.replace(place.rsplit("=", 1)[-1], new_client(app)))
    assert aino.post(aino.page.request.full_path, **{**plan_fields(aino), "goals-0-_id": foreign}).status_code == 409
    assert goals(app, edit) == goals(app, other) == ["Eka", "Toka"]


def test_keys_of_the_scope_are_never_read_from_the_form(app: Flask, aino: Browser, place: str) -> None:
    aino.get(place)
    strangers = {f"goals-0-{name}": "00000000-0000-4000-8000-000000000000" for name in ("plan_id", "client_id", "org_id", "id")}
    answer = aino.post(place, **plan_fields(aino), **strangers)
    assert goals(app, answer.headers["Location"]) == ["Eka", "Toka"]


def test_buttons_add_and_remove_rows_without_script(app: Flask, aino: Browser, place: str) -> None:
    page = aino.get(place)
    assert Form(page.text).buttons["add.goals"] == f"{place}#goals-0"
    page = aino.post(place, **{**typed(page), "follow_up": "Kirjoitettu", "_rows": "add.goals"})
    page = aino.post(place, **{**typed(page), **goal(0, "Eka"), "_rows": "add.goals"})
    assert page.status_code == 200 and NOT_DONE not in page.text and Form(page.text).buttons["add.goals"].endswith("#goals-2")
    assert 'id="goals-1" tabindex="-1"' in page.text and re.findall(r"<legend data[^>]*>(Tavoite \d)<", page.text) == ["Tavoite 1", "Tavoite 2"]
    page = aino.post(place, **{**typed(page), **goal(1, "Toka"), "_rows": "remove.goals.0"})
    sent = dict(Form(page.text).fields)
    assert sent["follow_up"] == "Kirjoitettu" and sent["goals-1-description"] == "Toka" and "goals-0-description" not in sent
    assert "/plans/show/" not in aino.get(f"/clients/show/{place.rsplit('=', 1)[-1]}?tab=plan").text


def test_a_saved_row_is_removed_without_script_when_the_form_is_saved(app: Flask, aino: Browser, place: str) -> None:
    edit = draw_up(aino, place)
    page = aino.get(edit)
    page = aino.post(edit, **{**typed(page), "_rows": "remove.goals.0"})
    assert "1 rivi poistetaan, kun tallennat." in page.text and goals(app, edit) == ["Eka", "Toka"]
    assert aino.post(edit, **typed(page)).status_code == 303 and goals(app, edit) == ["Toka"]


def test_empty_rows_are_left_out_and_half_written_ones_are_not(app: Flask, aino: Browser, place: str) -> None:
    aino.get(place)
    empty = {"goals": ["0", "1", "2"], "services": ["0", "1"], "services-1-status": "PLANNED", "goals-2-description": "  "}
    assert aino.post(place, **{**plan_fields(aino), **empty}).status_code == 303
    edit = aino.page.headers["Location"].replace("show", "edit")
    page = aino.get(edit)
    assert goals(app, edit) == ["Eka", "Toka"]
    assert aino.post(edit, **{**typed(page), "goals": ["0", "1", "2"], "goals-2-own_words": "Puoliksi"}).status_code == 422


def test_errors_stand_at_the_rows_and_in_the_summary_in_order(aino: Browser, place: str) -> None:
    aino.get(place)
    broken = {"authors": "", "goals-1-description": "", "services-0-starts_on": "2027-01-02", "services-0-ends_on": "2027-01-01"}
    page = aino.post(place, **{**plan_fields(aino), **broken})
    summary = re.search(r'class="error-summary".*?</div>', page.text, re.S)
    links = re.findall(r'href="#([^"]+)">([^<]*)<', summary.group(0)) if summary else []
    assert page.status_code == 422 and "<title>Virhe: " in page.text
    assert [link for link, _text in links] == ["authors", "goals-1-description", "services-0-ends_on"]
    assert links[1][1] == "Tavoite 2 – Tavoite: Täytä tämä kenttä." and links[2][1].startswith("Palvelu 1 – ")
    assert re.search(r'id="goals-1-description"[^>]*aria-describedby="goals-1-description-error"', page.text)


def test_the_language_switches_with_the_rows(aino: Browser, place: str) -> None:
    aino.get(place)
    page = aino.post(place, **plan_fields(aino), _language="sv")
    assert page.status_code == 200 and "Mål 2" in page.text and dict(Form(page.text).fields)["goals-1-description"] == "Toka"


def test_a_draft_comes_back_with_its_rows(app: Flask, aino: Browser, place: str) -> None:
    page = aino.get(place)
    assert type_in(aino, place, {"follow_up": "Kesken", "goals": "3", **goal(3, "Luonnos")}) == 204
    sent = dict(Form(Browser(app).sign_in("aino").get(place).text).fields)
    assert sent["goals"] == "3" and sent["goals-3-description"] == "Luonnos" and sent["goals-3-goal_type"] == "EMPLOYMENT"
    edit = draw_up(aino, place)
    page = aino.get(edit)
    row = {name: value for name, value in Form(page.text).fields if name.startswith("goals-0")}
    type_in(aino, edit, {"goals": "0", **row, "goals-0-description": "Luonnos", "_version": "1"})
    sent = dict(Form(aino.get(edit).text).fields)
    assert sent["goals-0-description"] == "Luonnos" and sent["goals-1-description"] == "Toka", "what the draft does not hold is shown as saved"


def test_a_form_sent_twice_makes_its_rows_once(app: Flask, aino: Browser, place: str) -> None:
    page = aino.get(place)
    fields = plan_fields(aino)
    first = aino.post(place, **fields).headers["Location"]
    aino.page = page
    assert aino.post(place, **fields).headers["Location"] == first and goals(app, first) == ["Eka", "Toka"]


def test_the_page_that_sends_again_keeps_the_rows(aino: Browser, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_args: Any) -> None:
        raise OperationalError("", {}, Exception())

    aino.get(place)
    monkeypatch.setattr(writing, "keep_changes", down)
    page = aino.post(place, **plan_fields(aino))
    assert page.status_code == 503 and re.search(r'name="goals-1-description" value="Toka"', page.text)


@pytest.mark.parametrize(
    ("refused", "offers", "forged", "answer"),
    [("can_add", {"remove.goals.0"}, {"goals": "7", **goal(7, "Uusi")}, 403), ("can_edit", {"add.goals"}, {"goals-0-_removed": "y"}, 303),
     ("can_delete", {"add.goals"}, {"goals-0-_removed": "y"}, 403)],
)  # fmt: skip
def test_a_part_that_the_reader_may_not_touch_is_not_there(
    app: Flask, aino: Browser, place: str, monkeypatch: pytest.MonkeyPatch, refused: str, offers: set[str], forged: dict[str, str], answer: int
) -> None:
    edit, security = draw_up(aino, place), app.appbuilder.sm  # type: ignore[attr-defined]
    may = security.has_access
    key = dict(Form(aino.get(edit).text).fields)["goals-0-_id"]
    monkeypatch.setattr(security, "has_access", lambda what, view: (what, view) != (refused, "GoalView") and may(what, view))
    form = Form(aino.get(edit).text)
    assert {"add.goals", "remove.goals.0"} & form.buttons.keys() == offers and ("goals-0-description" in dict(form.fields)) == (refused != "can_edit")
    assert aino.post(edit, **{**typed(aino.page), "goals": "0", "goals-0-_id": key, **forged}).status_code == answer
    assert goals(app, edit) == ["Eka", "Toka"]


def test_rows_that_stay_as_they_are_cost_no_statement(app: Flask, aino: Browser) -> None:
    costs = []
    for count in (1, 40):
        place = f"/plans/add?client={new_client(app)}"
        aino.get(place)
        many = {name: value for key in range(count) for name, value in goal(key, f"Rivi {key}").items()}
        aino.post(place, **{**plan_fields(aino), "goals": [str(key) for key in range(count)], **many})
        edit = aino.page.headers["Location"].replace("show", "edit")
        with counted_statements(app) as opening:
            aino.get(edit)
        fields = {**typed(aino.page), **goal(0, "Vain tämä")}
        with counted_statements(app) as saving:
            assert aino.post(edit, **fields).status_code == 303
        assert len(goals(app, edit)) == count
        costs.append((len(opening), len(saving)))
    assert costs[0] == costs[1] and costs[0][0] <= 12 and costs[0][1] <= 26, costs


def test_a_client_is_added_with_language_skills(aino: Browser) -> None:
    aino.get("/clients/add")
    skill = {"language": "uk", "part": "OVERALL", "level": values("CEFR")[0].code, "basis": values("SKILL_BASIS")[0].code, "source": "CLIENT"}
    fields = {f"language_skills-0-{name}": value for name, value in skill.items()}
    assert aino.post("/clients/add", **GOOD, language_skills="0", **fields).status_code == 303
    shown = aino.get(aino.page.headers["Location"] + "?tab=skills").text
    assert "ukraina" in shown and values("CEFR")[0].label_in("fi") in shown
    assert "language_skills" not in aino.get(aino.page.request.path.replace("show", "edit")).text


def test_the_api_takes_no_rows(app: Flask) -> None:
    answer = Api(app, "aino")("POST", "/clients/", {**NEW, "language_skills": [{"language": "uk"}]})
    assert answer.status_code == 422
