"""Check the forms of organisations against the rules; each gives (field, sentence) of what is broken."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.care.organisations.labels import BROKEN
from app.care.organisations.models import RENAME
from app.care.organisations.queries import areas_in_force, is_code_taken, is_name_taken, planned_change, planned_into
from app.care.organisations.rules import AREAS, Standing, broken_end, broken_merger, broken_name, is_code
from app.organisations.models import Organisation

Errors = list[tuple[str, str]]


def new_errors(session: Session, form: Any) -> Errors:
    """Check a new organisation."""
    kind, code, on = form.kind.data, form.code.data, form.valid_from.data or date.today()
    found = [] if is_code(kind, code) else [("code", "CODE")]
    if is_code_taken(session, kind, code):
        found.append(("code", "CODE_TAKEN"))
    if is_name_taken(session, kind, (form.name_fi.data, form.name_sv.data), but=None, on=on):
        found.append(("name_fi", "NAME_TAKEN"))
    for name, area in AREAS.items():
        if form[name].data and form[name].data not in {row.code for row in areas_in_force(session, area)}:
            found.append((name, "AREA"))
    return _told(found)


def name_errors(session: Session, item: Organisation, form: Any) -> Errors:
    """Check new names of an organisation."""
    names, on = (form.name_fi.data, form.name_sv.data), form.on.data
    broken = broken_name(current=(item.name_fi, item.name_sv), new=names, on=on, valid_to=item.valid_to, today=date.today())
    found = [("name_fi" if rule == "SAME" else "on", rule) for rule in broken]
    if is_name_taken(session, item.kind, names, but=item.id, on=on):
        found.append(("name_fi", "NAME_TAKEN"))
    if planned_change(session, item.id, RENAME):
        found.append(("on", "RENAMING"))
    return _told(found)


def end_errors(session: Session, item: Organisation, form: Any) -> Errors:
    """Check the last day of an organisation."""
    return _told([("last_day", rule) for rule in broken_end(_standing(item), last_day=form.last_day.data, today=date.today())])


def merger_errors(session: Session, old: Organisation, new: Organisation, form: Any) -> Errors:
    """Check that one municipality continues another from a day on."""
    found = broken_merger(_standing(old), _standing(new), on=form.on.data, today=date.today())
    if planned_into(session, old.id):
        found.append("RECEIVES")
    at_day = {"NOT_AHEAD", "NOT_YET", "BEFORE"}
    return _told([("on" if rule in at_day else "successor_id", rule) for rule in found])


def _standing(item: Organisation) -> Standing:
    return Standing(id=item.id, kind=item.kind, valid_from=item.valid_from, valid_to=item.valid_to)


def _told(found: list[tuple[str, str]]) -> Errors:
    return [(field, str(BROKEN[rule])) for field, rule in found]
