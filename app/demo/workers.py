"""Who answers for which client, and the invented colleagues of the cast; nobody can sign in as a colleague."""

from __future__ import annotations

from dataclasses import dataclass

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.draw import Draw

# user name, given name, family name; all are caseworkers of Vantaa.
COLLEAGUES = (
    ("liisa.laine", "Liisa", "Laine"), ("mikko.mattila", "Mikko", "Mattila"), ("nina.nyberg", "Nina", "Nyberg"),
    ("olli.ojala", "Olli", "Ojala"), ("riikka.rinne", "Riikka", "Rinne"), ("stefan.sandell", "Stefan", "Sandell"),
    ("tiina.tuomi", "Tiina", "Tuomi"), ("yrjo.ylitalo", "Yrjö", "Ylitalo"),
)  # fmt: skip
_AINO_SHARE, _AINO_NUMBERS = 0.17, 2000  # Her share of the first clients: about forty, in an installation of any size.
_CECILIA_SHARE, _COLLEAGUES_SHARE = 0.6, 0.75


@dataclass(frozen=True)
class Worker:
    """A person who answers for clients."""

    id: int
    name: str


def workers(session: Session) -> dict[str, Worker]:
    """Give the cast and their colleagues by user name, as far as they have accounts."""
    rows = session.execute(select(User.username, User.id, User.first_name, User.last_name).order_by(User.id))
    known = {"aino", "cecilia", *(row[0] for row in COLLEAGUES)}
    return {name: Worker(key, f"{first} {last}") for name, key, first, last in rows if name in known}


def responsible_worker(draw: Draw, found: dict[str, Worker], municipality_code: str, number: int) -> Worker | None:
    """Draw who answers for client `number`; None when nobody does yet or the municipality is not of the cast."""
    luck, colleague = draw.number(0, 999) / 1000, draw.one(COLLEAGUES)[0]
    if municipality_code == "638":
        return found.get("cecilia") if luck < _CECILIA_SHARE else None
    if municipality_code != "092":
        return None
    if luck < _AINO_SHARE:
        return found.get("aino" if number < _AINO_NUMBERS else colleague)
    return found.get(colleague) if luck < _COLLEAGUES_SHARE else None
