"""Rows for the access matrix: a client of every relation and kind with a row in every table under it, each text a canary of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import system_scope
from app.access.membership import ClientMembership, ClientScoped
from app.clients.actions import prepare_client
from app.clients.models import Client
from app.clients.protection import CONTACTS
from app.db.base import Model, db
from app.db.types import Sensitivity, new_id, now
from app.demo.sharing import PROVIDER_KEY
from app.directories.models import Directory, DirectoryGroup
from app.imports.models import ImportBatch, ImportFile, ImportFinding, ImportSheet
from app.obligations.models import ClientObligation
from app.organisations.models import organisation_key
from app.participations.actions import membership_for
from app.participations.models import Participation
from app.plans.life_models import PlanVersion
from app.plans.models import IntegrationPlan
from app.plans.pictures import picture_of
from app.responsibility.models import OrganisationPractice
from app.rights.models import RightApplication
from app.transfers.models import TransferEscalation, TransferRequest, TransferSide
from app.users.models import AccessGrant, LocalRole
from tests.support.examples import filled

VANTAA, PORVOO = organisation_key("MUNICIPALITY", "092"), organisation_key("MUNICIPALITY", "638")
COUNTY = organisation_key("WELLBEING_COUNTY", "04")
KINDS = ("plain", "protected", "restricted")
# Whose the client is, and whether the county and the provider have a share in it.
SETS = {"vantaa": (VANTAA, None), "shared": (VANTAA, "in force"), "ended": (VANTAA, "over"), "porvoo": (PORVOO, None)}
_TODAY = date.today()
_SINCE = _TODAY - timedelta(days=30)
OTHER_COUNTY, PROFILE = organisation_key("WELLBEING_COUNTY", "06"), "PLAN_AND_REVIEW_PART"


@dataclass(frozen=True)
class Specimen:
    """A client of one set and kind: a row's key in each table, and the words that stand in its texts and nowhere else."""

    home: str
    word: str
    # Stands in the contact details of a protected client, and in restricted fields of a restricted one.
    secret: str
    # Names a person of the organisation, and stands in what that person applied for.
    staff: str
    share: str | None = None
    keys: dict[str, str] = field(default_factory=dict)


def models_of_clients() -> list[Any]:
    """Give every model under a client that is written, those that others point at first; obligations are derived from the others."""
    tables = {table: position for position, table in enumerate(Model.metadata.sorted_tables)}
    derived = (Client, ClientObligation)
    found = [mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, ClientScoped) and mapper.class_ not in derived]
    return sorted(found, key=lambda model: tables[model.__table__])


def plant(app: Flask) -> dict[tuple[str, str], Specimen]:
    """Write the specimens of every set and kind, and commit; `app` must be served by the owner of the tables."""
    found = {}
    with app.app_context(), system_scope():
        for name, (home, share) in SETS.items():
            for kind in KINDS:
                found[name, kind] = _client(db.session, name, kind, home, share)
        for name, home in (("vantaa", VANTAA), ("porvoo", PORVOO)):
            _rights(db.session, found[name, "plain"], home)
        db.session.commit()
        for specimen in found.values():
            of_client = select(ClientObligation.id).where(ClientObligation.client_id == specimen.keys["client"], ClientObligation.rule == "R02")
            specimen.keys["client_obligation"] = db.session.scalars(of_client).one()
    return found


def _client(session: Session, name: str, kind: str, home: str, share: str | None) -> Specimen:
    specimen = Specimen(home, f"kanarialintu{name}{kind}", f"salainen{name}{kind}", f"virkailija{name}", share)
    client = Client(id=new_id(), home_municipality_id=home, **_texts(Client, specimen, kind, {}, {"org_id": home}))
    client.non_disclosure, client.status, client.archived_on, client.merged_into_id = kind == "protected", "PLAN_DRAFTING", None, None
    prepare_client(client)
    session.add(client)
    _memberships(session, client.id, home, share)
    session.flush()
    specimen.keys["client"] = client.id
    first: dict[Any, str] = {Client.__table__: client.id}
    for model in models_of_clients():
        first[model.__table__] = specimen.keys[model.__tablename__] = keep_row(session, model, specimen, kind, first).id
    return specimen


def keep_row(session: Session, model: Any, specimen: Specimen, kind: str, first: dict[Any, str]) -> Any:
    """Make a row under the specimen's client and flush it; one that was kept before gets its key again."""
    row = row_for(model, specimen, kind, first)
    row.id = specimen.keys.get(model.__tablename__) or new_id()
    session.add(row)
    if isinstance(row, PlanVersion):
        row.picture = picture_of(session, session.get_one(IntegrationPlan, row.plan_id), _TODAY)
    if isinstance(row, Participation):
        # The county takes part where the set shares the client; elsewhere another one has been invited before.
        row.organisation_id, row.profile, row.purpose = COUNTY if specimen.share else OTHER_COUNTY, PROFILE, "PLAN_PARTICIPATION"
        row.accepted_at, row.ended_how, row.valid_to = now(), None, _until(specimen.share)
        if specimen.share:
            session.add(membership_for(row, _SINCE))
    session.flush()
    return row


def _until(share: str | None) -> date:
    return _TODAY + timedelta(days=30 if share == "in force" else -1)


def row_for(model: Any, specimen: Specimen, kind: str, first: dict[Any, str]) -> Any:
    """Make a row under the specimen's client, not yet kept."""
    return model(**_texts(model, specimen, kind, first, {"client_id": specimen.keys["client"], "org_id": specimen.home}))


def _texts(model: Any, specimen: Specimen, kind: str, first: dict[Any, str], found: dict[str, Any]) -> dict[str, Any]:
    values = filled(model, found, first, specimen.word)
    for column in model.__table__.columns:
        is_text = values.get(column.name) == specimen.word
        is_secret = (model is Client and kind == "protected" and column.name in CONTACTS) or (
            kind == "restricted" and column.info.get("sensitivity") is Sensitivity.RESTRICTED)  # fmt: skip
        if is_text and is_secret:
            # Postal codes are short.
            values[column.name] = specimen.secret[: getattr(column.type, "length", None) or 200]
    return values


def _memberships(session: Session, client_id: str, home: str, share: str | None) -> None:
    session.add(ClientMembership(client_id=client_id, organisation_id=home, is_owner=True, purpose="CONTROLLER", valid_from=_SINCE))
    if share:
        session.add(
            ClientMembership(client_id=client_id, organisation_id=PROVIDER_KEY, is_owner=False, purpose="INTEGRATION_SERVICE", valid_from=_SINCE, valid_to=_until(share))
        )


def _rights(session: Session, specimen: Specimen, home: str) -> None:
    """Write an application, a right that waits and a role of its own for the organisation."""
    user = User(username=specimen.staff, first_name="Aapo", last_name=specimen.staff, email=f"{specimen.staff}@demo.invalid", active=True, password="!")
    role = role_of(specimen)
    session.add_all([user, role])
    session.flush()
    period = {"role": "CASEWORKER", "basis": "B1", "valid_from": _TODAY, "valid_to": _TODAY + timedelta(days=90), "grantor_id": home}
    grant = AccessGrant(user_id=user.id, organisation_id=home, task=specimen.staff, **period)
    application = RightApplication(
        user_id=user.id, organisation_id=home, task=specimen.staff, reason=specimen.staff, language="fi", training_done_on=_TODAY, **period
    )
    session.add_all([grant, application])
    session.flush()
    specimen.keys.update({"local_role": role.id, "access_grant": grant.id, "right_application": application.id})
    _transfer(session, specimen, home)
    for row in (directory_of(specimen), group_of(specimen), batch_of(specimen), file_of(specimen), sheet_of(specimen), finding_of(specimen)):
        session.add(row)
        session.flush()
        specimen.keys[row.__tablename__] = row.id


def _transfer(session: Session, specimen: Specimen, home: str) -> None:
    """Write a transfer to a third municipality, which has not got it yet, and what the organisation has decided for itself."""
    third = organisation_key("MUNICIPALITY", "091")
    row = TransferRequest(way="PUSHED", from_id=home, to_id=third, org_id=home, sections="BASICS", choice_reason=specimen.word, consent_on=_TODAY, consent_language="so",
                          sent_on=_TODAY, due_on=_TODAY, waits_for_id=third, question=specimen.word, answer=specimen.word)  # fmt: skip
    practice = OrganisationPractice(org_id=home)
    session.add_all([row, practice])
    session.flush()
    session.add(TransferSide(transfer_id=row.id, organisation_id=home, client_id=specimen.keys["client"], family_name=specimen.word, given_names=specimen.word, birth_date=_TODAY))
    session.add(TransferEscalation(transfer_id=row.id, from_id=home, to_id=third, waits_for_id=third, sent_on=_TODAY, due_on=_TODAY, escalated_on=_TODAY))
    specimen.keys.update({"transfer_request": row.id, "organisation_practice": practice.id})


def role_of(specimen: Specimen) -> LocalRole:
    """Make the role of the specimen's organisation, not yet kept; under its key where it has been kept before."""
    word = specimen.staff
    return LocalRole(id=specimen.keys.get("local_role") or new_id(), base="CASEWORKER", name_fi=word, name_sv=word, reason=word, withheld="", org_id=specimen.home)


def directory_of(specimen: Specimen) -> Directory:
    """Make the directory of the specimen's organisation as `role_of` makes its role; nobody listens at its address."""
    word = specimen.staff
    return Directory(id=specimen.keys.setdefault("directory", new_id()), name=word, realm=f"{word}.example", url=f"ldaps://{word}.invalid", kind="INETORGPERSON",
                     search_base=f"ou={word}", user_filter="(uid={username})", username_attribute="uid", bind_dn=f"cn={word}", bind_secret=word,
                     org_id=specimen.home)  # fmt: skip


def group_of(specimen: Specimen) -> DirectoryGroup:
    """Make the line of a group in that directory."""
    return DirectoryGroup(id=specimen.keys.get("directory_group") or new_id(), directory_id=specimen.keys["directory"], group_dn=f"cn={specimen.staff}",
                          role="CASEWORKER", org_id=specimen.home)  # fmt: skip


def batch_of(specimen: Specimen) -> ImportBatch:
    """Make a move of the specimen's organisation."""
    return ImportBatch(id=specimen.keys.setdefault("import_batch", new_id()), name=specimen.word, product=specimen.word, org_id=specimen.home)


def file_of(specimen: Specimen) -> ImportFile:
    """Make a file of that move, whose bytes are kept nowhere."""
    return ImportFile(id=specimen.keys.setdefault("import_file", new_id()), batch_id=specimen.keys["import_batch"], org_id=specimen.home, name=specimen.word, digest="0" * 64, size=1)


def sheet_of(specimen: Specimen) -> ImportSheet:
    """Make the sheet of that file."""
    return ImportSheet(id=specimen.keys.setdefault("import_sheet", new_id()), batch_id=specimen.keys["import_batch"], org_id=specimen.home, file_id=specimen.keys["import_file"],
                       position=1, name=specimen.word, columns=json.dumps([specimen.word]))  # fmt: skip


def finding_of(specimen: Specimen) -> ImportFinding:
    """Make a finding of that sheet."""
    return ImportFinding(
        id=specimen.keys.setdefault("import_finding", new_id()), batch_id=specimen.keys["import_batch"], org_id=specimen.home, sheet_id=specimen.keys["import_sheet"], step="MAP",
        tier="warning", code="FIRST_PLAN_MISSING", row_number=1, column_name=specimen.word, value=specimen.word, mark=new_id(),
    )  # fmt: skip


def add_readers(app: Flask) -> None:
    """Add to the cast somebody without any right, who has the cast's password."""
    with app.app_context(), system_scope():
        password = db.session.scalar(select(User.password).where(User.username == "aino"))
        db.session.add(User(username="nelli", first_name="Testi", last_name="Nelli", email="nelli@demo.invalid", active=True, password=password))
        db.session.commit()
