"""Findings as a list that is narrowed, given to colleagues and closed with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.imports.models import ImportFinding
from tests.support.app import Browser, counted_statements


def finding_of(app: Flask, batch: str, code: str) -> ImportFinding:
    with app.app_context(), system_scope():
        return db.session.scalars(select(ImportFinding).where(ImportFinding.batch_id == batch, ImportFinding.code == code)).one()


def rows_of(page: str) -> list[str]:
    return re.findall(r'href="/imports/findings/show/[^"]+"[^>]*>([^<]+)</a>', page)


def test_a_finding_says_where_what_why_and_what_helps(bengt: Browser, move: Callable[..., str]) -> None:
    page = bengt.get(f"/imports/findings/list/?batch={move()}").text
    assert rows_of(page) == ["Siirto 1, rad 3", "Siirto 1, rad 4", "Siirto 1, rad 7", "Siirto 1, rad 9"]
    line = page.partition("Siirto 1, rad 7")[2].partition("</tr>")[0]
    assert "31.2.1990" in line and "Syntynyt" in line and "tag-danger" in line and "dag.månad.år" in line


def test_reading_leaves_an_event_of_the_move(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> None:
    key = move()
    bengt.get(f"/imports/findings/list/?batch={key}&f.tier=ROW")
    with sqlite_app.app_context(), system_scope():
        event = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "import:read", AuditEvent.row_id == key)).one()
        assert (event.hits, event.criteria) == (2, "tier")


def test_the_list_is_narrowed(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> None:
    key = move()
    found = finding_of(sqlite_app, key, "BAD_DATE")
    for limit, number in (("f.tier=ROW", 2), ("f.tier=WARNING", 1), ("f.code=BAD_DATE", 1), ("f.entity=note", 0), ("f.entity=client", 4), (f"f.sheet={found.sheet_id}", 4),
                          ("f.state=closed", 0), ("f.assigned_to=me", 0), ("f.assigned_to=nobody", 4)):  # fmt: skip
        assert len(rows_of(bengt.get(f"/imports/findings/list/?batch={key}&{limit}").text)) == number, limit
    assert bengt.get(f"/imports/findings/list/?batch={key}&f.tier=X").status_code == 400


def test_the_list_is_narrowed_by_a_rule_of_the_law(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> None:
    key = move()
    with sqlite_app.app_context(), system_scope():
        finding = db.session.get_one(ImportFinding, finding_of(sqlite_app, key, "FIRST_PLAN_MISSING").id)
        finding.step, finding.code, finding.words = "WRITE", "LAW:V3", '{"fi": "Laki.", "sv": "Lag."}'
        db.session.commit()
    page = bengt.get(f"/imports/findings/list/?batch={key}&f.code=LAW:V3").text
    assert rows_of(page) == ["Siirto 1, rad 3"]
    assert '<option value="LAW:V3" selected>Planen kan inte utarbetas innan bedömningen har slutförts</option>' in page


def test_only_a_warning_is_no_error_and_only_with_a_reason(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> None:
    key = move()
    warning, stop = finding_of(sqlite_app, key, "FIRST_PLAN_MISSING").id, finding_of(sqlite_app, key, "BAD_DATE").id
    assert bengt.get(f"/imports/findings/close/{stop}").status_code == 409
    bengt.get(f"/imports/findings/close/{warning}")
    assert bengt.post(f"/imports/findings/close/{warning}", closed_because=" ").status_code == 422
    assert bengt.post(f"/imports/findings/close/{warning}", closed_because="Planen finns inte.").status_code == 303
    page = bengt.get(f"/imports/findings/show/{warning}").text
    assert "Planen finns inte." in page and "Berg Bengt" in page
    assert bengt.post(f"/imports/findings/reopen/{warning}").status_code == 303
    assert "Planen finns inte." not in bengt.get(f"/imports/findings/show/{warning}").text


def test_ticked_findings_are_closed_each_by_its_own_right(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> None:
    key = move()
    keys = [finding_of(sqlite_app, key, code).id for code in ("FIRST_PLAN_MISSING", "BAD_DATE")]
    bengt.get(f"/imports/findings/list/?batch={key}")
    page = bengt.post(f"/imports/findings/action_post?batch={key}", action="close_findings", rowid=keys, closed_because="Ok", _confirmed="y").text
    assert "rättas i källan" in page
    assert [finding_of(sqlite_app, key, code).closed_because for code in ("FIRST_PLAN_MISSING", "BAD_DATE")] == ["Ok", None]


def test_findings_are_given_to_a_colleague(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> None:
    key = move()
    found = finding_of(sqlite_app, key, "BAD_DATE").id
    bengt.get(f"/imports/findings/assign/{found}")
    assert bengt.post(f"/imports/findings/assign/{found}", to_colleague_text="Berg Bengt").status_code == 303
    assert len(rows_of(bengt.get(f"/imports/findings/list/?batch={key}&f.assigned_to=me").text)) == 1


def test_a_list_costs_eight_statements_at_most(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> None:
    key = move()
    bengt.get("/imports/findings/list/")
    for query in ("", f"?batch={key}", f"?batch={key}&f.assigned_to=me&psize=1"):
        with counted_statements(sqlite_app) as found:
            assert bengt.get(f"/imports/findings/list/{query}").status_code == 200
        assert len(found) <= 8, (query, found)
