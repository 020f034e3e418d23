"""The beginning of a move: the batch, its steps, and the files that are handed in."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.actor import system_scope
from app.db.base import db
from app.imports.models import ImportBatch, ImportFile, ImportSheet
from app.imports.workspace import actions
from app.jobs.models import Job
from app.jobs.runner import run_job
from app.organisations.models import organisation_key
from tests.imports.workspace.leading import Lead
from tests.support.app import Browser, counted_statements

PORVOO = organisation_key("MUNICIPALITY", "638")
CLIENTS = "Asiakasnumero;Sukunimi;Etunimet;Syntymäaika\nA1;Keksitty;Kaija;1.2.1980\nA2;Keksitty;Kalle;3.4.1990\n".encode("cp1252")


def test_a_move_begins_with_its_steps(bengt: Lead) -> None:
    batch = bengt.begin()
    page = bengt.get(f"/imports/show/{batch}").text
    assert page.count('id="step-') == 8
    assert f'href="/imports/files/{batch}"' in page and f"/imports/contents/{batch}" not in page
    assert batch in bengt.get("/imports/list/").text


def test_a_file_is_kept_and_opened(bengt: Lead) -> None:
    batch = bengt.begin()
    assert bengt.bring(batch, asiakkaat_csv=CLIENTS, tyhja_csv=b"").status_code == 303
    page = bengt.get(f"/imports/files/{batch}").text
    assert "asiakkaat.csv" in page and "tyhja.csv" in page
    steps = bengt.get(f"/imports/show/{batch}").text
    assert f"/imports/contents/{batch}" in steps and "1 tiedostoa ei voi lukea" in steps


def test_its_pages_cost_little_however_many_files_there_are(bengt: Lead, workspace_app: Flask) -> None:
    batch = bengt.begin()
    bengt.bring(batch, a_csv=CLIENTS, b_csv=CLIENTS, c_csv=CLIENTS)
    file, sheet = bengt.files(batch)[0], bengt.sheets(batch)[0]
    most = {"list/": 8, f"show/{batch}": 15, f"files/{batch}": 8, f"contents/{batch}": 8, f"sheets/{batch}": 8, f"file/show/{file}": 15, f"sheet/edit/{sheet}": 15}
    for path, number in most.items():
        with counted_statements(workspace_app) as statements:
            assert bengt.get(f"/imports/{path}").status_code == 200
        assert 0 < len(statements) <= number, (path, statements)


def test_no_file_is_an_error_at_the_field(bengt: Lead) -> None:
    batch = bengt.begin()
    bengt.get(f"/imports/files/{batch}")
    answer = bengt.post(f"/imports/files/{batch}")
    assert answer.status_code == 422 and 'id="files-error"' in answer.text and 'href="#files"' in answer.text


def test_a_file_may_be_larger_than_a_form(bengt: Lead, workspace_app: Flask) -> None:
    batch = bengt.begin()
    large = CLIENTS + b"A3;Keksitty;Keijo;5.6.1970\n" * 100_000
    assert len(large) > workspace_app.config["MAX_CONTENT_LENGTH"]
    assert bengt.bring(batch, asiakkaat_csv=large).status_code == 303
    aino = Browser(workspace_app).sign_in("aino")
    assert aino.client.post(f"/imports/files/{batch}", data={"x": "y" * 3_000_000}).status_code == 413


def test_a_file_too_large_for_a_page_is_read_afterwards(bengt: Lead, workspace_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE_BYTES", 10)
    batch = bengt.begin()
    assert bengt.bring(batch, asiakkaat_csv=CLIENTS).status_code == 303
    file = bengt.files(batch)[0]
    assert bengt.sheets(batch) == [] and "odottaa" in bengt.get(f"/imports/files/{batch}").text.lower()
    assert "unusable" not in bengt.get(f"/imports/file/show/{file}").text
    with workspace_app.app_context(), system_scope():
        job = db.session.scalars(select(Job.id).where(Job.kind == "import:open", Job.subject_id == file)).one()
        run_job(job)
    assert len(bengt.sheets(batch)) == 1


def test_files_leave_with_their_bytes(bengt: Lead, workspace_app: Flask) -> None:
    batch = bengt.begin()
    bengt.bring(batch, asiakkaat_csv=CLIENTS)
    key = bengt.files(batch)[0]
    kept = workspace_app.config["KOTO"].instance_dir / "imports" / key
    assert kept.exists() and b"Keksitty" not in kept.read_bytes()
    bengt.get(f"/imports/file/show/{key}")
    assert bengt.post(f"/imports/file/delete/{key}").status_code == 303
    assert not kept.exists() and bengt.kept(ImportFile, key) is None and bengt.sheets(batch) == []


def test_it_is_of_its_own_organisation_and_the_lead_alone(bengt: Lead, workspace_app: Flask) -> None:
    batch = bengt.begin()
    bengt.bring(batch, asiakkaat_csv=CLIENTS)
    file, sheet = bengt.files(batch)[0], bengt.sheets(batch)[0]
    paths = (f"/imports/show/{batch}", f"/imports/edit/{batch}", f"/imports/files/{batch}", f"/imports/contents/{batch}", f"/imports/sheets/{batch}", f"/imports/file/show/{file}", f"/imports/sheet/edit/{sheet}")
    assert [bengt.get(path).status_code for path in paths] == [200] * len(paths)
    _moved_to_porvoo(workspace_app, batch)
    assert [bengt.get(path).status_code for path in paths] == [404] * len(paths)
    assert batch not in bengt.get("/imports/list/").text
    cecilia = Browser(workspace_app).sign_in("cecilia")
    assert {cecilia.get(path).status_code for path in paths} == {403}


def _moved_to_porvoo(app: Flask, batch: str) -> None:
    """Let the move be another municipality's."""
    with app.app_context(), system_scope():
        for model in (ImportFile, ImportSheet):
            db.session.execute(update(model).where(model.batch_id == batch).values(org_id=PORVOO))
        db.session.execute(update(ImportBatch).where(ImportBatch.id == batch).values(org_id=PORVOO))
        db.session.commit()
