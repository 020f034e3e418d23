"""`clients search`: whom a person finds by a text, for the operator and for other programs."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any, NoReturn

import click
from flask import current_app, g
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app.access.actor import Actor, acting_scope, system_scope
from app.access.visibility import sight_of, visible_columns
from app.access.wall import arm
from app.audit.record import record_event
from app.clients.finding import Hit, clients_like
from app.clients.models import Client
from app.clients.protection import overlook_openings
from app.clients.queries import key_in
from app.clients.views import ClientView
from app.codes.keeping import keep_up_now
from app.db.base import db
from app.organisations.relations import municipality_name
from app.users.acting import Permissions, actor_of
from app.users.queries import grants_in_force, user_by_name
from app.web.base_api import json_of
from app.web.language import speaking
from app.web.search import as_sought

clients = AppGroup("clients", help="Find clients.")
_NEEDED = {("can_list", "ClientView"), ("can_search", "ClientView")}


@clients.command("search")
@click.argument("text")
@click.option("--as", "username", required=True, help="Whose right decides who is found; the log tells that person searched.")
@click.option("--json", "as_json", is_flag=True)
def search(text: str, username: str, as_json: bool) -> None:
    """Find clients by parts of the name in any spelling, identity code or date of birth (d.m.yyyy), the best first.

    TEXT is `-` to read it from standard input, which keeps it out of lists of processes and of earlier commands. Exit 1 with the reason when
    the person may not search.
    """
    view: ClientView = next(one for one in current_app.appbuilder.baseviews if type(one) is ClientView)  # type: ignore[attr-defined]
    sought = as_sought(sys.stdin.readline() if text == "-" else text)
    if not view.search_words(sought) and key_in(sought, date.today()) is None:
        raise click.UsageError("TEXT holds nothing that can be looked for")
    with system_scope():
        keep_up_now(db.session)
        actor, g.permissions = _acting(db.session, username)
    g.actor = actor
    with acting_scope(actor.scope), speaking(actor.language):
        arm(db.session)
        found = _searched(db.session, view, sought, actor)
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(map(_line, found)), nl=as_json or bool(found))


def _refuse(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    raise SystemExit(1)


def _acting(session: Session, username: str) -> tuple[Actor, Permissions]:
    """Give who a person is by the first of their rights in force that lets them search clients, the one used last before the others."""
    user: Any = user_by_name(session, username)
    if user is None:
        _refuse("no such user")
    # A program acts by its tokens, whose scopes are narrower than its right.
    grants = [grant for grant in grants_in_force(session, user.id, date.today()) if not grant.is_program]
    actors = [found for grant in grants if (found := actor_of(session, user.id, grant.id)) is not None]
    if not actors:
        _refuse("no right in force")
    searching = next((found for found in actors if found[1] >= _NEEDED), None)
    return searching or _refuse(f"may not search clients: {', '.join(sorted({actor.role for actor, _permissions in actors}))}")


def _searched(session: Session, view: ClientView, text: str, actor: Actor) -> list[dict[str, Any]]:
    """Give what is told of the clients found; the event of the search is kept first."""
    hits = clients_like(session, view, text)
    if hits is None:
        _refuse(f"may not search clients: {actor.role}")
    # Where a protected client lives is opened on the client's page only, for a reason and with an event.
    overlook_openings(hit.client for hit in hits.best)
    told = [_told(hit) for hit in hits.best]
    record_event(session, "client:searched", client_ids=[hit.client.id for hit in hits.best], criteria=hits.criteria, hits=hits.count)
    session.commit()
    return told


def _told(hit: Hit) -> dict[str, Any]:
    seen = visible_columns(hit.client, ("name", "birth_date"))
    values = {name: json_of(hit.client, name) if name in seen else None for name in ("name", "birth_date")}
    return {"id": hit.client.id, **values, "municipality": _municipality(hit.client), "score": hit.score, "matched_because": hit.because}


def _municipality(client: Client) -> str | None:
    sight = sight_of(client, "home_municipality_id")
    if not sight.is_whole:
        return None if sight.is_absent else str(sight.mask)
    return municipality_name(client.home_municipality_id)


def _line(told: dict[str, Any]) -> str:
    return f"{told['score']:>3}  {told['birth_date'] or '':<10}  {told['name'] or ''}  {told['municipality'] or ''}  {told['matched_because']}  {told['id']}"
