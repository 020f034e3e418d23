"""`rollout derive` and `rollout show`."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click
from flask.cli import AppGroup, with_appcontext

from app.access.actor import system_scope
from app.db.base import db
from app.rollout.checklist import last_day
from app.rollout.deriving import derive
from app.rollout.queries import places
from app.rollout.rules import worries

rollout = AppGroup("rollout", help="Taking the system into use, organisation by organisation.")


@rollout.command("derive")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def rollout_derive(as_json: bool) -> None:
    """See in rights, moves and plans how far each organisation has come."""
    with system_scope():
        told = derive(db.session, date.today())  # type: ignore[arg-type]
    click.echo(json.dumps(told) if as_json else f"{told['made']} stages made, {told['changed']} changed")


@rollout.command("show")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def rollout_show(as_json: bool) -> None:
    """Tell the stage, the next step and the worries of each organisation."""
    today = date.today()
    last = last_day(today)
    with system_scope():
        found: list[dict[str, Any]] = [
            {
                "kind": one.organisation.kind, "code": one.organisation.code, "name": one.organisation.name_fi, "stage": one.progress.stage(today),
                "next": one.progress.next(today), "worries": worries(one.progress, today, last),
                "reached": {stage: day.isoformat() for stage, day in one.progress.reached.items()},
            }
            for one in places(db.session, today)  # type: ignore[arg-type]
        ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one['kind']:<16} {one['code']:<5} {one['name']:<28} {one['stage']:<12} {', '.join(one['worries'])}")
