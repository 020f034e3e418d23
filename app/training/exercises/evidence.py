"""What an exercise is checked from: the deeds of the trainee and the records as they stand, in the trainee's own scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.training.exercises.deeds import Deed, deeds_of
from app.training.exercises.place import Place

# So many of the latest rows of a kind are looked at, so that trying again and again costs no more than trying a few times.
ROWS = 12


@dataclass
class Evidence:
    """The deeds since an attempt began, read once for all steps, and the rows they touched."""

    session: Session
    place: Place
    user_id: int
    since: datetime
    today: date
    deeds: list[Deed] = field(default_factory=list)

    def read(self, names: Iterable[str]) -> Evidence:
        """Read the deeds of these names; before this there are none."""
        wanted = sorted(set(names))
        self.deeds = deeds_of(self.session, self.user_id, self.place.organisations, self.since, wanted) if wanted else []
        return self

    def of(self, names: tuple[str, ...]) -> list[Deed]:
        """Give the deeds of these names, newest first."""
        return [deed for deed in self.deeds if deed.name in names]

    def rows(self, model: Any, names: tuple[str, ...]) -> list[Any]:
        """Give the rows that deeds of these names touched, as they stand, the one touched last first; what is out of sight is left out."""
        keys = list(dict.fromkeys(deed.row_id for deed in self.of(names) if deed.row_id))[:ROWS]
        if not keys:
            return []
        found = {row.id: row for row in self.session.scalars(select(model).where(model.id.in_(keys)))}
        return [found[key] for key in keys if key in found]

    def made(self, model: Any) -> list[Any]:
        """Give the rows that the trainee has made in the place since, newest first: of what a job goes on with afterwards."""
        own = (model.created_by == self.user_id) & (model.created_at >= self.since) & model.org_id.in_(self.place.organisations)
        return list(self.session.scalars(select(model).where(own).order_by(model.created_at.desc()).limit(ROWS)))

    def parts(self, model: Any, column: Any, key: str) -> list[Any]:
        """Give the rows of a model that point at a row by a column."""
        return list(self.session.scalars(select(model).where(column == key)))

    def has(self, model: Any, *where: Any) -> bool:
        """Tell whether there is a row of a model."""
        return self.session.scalars(select(model.id).where(*where).limit(1)).first() is not None

    def client(self, row: Any) -> Client:
        """Give the client of a row."""
        return self.session.get_one(Client, row.client_id)


# Step by step: whom or what it was done for → the reason why it was done wrongly, None where it was done rightly.
Found = Mapping[str, str | None]
