"""Clients and reach, I01–I08."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from app.clients.models import Client
from app.reports.computing.question import Question
from app.reports.observation import Observation


def clients(asked: Question) -> Iterator[Observation]:
    """Count who has an open relationship on the last day (I01)."""
    wanted = select(Client.id).where(
        Client.org_id == asked.org_id, Client.merged_into_id.is_(None), Client.relationship_started <= asked.day,
        or_(Client.relationship_ended.is_(None), Client.relationship_ended > asked.day),
    )  # fmt: skip
    for key in asked.session.scalars(wanted):
        yield Observation(asked.subjects[key])


COMPUTATIONS = {"I01": clients}
