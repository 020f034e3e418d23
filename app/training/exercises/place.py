"""The municipality and the wellbeing services county that a trainee practises in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.organisations.models import Organisation
from app.users.models import AccessGrant


@dataclass(frozen=True)
class Place:
    """The two organisations whose records an exercise is checked from; the county may be missing."""

    municipality_id: str
    county_id: str | None

    @property
    def organisations(self) -> tuple[str, ...]:
        return (self.municipality_id, self.county_id) if self.county_id else (self.municipality_id,)


def place_of(session: Session, actor: Actor) -> Place:
    """Give the place of somebody who acts; a county's is the municipality where they have another right, else the one that granted theirs."""
    own = session.get_one(Organisation, actor.organisation_id)
    if own.kind != "WELLBEING_COUNTY":
        return Place(own.id, _county_of(session, own))
    rights = select(Organisation.id).join(AccessGrant, AccessGrant.organisation_id == Organisation.id)
    of_person = rights.where(AccessGrant.user_id == actor.user_id, AccessGrant.ended_at.is_(None), Organisation.kind == "MUNICIPALITY")
    found = session.scalars(of_person.order_by(Organisation.code).limit(1)).first()
    granted_by = select(AccessGrant.grantor_id).where(AccessGrant.id == actor.grant_id)
    around = select(Organisation.id).where(Organisation.kind == "MUNICIPALITY", Organisation.wellbeing_county_code == own.code).order_by(Organisation.code)
    return Place(found or session.scalar(granted_by) or session.scalar(around.limit(1)) or own.id, own.id)


def _county_of(session: Session, municipality: Organisation) -> str | None:
    county = select(Organisation.id).where(Organisation.kind == "WELLBEING_COUNTY", Organisation.code == municipality.wellbeing_county_code)
    return session.scalar(county)
