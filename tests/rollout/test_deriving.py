"""What rights, moves and plans show of the rollout is seen each night, and what is not so any more is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select, update

from app.clients.models import Client
from app.db.types import new_id
from app.imports.models import UNDONE, ImportBatch, ImportChange
from app.organisations.models import organisation_key
from app.plans.models import IntegrationPlan
from app.rights.models import RightApplication
from app.rollout.deriving import derive
from app.rollout.models import RolloutStep
from app.rollout.queries import ALAND, places
from app.rollout.stages import STEPS, Stage
from app.users.models import AccessGrant
from tests.support.figures import register_of_its_own, working
from tests.support.postgres import Postgres

TODAY, HERE = date.today(), organisation_key("MUNICIPALITY", "005")
MORNING = datetime(2026, 10, 5, 6, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def session(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    server: Postgres | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    with working(register_of_its_own(request.param, tmp_path_factory.mktemp("rollout"), server)) as found:
        # A municipality without anything.
        found.execute(update(Client).where(Client.org_id == HERE).values(org_id=organisation_key("MUNICIPALITY", "092")).execution_options(synchronize_session=False))
        found.execute(update(IntegrationPlan).where(IntegrationPlan.org_id == HERE).values(org_id=organisation_key("MUNICIPALITY", "092")).execution_options(synchronize_session=False))
        found.commit()
        yield found


def seen(session: Any, org_id: str = HERE) -> dict[str, date]:
    derive(session, TODAY)
    session.expire_all()
    rows = session.scalars(select(RolloutStep).where(RolloutStep.org_id == org_id))
    return {row.stage: row.seen_on for row in rows if row.seen_on}


def test_each_organisation_gets_its_stages_once(session: Any) -> None:
    derive(session, TODAY)
    number = session.scalar(select(func.count()).select_from(RolloutStep))
    assert number > 300 * len(STEPS) - 200
    assert derive(session, TODAY) == {"made": 0, "changed": 0}
    assert session.scalar(select(func.count()).select_from(RolloutStep)) == number


def test_rights_moves_and_plans_show_their_stages(session: Any) -> None:
    assert seen(session) == {}
    user = session.scalar(select(User.id).where(User.username == "aino"))
    grant = AccessGrant(id=new_id(), user_id=user, organisation_id=HERE, role="CASEWORKER", basis="TASKS", valid_from=date(2026, 9, 1))
    session.add(grant)
    assert seen(session) == {}, "a right that nobody has opened is no user"
    grant.opened_at = MORNING
    assert seen(session) == {"USERS_NAMED": date(2026, 9, 1)}

    batch = ImportBatch(id=new_id(), org_id=HERE, name="Siirto", product="Vanha", staged_at=MORNING, rehearsed_at=MORNING)
    session.add(batch)
    assert seen(session).keys() == {"USERS_NAMED", "EXTRACTED", "REHEARSED"}
    batch.signed_at = datetime(2026, 10, 9, 22, 30, tzinfo=UTC)
    # Half past ten in the evening at Greenwich is the next day in Finland.
    assert seen(session)["MOVED"] == date(2026, 10, 10)

    plan = session.scalar(select(IntegrationPlan).where(IntegrationPlan.status == "IN_FORCE"))
    before, plan.org_id, plan.created_at = plan.org_id, HERE, MORNING
    change = ImportChange(id=new_id(), batch_id=batch.id, org_id=HERE, position=1, bundle=1, kind=ImportChange.CREATED, entity="integration_plan",
                          row_id=plan.id, client_id=plan.client_id, content="{}")  # fmt: skip
    session.add(change)
    assert "IN_USE" not in seen(session), "a plan that was moved in is no work done here"
    session.delete(change)
    assert seen(session)["IN_USE"] == date(2026, 10, 5)

    plan.org_id, batch.status = before, UNDONE
    assert seen(session).keys() == {"USERS_NAMED", "IN_USE"}, "an undone move is taken back, and that work began here stays"


def test_a_certificate_that_came_with_a_granted_application_shows_training(session: Any) -> None:
    user = session.scalar(select(User.id).where(User.username == "aino"))
    application = RightApplication(
        id=new_id(), user_id=user, organisation_id=HERE, grantor_id=HERE, role="CASEWORKER", task="Arvioinnit", basis="B1", valid_from=TODAY, valid_to=TODAY, language="fi",
        training_done_on=TODAY, trained_on=date(2026, 9, 15), training_path="WORKER",
    )  # fmt: skip
    session.add(application)
    assert "TRAINED" not in seen(session), "an application that waits shows nothing"
    application.state = "GRANTED"
    assert seen(session)["TRAINED"] == date(2026, 9, 15)


def test_what_people_tell_stays_theirs(session: Any) -> None:
    step = session.scalar(select(RolloutStep).where(RolloutStep.org_id == HERE, RolloutStep.stage == "INFORMED"))
    step.told_on = date(2026, 2, 2)
    seen(session)
    assert step.told_on == date(2026, 2, 2) and step.reached_on == date(2026, 2, 2)


def test_the_municipalities_of_aland_follow_an_act_of_their_own(session: Any) -> None:
    found = [one for one in places(session, TODAY) if one.organisation.kind == "MUNICIPALITY"]
    assert len(found) == 292
    assert not [one for one in found if one.organisation.region_code == ALAND]
    here = next(one for one in found if one.organisation.id == HERE)
    assert here.progress.stage(TODAY) == Stage.IN_USE
