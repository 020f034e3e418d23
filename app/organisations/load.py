"""Load the reference organisations; loading again changes only what differs, and nothing that was written in the service."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codes.areas import ReferenceOrganisation, organisations_of_files
from app.organisations.models import Organisation, organisation_key


def load_organisations(session: Session) -> int:
    """Bring the table in line with the project's data files and commit; gives the number of rows."""
    known = {row.id: row for row in session.scalars(select(Organisation))}
    rows = organisations_of_files()
    for row in rows:
        key = organisation_key(row.kind, row.code)
        organisation = known.get(key) or Organisation(id=key, kind=row.kind, code=row.code)
        kept = (organisation.edited or "").split()
        for name, value in _columns(row).items():
            if name not in kept:
                setattr(organisation, name, value)
        session.add(organisation)
    session.commit()
    return len(rows)


def _columns(row: ReferenceOrganisation) -> dict[str, object]:
    return {
        "name_fi": row.name_fi, "name_sv": row.name_sv, "language_status": row.language_status, "region_code": row.region_code,
        "wellbeing_county_code": row.wellbeing_county_code, "employment_area_code": row.employment_area_code,
        "economic_development_centre_code": row.edc_code, "successor_code": row.successor_code, "valid_from": row.valid_from, "valid_to": row.valid_to,
    }  # fmt: skip
