"""`rights explain`: the chain from a person to a client for the operator and for other programs."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.access.actor import system_scope
from app.access.membership import ClientMembership
from app.audit.record import record_event
from app.codes.lists import label
from app.db.base import db
from app.db.types import is_id
from app.explanations.queries import Link, chain_of, relations_of
from app.explanations.rules import Refusal, Relation
from app.organisations.models import Organisation
from app.users.queries import user_by_name


@click.command("explain")
@click.argument("username")
@click.argument("client_id")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def explain(username: str, client_id: str, as_json: bool) -> None:
    """Tell why a person sees a client today, or which link is missing. Exit 1 when there is no such person or client."""
    if not is_id(client_id):
        raise click.UsageError("CLIENT_ID is the client's key, a UUID in small letters")
    with system_scope():
        owner = db.session.scalar(select(ClientMembership.organisation_id).where(ClientMembership.client_id == client_id, ClientMembership.is_owner))
        user = user_by_name(db.session, username)
        reasons = [text for text, is_missing in (("no such user", user is None), ("no such client", owner is None)) if is_missing]
        if user is None or owner is None:
            click.echo(json.dumps({"ok": False, "reasons": reasons}) if as_json else "\n".join(reasons), err=not as_json)
            raise SystemExit(1)
        links = chain_of(db.session, user, relations_of(db.session, client_id, owner), date.today())
        record_event(db.session, "explanation:read", client_ids=[client_id], row_id=client_id, purpose="CONTROLLER")
        found = as_document(user.username, client_id, links)
        db.session.commit()
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else _told(found))


def as_document(username: str, client_id: str, links: list[Link]) -> dict[str, Any]:
    """Give the chain as JSON; `refusal` names the first missing link of the person's best right, None when one opens the client."""
    may_see = any(link.refusal is None for link in links)
    first = links[0].refusal if links else Refusal.NO_RIGHT
    return {
        "user": username, "client": client_id, "on": date.today().isoformat(), "may_see": may_see, "refusal": _coded("ACCESS_REFUSAL", first),
        "rights": [_right(link) for link in links],
    }  # fmt: skip


def _coded(name: str, code: str | None) -> dict[str, str] | None:
    return {"code": str(code), "fi": label(name, code, "fi"), "sv": label(name, code, "sv")} if code else None


def _named(organisation: Organisation | None) -> dict[str, str] | None:
    return {"code": organisation.code, "fi": organisation.name_fi, "sv": organisation.name_sv} if organisation else None


def _right(link: Link) -> dict[str, Any]:
    grant, local = link.grant, link.grant.local_role
    return {
        "role": grant.role, "local_role": {"fi": local.name_fi, "sv": local.name_sv} if local else None, "organisation": _named(link.organisation),
        "basis": _coded("GRANT_BASIS", grant.basis), "task": grant.task, "granted_by": _named(link.grantor),
        "from": grant.valid_from.isoformat(), "to": grant.valid_to.isoformat() if grant.valid_to else None,
        "relation": _relation(link.relation), "opens_client": link.refusal is None, "refusal": _coded("ACCESS_REFUSAL", link.refusal),
    }  # fmt: skip


def _relation(relation: Relation | None) -> dict[str, Any] | None:
    if relation is None:
        return None
    return {
        "kind": "OWN" if relation.is_owner else "SHARED", "purpose": _coded("AUDIT_PURPOSE", relation.purpose),
        "from": relation.valid_from.isoformat(), "to": relation.valid_to.isoformat() if relation.valid_to else None,
    }  # fmt: skip


def _told(found: dict[str, Any]) -> str:
    lines = [f"may see: {'yes' if found['may_see'] else 'no'}"]
    for right in found["rights"] or [{"refusal": found["refusal"]}]:
        if right.get("role"):
            relation = right["relation"]
            lines.append(f"{right['role']} in {right['organisation']['fi']}, basis {right['basis']['code']}, {right['from']} - {right['to'] or ''}, "
                         f"relation {relation['kind'] if relation else 'none'}")
        lines.append("  opens the client" if right["refusal"] is None else f"  {right['refusal']['code']}")
    return "\n".join(lines)
