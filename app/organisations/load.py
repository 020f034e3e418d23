"""Load the reference organisations; loading again changes only what differs."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.codes.areas import reference_organisations
from app.organisations.models import Organisation, organisation_key


def load_organisations(session: Session) -> int:
    """Bring the table in line with the project's data files and commit; gives the number of rows."""
    rows = reference_organisations()
    for row in rows:
        session.merge(
            Organisation(
                id=organisation_key(row.kind, row.code), kind=row.kind, code=row.code, name_fi=row.name_fi, name_sv=row.name_sv,
                language_status=row.language_status, region_code=row.region_code, wellbeing_county_code=row.wellbeing_county_code,
                employment_area_code=row.employment_area_code, economic_development_centre_code=row.edc_code,
                successor_code=row.successor_code, valid_from=row.valid_from, valid_to=row.valid_to,
            )
        )  # fmt: skip
    session.commit()
    return len(rows)
