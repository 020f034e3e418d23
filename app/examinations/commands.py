"""The command of the examination: `log-examination run`, once a day beside `rights upkeep`."""

from __future__ import annotations

import json
from datetime import date, datetime

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app.access.actor import system_scope
from app.audit.access import audit_engine
from app.codes.lists import label
from app.examinations.run import run_rules

log_examination = AppGroup("log-examination", help="Go through the audit log by the organisations' rules.")


@log_examination.command("run")
@click.option("--json", "as_json", is_flag=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day it is done for, which is not gone through itself; today without it.")
def run(as_json: bool, on: datetime | None) -> None:
    """Go through the days that no run has gone through, and tell how many findings each kind of rule made."""
    day = on.date() if on else date.today()
    with system_scope(), Session(audit_engine()) as session:
        made = run_rules(session, day)
    if as_json:
        click.echo(json.dumps({"on": day.isoformat(), "findings": made}, ensure_ascii=False))
        return
    for kind, number in made.items():
        click.echo(f"{kind} ({label('LOG_RULE', kind, 'en')}): {number}")
    if not made:
        click.echo("nothing new to go through")
