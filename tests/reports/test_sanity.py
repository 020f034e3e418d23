"""Each check of the records finds what it is for, and nothing in records that are right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import Table, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.codes.lists import values
from app.db.base import Model
from app.plans.models import IntegrationPlan
from app.reports.models import ReportFill
from app.reports.quality.fill import count_fills, never_filled
from app.reports.quality.sanity import CHECKS, findings, run_checks
from app.responsibility.models import ResponsibilityPeriod
from app.users.models import AccessGrant
from tests.support.figures import register_of_its_own, working
from tests.support.postgres import Postgres

TODAY = date.today()
EARLY, LATE = TODAY - timedelta(days=4000), TODAY + timedelta(days=4000)
# Left for a worker to settle: the day came, and nobody has ended the plan yet.
WAITS_FOR_A_WORKER = {"plan_past_its_end"}

# What breaks each check: a table, a condition on the row that is changed, and its new values; "twice" adds a second row like it, "none left" deletes those of its plan.
_IN_FORCE = "status = 'IN_FORCE'"
_OF_IN_FORCE = "plan_id IN (SELECT id FROM integration_plan p WHERE p.status = 'IN_FORCE')"
BREAKS: dict[str, tuple[str, str, dict[str, object] | str]] = {
    "client_without_owner": ("client_membership", "is_owner", {"is_owner": False}),
    "owner_is_another": ("client_membership", "is_owner", {"organisation_id": "OTHER"}),
    "joined_to_nobody": ("client", "merged_into_id IS NULL", {"merged_into_id": "0" * 36}),
    "plan_of_another_organisation": ("integration_plan", "1 = 1", {"org_id": "OTHER"}),
    "client_ends_before_begins": ("client", "relationship_ended IS NOT NULL", {"relationship_ended": EARLY}),
    "client_ended_without_reason": ("client", "relationship_ended IS NOT NULL", {"end_reason": None}),
    "closed_and_not_ended": ("client", "status = 'CLOSED'", {"relationship_ended": None}),
    "born_after_beginning": ("client", "1 = 1", {"birth_date": LATE}),
    "active_without_plan": ("client", "status = 'INTAKE'", {"status": "PLAN_ACTIVE"}),
    "worker_without_right": ("client", "responsible_worker_id IS NOT NULL AND relationship_ended IS NULL AND archived_on IS NULL", {"responsible_worker_id": "OTHER"}),
    "two_first_permits": ("residence_basis", "is_first", "twice"),
    "permit_ends_before_begins": ("residence_basis", "valid_from IS NOT NULL", {"valid_to": EARLY}),
    "two_responsible": ("responsibility_period", "ends_on IS NULL", "twice"),
    "responsibility_ends_before_begins": ("responsibility_period", "1 = 1", {"ends_on": EARLY}),
    "guidance_without_consent": (
        "consent",
        "status = 'GIVEN' AND EXISTS (SELECT 1 FROM guidance_entry g WHERE g.consent_id = consent.id) AND NOT EXISTS "
        "(SELECT 1 FROM assessment a WHERE a.client_id = consent.client_id) AND NOT EXISTS (SELECT 1 FROM integration_plan p WHERE p.client_id = consent.client_id)",
        {"status": "WITHDRAWN", "withdrawn_on": TODAY},
    ),
    "assessment_ends_before_begins": ("assessment", "completed_on IS NOT NULL", {"completed_on": EARLY}),
    "assessment_without_outcome": ("assessment", "status = 'COMPLETED'", {"outcome": None}),
    "plan_of_ended_client": ("integration_plan", "EXISTS (SELECT 1 FROM client c WHERE c.id = client_id AND c.relationship_ended < CURRENT_DATE AND c.archived_on IS NULL)", {"status": "IN_FORCE"}),
    "two_plans_in_force": ("integration_plan", _IN_FORCE, "twice"),
    "plan_ends_before_begins": ("integration_plan", "status = 'ENDED'", {"valid_to": EARLY}),
    "plan_past_its_end": ("integration_plan", _IN_FORCE, {"valid_to": TODAY - timedelta(days=1)}),
    "plan_beyond_maximum": ("integration_plan", _IN_FORCE, {"valid_to": LATE}),
    "plan_before_assessment": ("integration_plan", "EXISTS (SELECT 1 FROM assessment a WHERE a.id = assessment_id AND a.completed_on IS NOT NULL)", {"drawn_up_date": EARLY}),
    "plan_without_goal": ("goal", _OF_IN_FORCE, "none left"),
    "plan_without_service": ("planned_service", _OF_IN_FORCE, "none left"),
    "plan_ended_without_reason": ("integration_plan", "status = 'ENDED'", {"end_reason": None}),
    "service_ends_before_begins": ("service_participation", "started_on IS NOT NULL", {"ended_on": EARLY}),
    "interruption_ends_before_begins": ("service_interruption", "1 = 1", {"to_on": EARLY}),
    "record_of_another_client": ("goal", "1 = 1", {"plan_id": "OTHER CLIENT"}),
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def own_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    server: Postgres | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    app = register_of_its_own(request.param, tmp_path_factory.mktemp("sanity"), server)
    with working(app) as session:
        client = session.scalars(select(Client).order_by(Client.id)).first()
        assert client is not None
        session.add(
            ResponsibilityPeriod(
                client_id=client.id, org_id=client.org_id, responsible="MUNI", starts_on=client.relationship_started, reason="DEFAULT"
            )
        )
        session.commit()
    return app


@pytest.fixture
def session(own_app: Flask) -> Iterator[Session]:
    with working(own_app) as found:
        yield found
        found.rollback()


def counts(session: Session) -> dict[str, int]:
    run_checks(session, TODAY)
    found: dict[str, int] = {}
    for one in findings(session):
        found[one.check] = found.get(one.check, 0) + one.count
    return found


def plant(session: Session, name: str, condition: str, change: dict[str, object] | str) -> None:
    table: Table = Model.metadata.tables[name]
    row = session.execute(select(table).where(text(condition)).order_by(table.c.id).limit(1)).mappings().one()
    if change == "twice":
        numbered = {"ordinal": row["ordinal"] + 1} if "ordinal" in row else {}
        session.execute(insert(table).values(**{**row, **numbered, "id": "1" * 36}))
        return
    if change == "none left":
        session.execute(delete(table).where(table.c.plan_id == row["plan_id"]))
        return
    assert isinstance(change, dict)
    other = {column: _other(session, table, column, row) for column, value in change.items() if value == "OTHER"}
    other |= {column: _of_another_client(session, table, column, row) for column, value in change.items() if value == "OTHER CLIENT"}
    session.execute(update(table).where(table.c.id == row["id"]).values(**{**change, **other}))


def _other(session: Session, table: Table, column: str, row: object) -> object:
    """Give another value of a column that is taken somewhere in the table; of a worker one who has no right in the organisation."""
    if column == "responsible_worker_id":
        rights = select(AccessGrant.user_id).where(AccessGrant.organisation_id == row["org_id"])  # type: ignore[index]
        return session.scalars(select(AccessGrant.user_id).where(AccessGrant.user_id.not_in(rights)).order_by(AccessGrant.user_id)).first()
    return session.scalars(select(table.c[column]).where(table.c[column] != row[column]).order_by(table.c[column])).first()  # type: ignore[index]


def _of_another_client(session: Session, table: Table, column: str, row: object) -> object:
    """Give the key of another client's row in the table that the column leads to."""
    (key,) = table.c[column].foreign_keys
    other = key.column.table
    return session.scalars(select(key.column).where(other.c.client_id != row["client_id"]).order_by(key.column)).first()  # type: ignore[index]


def test_the_invented_register_breaks_nothing(session: Session) -> None:
    assert set(counts(session)) <= WAITS_FOR_A_WORKER


@pytest.mark.parametrize("key", CHECKS)
def test_one_row_that_breaks_a_check_is_found(session: Session, key: str) -> None:
    before = counts(session).get(key, 0)
    plant(session, *BREAKS[key])
    assert counts(session).get(key, 0) == before + 1


def test_each_kind_of_reference_to_another_clients_record_is_counted(session: Session) -> None:
    org = session.scalars(select(Client.org_id).join(IntegrationPlan, IntegrationPlan.client_id == Client.id).order_by(Client.id)).first()
    of_org = f"client_id IN (SELECT id FROM client WHERE org_id = '{org}')"
    plant(session, "integration_plan", f"assessment_id IS NOT NULL AND {of_org}", {"assessment_id": "OTHER CLIENT"})
    assert counts(session)["record_of_another_client"] == 1
    plant(session, "plan_review", of_org, {"plan_id": "OTHER CLIENT"})
    # A row of a table that holds no organisation is told to its client's.
    plant(session, "client_membership", f"is_owner AND {of_org}", {"participation_id": "OTHER CLIENT"})
    run_checks(session, TODAY)
    session.expire_all()
    assert [one.count for one in findings(session, org) if one.check == "record_of_another_client"] == [3]


def test_every_reference_between_records_of_clients_is_gone_through() -> None:
    """The keys are found here another way than in the check: one by one through the mapped classes."""
    statement = " ".join(str(CHECKS["record_of_another_client"].rows(TODAY)).split())
    of_clients = {mapper.local_table for mapper in Model.registry.mappers if "client_id" in mapper.local_table.c}
    keys = [(column, key.column) for table in of_clients for column in table.c for key in column.foreign_keys if key.column.table in of_clients]
    assert len(keys) >= 25
    for column, target in keys:
        joined = rf"FROM {column.table.name} JOIN {target.table.name} AS (\w+) ON \1\.{target.name} = {column.table.name}\.{column.name} "
        assert re.search(joined, statement), f"{column} -> {target}"


def test_each_check_has_an_owner_and_both_languages() -> None:
    assert len(CHECKS) >= 15 and set(BREAKS) == set(CHECKS)
    assert {check.owner for check in CHECKS.values()} <= {one.code for one in values("ROLE")}
    assert all(check.fi and check.sv and check.text("sv") != check.text("fi") for check in CHECKS.values())


def test_what_was_found_is_told_of_each_organisation_and_goes_when_it_is_set_right(session: Session) -> None:
    org = session.scalars(select(Client.org_id).where(Client.relationship_ended.is_not(None))).first()
    session.execute(update(Client).where(Client.org_id == org, Client.relationship_ended.is_not(None)).values(end_reason=None))
    run_checks(session, TODAY)
    (found,) = [one for one in findings(session, org) if one.check == "client_ended_without_reason"]
    assert found.count >= 1 and found.organisation_id == org
    session.execute(update(Client).where(Client.relationship_ended.is_not(None)).values(end_reason="OTHER"))
    run_checks(session, TODAY)
    session.expire_all()
    assert "client_ended_without_reason" not in {one.check for one in findings(session)}


def test_fields_that_an_organisation_never_fills_are_told(session: Session) -> None:
    org = session.scalars(select(Client.org_id).group_by(Client.org_id).order_by(func.count().desc())).first() or ""
    session.execute(update(Client).where(Client.org_id == org).values(phone=None))
    session.execute(update(Client).where(Client.org_id == org).values(gender="FEMALE"))
    assert count_fills(session) > 50
    names = [one.field for one in never_filled(session, org, least_rows=5)]
    assert "client.phone" in names and "client.gender" not in names
    row = session.get_one(ReportFill, (org, "client.gender"))
    assert row.filled == row.rows == session.scalar(select(func.count()).select_from(Client).where(Client.org_id == org))
