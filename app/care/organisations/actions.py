"""Plan a change of an organisation, take it back before its day, and do it on its day; each in one transaction with its event."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.care.organisations.models import ADD, DONE, END, MERGE, PLANNED, RENAME, WITHDRAWN, OrganisationChange
from app.db.types import now
from app.organisations.editing import edit_organisation, take_back_end
from app.organisations.models import Organisation
from app.web.transaction import stamp

_DAY = timedelta(days=1)


def note_new(session: Session, organisation: Organisation, fields: list[str]) -> None:
    """Write that an organisation was added into its history; the caller commits."""
    edit_organisation(session, organisation, **{name: getattr(organisation, name) for name in fields})
    on = organisation.valid_from or date.today()
    row = OrganisationChange(organisation_id=organisation.id, kind=ADD, state=DONE, takes_effect_on=on, done_at=now(),
                             name_fi=organisation.name_fi, name_sv=organisation.name_sv)  # fmt: skip
    stamp(row, is_new=True)
    session.add(row)


def plan_name(session: Session, organisation: Organisation, names: tuple[str, str], *, on: date, reason: str | None) -> OrganisationChange:
    """Give new names from a day on, at once when the day is here; commits."""
    row = _planned(session, organisation, RENAME, on, reason)
    row.name_fi, row.name_sv = names
    if on <= date.today():
        rename(session, row)
    session.commit()
    return row


def rename(session: Session, row: OrganisationChange) -> None:
    """Let the names of a change hold, and keep those they replace; the caller commits."""
    organisation = row.organisation or session.get_one(Organisation, row.organisation_id)
    row.former_fi, row.former_sv = organisation.name_fi, organisation.name_sv
    edit_organisation(session, organisation, name_fi=row.name_fi, name_sv=row.name_sv)
    done(session, row)


def plan_end(session: Session, organisation: Organisation, *, last_day: date, reason: str | None) -> OrganisationChange:
    """Set the last day of an organisation that nobody continues; rights in it end by themselves after that day. Commits."""
    row = _planned(session, organisation, END, last_day + _DAY, reason)
    edit_organisation(session, organisation, valid_to=last_day)
    session.commit()
    return row


def plan_merger(session: Session, old: Organisation, new: Organisation, *, on: date, reason: str | None) -> OrganisationChange:
    """Let another municipality continue this one from a day on; what belongs to it moves on that day. Commits."""
    row = _planned(session, old, MERGE, on, reason)
    row.successor_id = new.id
    edit_organisation(session, old, valid_to=on - _DAY, successor_code=new.code)
    session.commit()
    return row


def withdraw(session: Session, row: OrganisationChange) -> None:
    """Take back a change that has not been done; commits. Raises StaleDataError when it was done meanwhile."""
    row.state = WITHDRAWN
    stamp(row, is_new=False)
    if row.kind in (END, MERGE):
        take_back_end(session, row.organisation)
    session.flush()
    record_event(session, "organisation:change_withdrawn", row_id=row.organisation_id, version=row.version)
    session.commit()


def done(session: Session, row: OrganisationChange) -> None:
    """Write that a change was done; the caller commits."""
    row.state, row.done_at = DONE, now()
    session.flush()
    record_event(session, "organisation:change_done", row_id=row.organisation_id, purpose="CONTROLLER")


def _planned(session: Session, organisation: Organisation, kind: str, on: date, reason: str | None) -> OrganisationChange:
    row = OrganisationChange(organisation_id=organisation.id, kind=kind, state=PLANNED, takes_effect_on=on, reason=reason)
    stamp(row, is_new=True)
    session.add(row)
    session.flush()
    record_event(session, "organisation:change_planned", row_id=organisation.id, version=row.version)
    return row
