"""Reads of applications and rights."""

from __future__ import annotations

from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.organisations.models import Organisation
from app.rights.models import RightApplication, RightEvent
from app.users.models import AccessGrant, LocalRole
from app.users.queries import in_force, of_person


def administrators_of(session: Session, organisation_id: str, on: date) -> list[AccessGrant]:
    """Give the rights of those who decide an organisation's applications."""
    found = select(AccessGrant).where(AccessGrant.organisation_id == organisation_id, AccessGrant.role == "ACCESS_ADMIN", in_force(on))
    return list(session.scalars(found.order_by(AccessGrant.id)))


def superiors_of(session: Session, organisation_id: str, but_user_id: int, on: date) -> list[AccessGrant]:
    """Give the rights of those who confirm that rights of an organisation are needed: its team leads, or its administrators where none is.

    The holder confirms nothing of their own.
    """
    found = select(AccessGrant).where(AccessGrant.organisation_id == organisation_id, AccessGrant.role == "TEAM_LEAD", in_force(on), of_person())
    leads = list(session.scalars(found.where(AccessGrant.user_id != but_user_id).order_by(AccessGrant.id)))
    return leads or [grant for grant in administrators_of(session, organisation_id, on) if grant.user_id != but_user_id]


def deciding_organisation(session: Session, organisation: Organisation, chosen_id: str | None, user_id: int, on: date) -> str:
    """Give who decides: the municipality chosen by staff of a county or provider, else the applicant's own organisation.

    Where nobody but the applicant can decide, the first administrator of a municipality among them, the national agency does.
    """
    asked = chosen_id or organisation.id
    if any(grant.user_id != user_id for grant in administrators_of(session, asked, on)):
        return asked
    agency = session.scalars(select(Organisation.id).where(Organisation.kind == "NATIONAL_AGENCY").order_by(Organisation.code)).first()
    return agency or asked


def has_open_application(session: Session, user_id: int, organisation_id: str, role: str) -> bool:
    return bool(
        session.scalar(
            select(
                exists().where(RightApplication.user_id == user_id, RightApplication.organisation_id == organisation_id,
                               RightApplication.role == role, RightApplication.state == "SENT")
            )
        )
    )  # fmt: skip


def applications_of(session: Session, user_id: int) -> list[RightApplication]:
    """Give a person's own applications, the newest first."""
    return list(session.scalars(select(RightApplication).where(RightApplication.user_id == user_id).order_by(RightApplication.applied_at.desc())))


def rights_of(session: Session, user_id: int) -> list[tuple[AccessGrant, Organisation]]:
    """Give a person's own rights, ended ones too, the newest first."""
    rows = session.execute(
        select(AccessGrant, Organisation)
        .join(Organisation, Organisation.id == AccessGrant.organisation_id)
        .where(AccessGrant.user_id == user_id)
        .order_by(AccessGrant.valid_from.desc(), AccessGrant.id)
    )
    return [(grant, organisation) for grant, organisation in rows]


def local_roles_for(session: Session, organisation_id: str, base: str) -> list[LocalRole]:
    """Give an organisation's own roles made from `base`."""
    return list(session.scalars(select(LocalRole).where(LocalRole.org_id == organisation_id, LocalRole.base == base).order_by(LocalRole.name_fi)))


def events_of(session: Session, *, application_id: str | None = None, grant_id: str | None = None) -> list[RightEvent]:
    """Give what happened to an application, a right, or both, the newest first."""
    wanted = [RightEvent.application_id == application_id] if application_id else []
    wanted += [RightEvent.grant_id == grant_id] if grant_id else []
    condition = wanted[0] if len(wanted) == 1 else wanted[0] | wanted[1]
    return list(session.scalars(select(RightEvent).where(condition).order_by(RightEvent.at.desc(), RightEvent.id)))
