"""Clients found by a text with no list around them: whom the search of the list finds, the best first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, literal
from sqlalchemy.orm import Session, load_only

from app.access.visibility import prepare
from app.clients.matches import likeness, score
from app.clients.models import Client
from app.clients.queries import key_in
from app.clients.views import ClientView
from app.web.listing import counted, listed
from app.web.search import containing

TOLD_AT_MOST = 50
# So many are scored. Those who have every word as a whole name are read first, so that more hits than this leave out the distant ones.
_SCORED_AT_MOST = 1000
_READ = load_only(
    Client.family_name, Client.given_names, Client.call_name, Client.birth_date, Client.home_municipality_id, Client.org_id, Client.non_disclosure
)


@dataclass(frozen=True)
class Hit:
    """A client, how near the names are to what was sought, 100 for a key, and why the client was found."""

    client: Client
    score: int
    because: str


@dataclass(frozen=True)
class Hits:
    """The best hits, how many there are as lists count them, and in what the text was looked for."""

    best: list[Hit]
    count: int
    criteria: tuple[str, ...]


def clients_like(session: Session, view: ClientView, text: str) -> Hits | None:
    """Give the clients of the scope in force that the list of `view` shows for a text; None where its reader has nothing to search by."""
    narrowed = view.narrowed_by(listed(Client), text)
    if narrowed is None:
        return None
    query, criteria = narrowed
    count = int(session.scalar(counted(Client, query)) or 0)
    is_key = key_in(text, date.today()) is not None
    clients = list(session.scalars(_ordered(query, [] if is_key else view.search_words(text))))
    ranked = sorted(clients, key=lambda client: (-_score(client, text, is_key), -likeness(text, _names(client)), client.name, client.id))
    best = ranked[:TOLD_AT_MOST]
    prepare(best)
    return Hits([Hit(client, _score(client, text, is_key), view.match_of(client, text)) for client in best], count, criteria)


def _ordered(query: Select[Any], words: list[str]) -> Select[Any]:
    padded = literal(" ") + Client.search_name + literal(" ")
    has_whole = [and_(*(containing(padded, f" {word} ") for word in words)).desc()] if words else []
    return query.options(_READ).order_by(*has_whole, Client.search_name, Client.id).limit(_SCORED_AT_MOST)


def _names(client: Client) -> tuple[str | None, ...]:
    return client.family_name, client.given_names, client.call_name


def _score(client: Client, text: str, is_key: bool) -> int:
    return 100 if is_key else score(text, _names(client))
