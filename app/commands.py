"""Commands of the operator: `security sync`, `reference load`, `demo load`, `demo figures`, `demo accounts`, `rights upkeep`, `rights explain`, `mail send`; the log,
the accounts, the clients, the time limits and the plans have their own.
"""

from __future__ import annotations

import json
from datetime import date, datetime

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.access.actor import system_scope
from app.clients.commands import clients
from app.db.base import db
from app.db.mark import ForeignDatabaseError, write_mark
from app.demo.accounts import DEMO_PASSWORD, accounts, load_accounts
from app.demo.examinations import load_examinations
from app.demo.figures import ask_figures, load_figures
from app.demo.load import load_clients
from app.examinations.commands import log_examination
from app.explanations.commands import explain
from app.imports.commands import imports
from app.jobs.commands import jobs
from app.logs.commands import audit
from app.mail.send import send_due
from app.obligations.commands import deadlines
from app.organisations.load import load_organisations
from app.plans.commands import plans
from app.reports.commands import reports
from app.responsibility.commands import responsibility
from app.retention.commands import retention
from app.rights.upkeep import upkeep
from app.rollout.commands import rollout
from app.rollout.deriving import derive as derive_rollout
from app.training.exercises.commands import public_key
from app.training.places.commands import training
from app.transfers.commands import organisations, transfers
from app.users.commands import users
from app.users.sync import sync_security
from app.work_queue.commands import work_queue

security, reference, demo, rights, mail = (AppGroup(name) for name in ("security", "reference", "demo", "rights", "mail"))


@security.command("sync")
def security_sync() -> None:
    """Write views, permissions and roles of this release into the database, and mark it as this environment's."""
    with system_scope():
        try:
            write_mark(db.session, current_app.config["KOTO"])
        except ForeignDatabaseError as error:
            raise click.UsageError(str(error)) from error
        click.echo(f"roles: {sync_security(current_app)}")


@reference.command("load")
def reference_load() -> None:
    """Bring the organisations up to date; loading again changes nothing."""
    with system_scope():
        click.echo(f"organisations: {load_organisations(db.session)}")


@demo.command("load")
@click.option("--clients", default=2000, type=click.IntRange(0, 1_000_000))
@click.option("--seed", default=1, type=int)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day the data are of; today without it.")
def demo_load(clients: int, seed: int, on: datetime | None) -> None:
    """Load invented clients and the demo accounts; the same seed and day give the same clients."""
    if not current_app.config["KOTO"].has_invented_persons_only:
        raise click.ClickException("production takes no invented clients")
    with system_scope():
        load_accounts(db.session)
        click.echo(f"clients: {load_clients(db.session, clients, seed, on.date() if on else None)}")
        load_examinations(db.session, on.date() if on else date.today())
        derive_rollout(db.session, on.date() if on else date.today())
        click.echo(f"periods of figures for the worker: {ask_figures(db.session, on.date() if on else date.today())}")


@demo.command("figures")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day they are of; today without it.")
def demo_figures(on: datetime | None) -> None:
    """Write the figures of invented clients and close what has ended, without the worker; takes minutes."""
    if not current_app.config["KOTO"].has_invented_persons_only:
        raise click.ClickException("production closes a period when its time has come")
    with system_scope():
        click.echo(f"periods of figures: {load_figures(db.session, on.date() if on else date.today())}")


@demo.command("accounts")
@click.option("--json", "as_json", is_flag=True)
def demo_accounts(as_json: bool) -> None:
    """List the demo accounts."""
    with system_scope():
        found = accounts(db.session)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(f"Demo accounts, password {DEMO_PASSWORD}")
    for account in found:
        click.echo(f"  {account['username']:<10} {account['role']:<14} {account['organisation']} ({account['language']})")


@rights.command("upkeep")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day it is done for; today without it.")
def rights_upkeep(on: datetime | None) -> None:
    """Remind of rights that end, ask for confirmation, end what is unused or unconfirmed; once a day."""
    with system_scope():
        for what, number in sorted(upkeep(db.session, on.date() if on else date.today()).items()):
            click.echo(f"{what}: {number}")


@mail.command("send")
def mail_send() -> None:
    """Send the letters that are due; run it every minute."""
    settings = current_app.config["KOTO"].smtp
    if current_app.config["KOTO"].is_training:
        raise click.ClickException("the training environment sends no letters: they are read on its pages")
    if settings is None:
        raise click.ClickException("KOTO_SMTP_URL is not set: letters wait in the outbox")
    with system_scope():
        for state, number in sorted(send_due(db.session, settings).items()):
            click.echo(f"{state}: {number}")


def register_commands(app: Flask) -> None:
    """Add the command groups to `flask`."""
    rights.add_command(explain)
    training.add_command(public_key)
    for group in (
        security,
        reference,
        demo,
        rights,
        mail,
        training,
        audit,
        users,
        clients,
        log_examination,
        deadlines,
        plans,
        work_queue,
        transfers,
        organisations,
        responsibility,
        retention,
        rollout,
        imports,
        jobs,
        reports,
    ):
        app.cli.add_command(group)
