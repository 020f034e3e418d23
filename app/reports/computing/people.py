"""Clients and reach, I01–I08."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.clients.models import Client
from app.reports.computing.question import Question
from app.reports.conditions import is_client
from app.reports.observation import Observation


def clients(asked: Question) -> Iterator[Observation]:
    """Count who has an open relationship on the last day (I01)."""
    wanted = select(Client.id).where(Client.org_id == asked.org_id, is_client(asked.day))
    for key in asked.session.scalars(wanted):
        yield Observation(asked.subjects[key])


COMPUTATIONS = {"I01": clients}
