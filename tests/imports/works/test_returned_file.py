"""A file of a move goes back with its faulty cells marked, to who may have it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from app.access.actor import Scope, acting_scope, system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.imports.models import ImportBatch, ImportFile, ImportFinding, ImportSheet
from app.imports.workspace.actions import add_files
from tests.imports.works.conftest import PORVOO, VANTAA
from tests.support.app import Browser

SOURCE = "nro;nimi;syntynyt\n1;Keksitty Kaija;1.2.1980\n2;Keksitty Kalle;31.2.1990\n"


def handed_in(app: Flask, batch: str, organisation: str) -> str:
    """Hand in a file of which one cell is no day."""
    with app.app_context(), acting_scope(Scope(organisation)):
        add_files(db.session, db.session.get_one(ImportBatch, batch), [("asiakkaat.csv", BytesIO(SOURCE.encode()))])
        file = db.session.scalars(select(ImportFile).where(ImportFile.batch_id == batch)).one()
        sheet = db.session.scalars(select(ImportSheet).where(ImportSheet.file_id == file.id)).one()
        db.session.add(ImportFinding(batch_id=batch, org_id=organisation, sheet_id=sheet.id, step="MAP", tier="stop-row", code="BAD_DATE", row_number=3, column_name="syntynyt", mark="1" * 64))
        db.session.commit()
        return file.id


def test_the_faulty_cell_is_marked(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> None:
    batch = move(outcomes={}, status="OPEN")
    file = handed_in(sqlite_app, batch, VANTAA)
    assert f"/imports/findings/returned/{file}" in bengt.get(f"/imports/work/{batch}/rehearse").text
    answer = bengt.client.get(f"/imports/findings/returned/{file}")
    assert answer.status_code == 200 and "asiakkaat-sv.xlsx" in answer.headers["Content-Disposition"]
    sheets = load_workbook(BytesIO(answer.data))
    cell = next(cell for sheet in sheets.worksheets[1:] for row in sheet.iter_rows() for cell in row if cell.value == "31.2.1990")
    assert cell.comment is not None and "inget datum" in cell.comment.text
    with sqlite_app.app_context(), system_scope():
        assert db.session.scalars(select(AuditEvent).where(AuditEvent.name == "import:returned", AuditEvent.row_id == batch)).one()


def test_a_file_of_another_municipality_is_not_there(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> None:
    file = handed_in(sqlite_app, move(PORVOO, outcomes={}, status="OPEN"), PORVOO)
    assert bengt.client.get(f"/imports/findings/returned/{file}").status_code == 404
