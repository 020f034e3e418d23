"""`deadlines check` by night, and `deadlines preview` before a change of law; both read all clients, so they run as the owner."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from app.access.actor import system_scope
from app.db.base import db
from app.deadlines.commands import deadlines
from app.obligations.check import BATCH, check
from app.obligations.preview import Preview, preview

__all__ = ["deadlines"]

_ON = click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day it is done for; today without it.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@deadlines.command("check")
@_ON
@_JSON
@click.option("--repair", is_flag=True, help="Store what differs.")
@click.option("--batch", default=BATCH, type=click.IntRange(1, 10_000), help="Clients in one transaction.")
def deadlines_check(on: datetime | None, as_json: bool, repair: bool, batch: int) -> None:
    """Derive every client's time limits again and tell what is stored otherwise. Exit 1 when there were differences."""
    with system_scope():
        found = check(db.session, on.date() if on else date.today(), repair=repair, size=batch)
    if as_json:
        told = [{"rule": rule, "client_id": client} for client, rule in found.differences]
        click.echo(json.dumps({"clients": found.clients, "moved": found.moved, "differences": told, "repaired": repair}))
    else:
        for client, rule in found.differences:
            click.echo(f"{rule:<14} {client}")
        click.echo(f"clients: {found.clients}, moved by the days: {found.moved}, differences: {len(found.differences)}{', repaired' if repair else ''}")
    if found.differences:
        raise SystemExit(1)


@deadlines.command("preview")
@click.argument("rules", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_ON
@_JSON
def deadlines_preview(rules: Path, on: datetime | None, as_json: bool) -> None:
    """Tell what the rules of a file RULES would do to the register. Exit 1 with a reason when the file cannot be read."""
    try:
        with system_scope():
            found = preview(db.session, rules, on.date() if on else date.today())
    except (KeyError, ValueError, LookupError) as error:
        reason = f"{rules.name} is not a file of rules: {error}"
        click.echo(json.dumps({"ok": False, "reasons": [{"field": "", "reason": reason}]}) if as_json else reason, err=not as_json)
        raise SystemExit(1) from error
    click.echo(json.dumps(found.as_document()) if as_json else in_words(found))


def in_words(found: Preview) -> str:
    """Tell the effects as lines of text."""
    if not found.effects:
        return f"No time limit of the {found.clients} clients changes."
    lines = [f"Of {found.clients} clients:"]
    for rule, one in sorted(found.effects.items()):
        told = [(one.earlier, "fall due earlier"), (one.later, "fall due later"), (one.new, "begin"), (one.gone, "go away"), (one.becomes_overdue, "become overdue")]
        lines.append(f"{rule}: " + ", ".join(f"{number} {words}" for number, words in told if number))
    return "\n".join(lines)
