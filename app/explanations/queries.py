"""Reads of the chain. On PostgreSQL the serving role reads relations through a function that tells them to the controller alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Select, column, func, or_, select
from sqlalchemy.orm import Session, lazyload

from app.access.membership import ClientMembership
from app.access.roles import ROLES, SEES_CLIENTS
from app.explanations.rules import Refusal, Relation, Right, broken_link, telling_relation
from app.organisations.models import Organisation
from app.users.models import AccessGrant, LocalRole
from app.users.queries import in_force, pairs_of

PAGE = ("can_show", "ClientView")
_membership = ClientMembership.__table__


@dataclass(frozen=True, kw_only=True)
class Link:
    """One right of a person set against one client; `refusal` is None when it opens the client's data."""

    grant: AccessGrant
    organisation: Organisation
    grantor: Organisation | None
    relation: Relation | None
    refusal: Refusal | None


def relations_of(session: Session, client_id: str, controller_id: str) -> dict[str, list[Relation]]:
    """Give the relations to a client by organisation; none when `controller_id` is not its controller."""
    if session.get_bind().dialect.name == "postgresql":
        names = [column(name, _membership.c[name].type) for name in ("organisation_id", "is_owner", "purpose", "valid_from", "valid_to")]
        rows = session.execute(select(func.client_relations(controller_id, client_id).table_valued(*names)))
    else:
        m = _membership.c
        owners = select(m.client_id).where(m.organisation_id == controller_id, m.is_owner)
        rows = session.execute(
            select(m.organisation_id, m.is_owner, m.purpose, m.valid_from, m.valid_to).where(m.client_id == client_id, m.client_id.in_(owners))
        )
    found: dict[str, list[Relation]] = defaultdict(list)
    for organisation_id, is_owner, purpose, valid_from, valid_to in rows:
        found[organisation_id].append(Relation(is_owner=bool(is_owner), purpose=purpose, valid_from=valid_from, valid_to=valid_to))
    return found


def _rights() -> Select[tuple[AccessGrant, Organisation, User]]:
    return (
        select(AccessGrant, Organisation, User)
        .join(Organisation, Organisation.id == AccessGrant.organisation_id)
        .join(User, User.id == AccessGrant.user_id)
        .options(lazyload("*"))
    )


def chain_of(session: Session, user: User, relations: dict[str, list[Relation]], on: date) -> list[Link]:
    """Set every right a person has had against a client, those that open it first, then the newest. Four statements at most."""
    rows = list(session.execute(_rights().where(AccessGrant.user_id == user.id).order_by(AccessGrant.valid_from.desc(), AccessGrant.id)))
    grantors = _by_key(session, {grant.grantor_id for grant, _organisation, _user in rows if grant.grantor_id})
    links = []
    for grant, organisation, holder in rows:
        relation = telling_relation(relations.get(organisation.id, []), on)
        links.append(
            Link(grant=grant, organisation=organisation, grantor=grantors.get(grant.grantor_id or ""), relation=relation,
                 refusal=broken_link(_right_of(grant, holder), relation, on))
        )  # fmt: skip
    return sorted(links, key=lambda link: link.refusal is not None)


def _by_key(session: Session, keys: set[str]) -> dict[str, Organisation]:
    return {row.id: row for row in session.scalars(select(Organisation).where(Organisation.id.in_(keys)))} if keys else {}


def _right_of(grant: AccessGrant, user: User) -> Right:
    return Right(
        is_account_open=bool(user.active), is_opened=grant.opened_at is not None, is_ended=grant.ended_at is not None,
        valid_from=grant.valid_from, valid_to=grant.valid_to, opens_clients=_opens_clients(grant.role, grant.local_role),
    )  # fmt: skip


def _opens_clients(role: str, local: LocalRole | None) -> bool:
    is_of_role = role in SEES_CLIENTS and PAGE[0] in ROLES[role].get(PAGE[1], ())
    return is_of_role and (local is None or PAGE not in pairs_of(local.withheld))


def people_who_see(session: Session, relations: dict[str, list[Relation]], on: date, most: int) -> list[tuple[AccessGrant, Organisation, User, Relation]]:
    """Give up to `most` rights that open the client's data on a day, with their people, by organisation and name."""
    holding = {key: row for key, rows in relations.items() if (row := telling_relation(rows, on)) is not None and row.holds_on(on)}
    roles = [role for role in SEES_CLIENTS if _opens_clients(role, None)]
    query = (
        _rights()
        .outerjoin(LocalRole, LocalRole.id == AccessGrant.local_role_id)
        .where(AccessGrant.organisation_id.in_(holding), AccessGrant.role.in_(roles), in_force(on), User.active.is_(True))
        .where(or_(LocalRole.id.is_(None), ("\n" + LocalRole.withheld + "\n").not_like(f"%\n{PAGE[0]} {PAGE[1]}\n%")))
        .order_by(Organisation.name_fi, User.last_name, User.first_name, AccessGrant.id)
        .limit(most)
    )
    return [(grant, organisation, user, holding[organisation.id]) for grant, organisation, user in session.execute(query)]


def people_to_ask_about(session: Session, relations: dict[str, list[Relation]]) -> list[User]:
    """Give the people who have or have had a right in an organisation that has or has had to do with the client, by name."""
    theirs = select(AccessGrant.user_id).where(AccessGrant.organisation_id.in_(relations))
    return list(session.scalars(select(User).where(User.id.in_(theirs)).order_by(User.last_name, User.first_name, User.id).options(lazyload("*"))))
