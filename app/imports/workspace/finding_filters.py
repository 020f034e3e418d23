"""What the list of findings is narrowed by."""

from __future__ import annotations

from typing import Any

from flask import g, request
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select

from app.db.base import db
from app.db.types import is_id
from app.imports.models import ImportFinding, ImportSheet
from app.imports.specification.catalogue import catalogue
from app.imports.workspace.finding_labels import GROUPS, STATES, TIERS_OF, code_choices
from app.imports.workspace.people import LeadRelation
from app.web.filters import ChoiceFilter, Filter
from app.web.staff_filter import StaffFilter


def _tiers(found: list[str]) -> ColumnElement[bool]:
    return ImportFinding.tier.in_([tier for group in found for tier in TIERS_OF[group]])


def _states(found: list[str]) -> ColumnElement[bool]:
    return ImportFinding.closed_because.is_(None) if found == ["open"] else ImportFinding.closed_because.is_not(None) if found == ["closed"] else ImportFinding.id.is_not(None)


def _entities(found: list[str]) -> ColumnElement[bool]:
    return ImportFinding.sheet_id.in_(select(ImportSheet.id).where(ImportSheet.entity.in_(found)))


def sheets_here() -> dict[str, str]:
    """Give the sheets of the move that the address names, read once a request."""
    batch = request.args.get("batch", "")
    if "import_sheets" not in g:
        query = select(ImportSheet.id, ImportSheet.name).where(ImportSheet.batch_id == batch).order_by(ImportSheet.position, ImportSheet.id).limit(200)
        g.import_sheets = {row.id: row.name for row in db.session.execute(query)} if is_id(batch) else {}
    found: dict[str, str] = g.import_sheets
    return found


def _texts(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, str(text)) for key, text in found.items()]


FILTERS: list[Filter] = [
    ChoiceFilter("tier", _l("What it does"), lambda: _texts(GROUPS), _tiers, lambda key: str(GROUPS[key])),
    ChoiceFilter("state", _l("State"), lambda: _texts(STATES), _states, lambda key: str(STATES[key])),
    StaffFilter("assigned_to", _l("Assigned to"), ImportFinding.assigned_to, LeadRelation()),
    ChoiceFilter("sheet", _l("Sheet"), lambda: list(sheets_here().items()), ImportFinding.sheet_id.in_, lambda key: sheets_here()[key]),
    ChoiceFilter("entity", _l("What it holds"), lambda: [(one.key, str(one.label)) for one in catalogue()], _entities, lambda key: {one.key: str(one.label) for one in catalogue()}[key]),
    ChoiceFilter("code", _l("Reason"), code_choices, ImportFinding.code.in_, lambda key: dict(code_choices())[key]),
]  # fmt: skip
