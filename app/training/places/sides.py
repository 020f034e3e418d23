"""What of a place's stories has two sides: the county that takes part, a transfer that waits for an answer, a pair that may be one person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.clients.models import Client
from app.demo.draw import Draw, working_day
from app.demo.source import texts
from app.demo.workers import Worker
from app.duplicates.models import ClientMerge, pair_of
from app.organisations.models import organisation_key
from app.participations.actions import membership_for
from app.participations.models import CountyStatement, Participation
from app.plans.models import IntegrationPlan
from app.training.places.models import TrainingPlace
from app.training.places.persons import client_key, mark_of
from app.training.places.stories import ALSO_INVITED, ASKED_FOR, INVITED, PROPOSED_PAIR, TAKES_PART
from app.transfers.actions import side_about
from app.transfers.models import TransferRequest
from app.transfers.rules import answer_due, place_of
from app.transfers.sections import stored

# The municipality of the invented country that asks for a client.
_OTHER = organisation_key("MUNICIPALITY", "638")


def add_sides(session: Session, place: TrainingPlace, worker: Worker, on: date) -> None:
    """Write them; the caller commits."""
    _add_county(session, place, TAKES_PART, "PLAN", worker, on, is_accepted=True)
    for key, matter in ((INVITED, "PLAN"), *ALSO_INVITED):
        _add_county(session, place, key, matter, worker, on, is_accepted=False)
    _add_transfer(session, place, on)
    _add_pair(session, place, worker, on)
    session.flush()


def _add_county(session: Session, place: TrainingPlace, key: str, matter: str, worker: Worker, on: date, *, is_accepted: bool) -> None:
    """Invite the county to the plan or the assessment of a client, for two months from now."""
    client_id, county, of_plan = client_key(place.seed, key), str(place.county_id), matter == "PLAN"
    model: Any = IntegrationPlan if of_plan else Assessment
    about = session.scalars(select(model.id).where(model.client_id == client_id)).one()
    draw = Draw(f"{mark_of(place.seed, key)}:county")
    invited = draw.at(on - timedelta(days=20 if is_accepted else 2))
    written = {"client_id": client_id, "created_by": worker.id, "changed_by": worker.id, "created_at": invited, "changed_at": invited}
    row = Participation(
        id=draw.key(), organisation_id=county, matter=matter, plan_id=about if of_plan else None, assessment_id=None if of_plan else about,
        profile="PLAN_AND_REVIEW_PART" if of_plan else "ASSESSMENT_PART", purpose=f"{matter}_PARTICIPATION",
        reason=texts("participation", "fi")[0], may_contribute=True, valid_to=on + timedelta(days=60), org_id=place.municipality_id,
        accepted_at=invited + timedelta(hours=3) if is_accepted else None, accepted_by=worker.id if is_accepted else None, **written,
    )  # fmt: skip
    member = membership_for(row, invited.date())
    member.id = draw.key()
    session.add_all([row, member])
    if is_accepted:
        session.add(CountyStatement(id=draw.key(), participation=row, stated_on=invited.date(), content=texts("statement", "fi")[0], org_id=county, **written))


def _add_transfer(session: Session, place: TrainingPlace, on: date) -> None:
    """Let the other municipality have asked for a client who has moved there; this one is to answer."""
    draw, sent = Draw(f"{mark_of(place.seed, ASKED_FOR)}:transfer"), working_day(on - timedelta(days=2))
    client, own = session.get_one(Client, client_key(place.seed, ASKED_FOR)), str(place.municipality_id)
    moment = draw.at(sent)
    row = TransferRequest(
        id=draw.key(), way="REQUESTED", status="SENT", from_id=own, to_id=_OTHER, sections=stored(()), consent_on=sent,
        consent_language=client.service_language, sent_on=sent, waits_for_id=own, due_on=answer_due(sent, None), org_id=_OTHER,
        created_at=moment, changed_at=moment,
    )  # fmt: skip
    row.place = place_of(row.status, row.due_on, row.ended_on)
    session.add(row)
    session.flush()
    for organisation in (own, _OTHER):
        side: Any = side_about(client)
        side.id, side.transfer_id, side.organisation_id = draw.key(), row.id, organisation
        side.client_id = client.id if organisation == own else None
        session.add(side)


def _add_pair(session: Session, place: TrainingPlace, worker: Worker, on: date) -> None:
    kept, other = (client_key(place.seed, key) for key in PROPOSED_PAIR)
    draw = Draw(f"{mark_of(place.seed, PROPOSED_PAIR[0])}:pair")
    moment = draw.at(on - timedelta(days=2))
    session.add(ClientMerge(
        id=draw.key(), client_id=kept, other_id=other, pair_key=pair_of(kept, other), status="PROPOSED", reason=texts("pair:reason", "fi")[0],
        org_id=place.municipality_id, created_by=worker.id, changed_by=worker.id, created_at=moment, changed_at=moment,
    ))  # fmt: skip
