"""The reminder on an invented client: some have one, most of those with a day."""

from __future__ import annotations

from datetime import date, timedelta

from app.clients.reminders import ClientReminder
from app.demo.draw import Draw, working_day
from app.demo.families import Person
from app.demo.path import Path
from app.demo.rows import ClientRows
from app.demo.source import texts

_SHARE, _WITH_DAY = 0.16, 0.7


def add_reminder(rows: ClientRows, draw: Draw, person: Person, path: Path, on: date) -> None:
    """Add a reminder to some of the clients who are still served."""
    if path.stage in ("CLOSED", "PLAN_ENDED") or not draw.chance(_SHARE):
        return
    due = working_day(on + timedelta(days=draw.number(-6, 40))) if draw.chance(_WITH_DAY) else None
    written = "sv" if person.language == "sv" else "fi"
    rows.add(ClientReminder, draw.between(path.contact, on), content=draw.one(texts("reminder", written)), due_on=due)
