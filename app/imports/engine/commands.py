"""`imports check`, `imports run` and `imports undo`: the same engine as the pages use, for the operator and for timers."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from app.access.actor import Scope, acting_scope
from app.db.base import db
from app.imports.engine.counts import counts_of, stops_all, undone_of, waits_for_a_person
from app.imports.engine.handing_in import hand_in
from app.imports.engine.runs import run
from app.imports.engine.staging import UnreadableSourceError, stage
from app.imports.engine.steps import NotNowError
from app.imports.engine.storing import remove_file
from app.imports.engine.telling import findings_document
from app.imports.mapping.mapping import Mapping, MappingError
from app.imports.models import ImportBatch, ImportFile
from app.organisations.models import Organisation


def _organisation(code: str) -> str:
    found = db.session.scalars(select(Organisation.id).where(Organisation.code == code, Organisation.kind == "MUNICIPALITY")).first()
    if found is None:
        raise click.BadParameter(f"no municipality has the code {code}", param_hint="--organisation")
    return found


def _mappings(path: Path | None) -> dict[str, Mapping]:
    """Read mappings by the name of their sheet: a JSON object, its values as `Mapping.to_json` writes them."""
    if path is None:
        return {}
    try:
        given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {sheet: Mapping.from_json(json.dumps(one)) for sheet, one in given.items()}
    except (ValueError, AttributeError, MappingError) as error:
        raise click.BadParameter(f"not a file of mappings: {error}", param_hint="--mapping") from error


def _handed_in(org_id: str, path: Path, product: str, mappings: dict[str, Mapping]) -> ImportBatch:
    with path.open("rb") as stream:
        return hand_in(db.session, org_id, path.name, stream, product or path.stem[:80], mappings)


def _brought(batch: ImportBatch, *, commits: bool) -> dict[str, Any]:
    """Rehearse, and commit when nothing says that a person must look first; gives the answer of the command."""
    today, refused = date.today(), None
    try:
        stage(db.session, batch, today)
        run(db.session, batch, "rehearse", today)
    except (UnreadableSourceError, NotNowError):
        refused = "UNREADABLE"
    counts = counts_of(db.session, batch)
    if stops_all(db.session, batch):
        refused = "STOPS_ALL"
    elif not counts.total:
        refused = "NOTHING"
    elif commits and refused is None and waits_for_a_person(batch, counts):
        refused = "MANY_LOST"
    if commits and refused is None:
        run(db.session, batch, "commit", today)
        counts = counts_of(db.session, batch)
    return {"batch": batch.id, "status": batch.status, "ok": refused is None, "refused": refused, "counts": counts.as_document(), "findings": findings_document(db.session, batch)}


def _tell(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for line in in_words(found):
            click.echo(line)
    if not found["ok"]:
        raise SystemExit(1)


def in_words(found: dict[str, Any]) -> list[str]:
    """Tell the answer as lines of text."""
    lines = [f"batch {found['batch']}: {found['status']}" + (f", refused: {found['refused']}" if found["refused"] else "")]
    for entity, numbers in found["counts"]["entities"].items():
        lines.append(f"  {entity}: " + ", ".join(f"{name} {number}" for name, number in numbers.items()))
    for one in found["findings"]:
        lines.append(f"{one['tier']:<11} {one['code']:<22} {one['sheet']} row {one['row']} column {one['column']}: {one['reason']['fi']}")
    return lines


_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_MAPPING = click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON: name of the sheet → mapping; what is not in it is suggested.")
_CODE = click.option("--organisation", required=True, help="The code of the municipality.")
_PRODUCT = click.option("--product", default="", help="The name of the old system; keys are unique within it.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.command("check")
@_FILE
@_MAPPING
@_CODE
@_PRODUCT
@_JSON
@with_appcontext
def imports_check(file: Path, mapping: Path | None, organisation: str, product: str, as_json: bool) -> None:
    """Rehearse FILE and leave nothing behind. Exit 1 when it cannot be brought."""
    with acting_scope(Scope(_organisation(organisation))):
        batch = _handed_in(_organisation(organisation), file, product, _mappings(mapping))
        with ExitStack() as after:
            after.callback(_forget, batch.id)
            found = _brought(batch, commits=False)
        _tell({**found, "batch": None}, as_json=as_json)


def _forget(key: str) -> None:
    db.session.rollback()
    batch = db.session.get_one(ImportBatch, key)
    for file in db.session.scalars(select(ImportFile).where(ImportFile.batch_id == key)):
        remove_file(db.session, file, batch.created_at)
    db.session.delete(batch)
    db.session.commit()


@click.command("run")
@_FILE
@_MAPPING
@_CODE
@_PRODUCT
@_JSON
@click.option("--confirm", is_flag=True, help="Bring it although more rows are left out than the batch allows.")
@with_appcontext
def imports_run(file: Path, mapping: Path | None, organisation: str, product: str, as_json: bool, confirm: bool) -> None:
    """Rehearse FILE and move it in. Exit 1 when it was not moved in."""
    with acting_scope(Scope(_organisation(organisation))):
        batch = _handed_in(_organisation(organisation), file, product, _mappings(mapping))
        batch.is_confirmed = confirm
        _tell(_brought(batch, commits=True), as_json=as_json)


@click.command("resume")
@click.argument("batch")
@_JSON
@with_appcontext
def imports_resume(batch: str, as_json: bool) -> None:
    """Go on with a rehearsal, a commit or an undo of BATCH that was cut off. Exit 1 when there is none."""
    found = db.session.get(ImportBatch, batch)
    if found is None:
        raise click.BadParameter("no batch has this key", param_hint="BATCH")
    with acting_scope(Scope(found.org_id)):
        work = found.work
        if work:
            run(db.session, found, work, date.today())
        _tell({"batch": batch, "status": found.status, "ok": bool(work), "refused": None if work else "NOTHING", "counts": counts_of(db.session, found).as_document(), "findings": []}, as_json=as_json)


@click.command("undo")
@click.argument("batch")
@_JSON
@with_appcontext
def imports_undo(batch: str, as_json: bool) -> None:
    """Take BATCH back. Exit 1 when it may not be."""
    found = db.session.get(ImportBatch, batch)
    if found is None:
        raise click.BadParameter("no batch has this key", param_hint="BATCH")
    with acting_scope(Scope(found.org_id)):
        try:
            run(db.session, found, "undo", date.today())
        except NotNowError as error:
            _tell({"batch": batch, "status": found.status, "ok": False, "refused": str(error), "counts": {"entities": {}}, "findings": []}, as_json=as_json)
        _tell({"batch": batch, "status": found.status, "ok": True, "refused": None, "counts": {"entities": undone_of(db.session, found)}, "findings": []}, as_json=as_json)


def add_commands(group: AppGroup) -> None:
    """Put the commands under `imports`."""
    for command in (imports_check, imports_run, imports_resume, imports_undo):
        group.add_command(command)
