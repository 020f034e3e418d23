"""Rows as the engine builds them from a file, and a session that asks no database."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.clients.models import Client
from app.db.types import new_id
from app.imports.laws.broken import Broken, broken_laws
from app.imports.laws.derive import derive
from app.imports.specification.catalogue import catalogue

TODAY = date(2026, 11, 26)
ORGANISATION = "11111111-1111-4111-8111-111111111111"
CLIENT = {
    "family_name": "Esimerkki", "given_names": "Elli", "no_identity_code_reason": "PENDING", "birth_date": date(1990, 5, 14), "citizenship": "UA", "mother_tongue": "uk",
    "service_language": "fi", "home_municipality_id": ORGANISATION, "relationship_started": date(2024, 1, 10), "org_id": ORGANISATION,
}  # fmt: skip
PLAN = {
    "drawn_up_date": date(2025, 3, 1), "valid_from": date(2025, 3, 1), "valid_to": date(2026, 2, 28), "planned_review_date": date(2025, 8, 20), "follow_up": "x", "authors": "x",
    "agreed_on": date(2025, 3, 1), "ended_on": date(2026, 2, 28), "end_reason": "OTHER", "onward_guidance": "x",
}  # fmt: skip
ASSESSMENT = {"ground": "A1", "started_on": date(2025, 1, 15), "completed_on": date(2025, 2, 20), "outcome": "PLAN", "language": "fi", "plan_planned_on": date(2025, 3, 1)}


class Bringing:
    """One client's rows, brought one after another into a session."""

    def __init__(self, session: Session | None = None, today: date = TODAY) -> None:
        self.session, self.today, self.more = session or Session(), today, list[Any]()

    def row(self, entity: str, **values: Any) -> Any:
        """Build a row and derive it."""
        model = next(one.model for one in catalogue() if one.key == entity)
        item = model(**{"id": new_id(), **values})
        self.more += derive(self.session, entity, item, today=self.today)
        return item

    def client(self, **values: Any) -> Client:
        """Bring the client, whom nothing is wrong with."""
        self.client_row: Client = self.row("client", **{**CLIENT, **values})
        return self.client_row

    def under(self, entity: str, **values: Any) -> Any:
        """Build and derive a row of the client's own."""
        return self.row(entity, client_id=self.client_row.id, **values)

    def asked(self, entity: str, item: Any) -> list[Broken]:
        """Ask the laws of a derived row."""
        return broken_laws(self.session, entity, item, today=self.today)

    def brought(self, entity: str, **values: Any) -> tuple[Any, list[tuple[str | None, str, bool]]]:
        """Build and derive a row of the client's own, ask the laws, and give both."""
        item = self.under(entity, **values)
        return item, [(one.field, one.rule, one.stops) for one in self.asked(entity, item)]

    def part(self, entity: str, **values: Any) -> tuple[Any, list[tuple[str | None, str, bool]]]:
        """The same of a row that names a parent instead of the client."""
        item = self.row(entity, **values)
        return item, [(one.field, one.rule, one.stops) for one in self.asked(entity, item)]
