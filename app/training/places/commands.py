"""`flask training`: load the invented country, make a place, bring the invented records to the day."""

from __future__ import annotations

from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup

from app.demo.load import load_clients
from app.jobs.access import as_system
from app.organisations.load import load_organisations
from app.training.places.actions import ask_place, begin_world, load_place
from app.training.places.job import register_loading
from app.training.places.renewal import renew
from app.training.places.staff import code_of
from app.users.queries import user_by_name

training = AppGroup("training", help="The training environment.")
register_loading()


def _only_where_invented() -> None:
    if not current_app.config["KOTO"].has_invented_persons_only:
        raise click.ClickException("production takes no invented clients")


@training.command("prepare")
@click.option("--clients", default=400, type=click.IntRange(0, 100_000), help="How many live in the invented country around the places.")
@click.option("--seed", default=1, type=int)
def prepare(clients: int, seed: int) -> None:
    """Load the invented country in which the places stand; again it adds only what is missing."""
    _only_where_invented()
    with as_system() as session:
        load_organisations(session)
        begin_world(session, date.today())
        click.echo(f"clients: {load_clients(session, clients, seed)}")


@training.command("place")
@click.argument("username")
@click.option("--reset", is_flag=True, help="Empty the place and load its cast anew.")
def place(username: str, reset: bool) -> None:
    """Make the training place of a person, or load it anew."""
    _only_where_invented()
    with as_system() as session:
        user = user_by_name(session, username)
        if user is None:
            raise click.ClickException(f"there is no account {username}")
        found = ask_place(session, user.id)
        if found.made_at is None or reset:
            load_place(session, found)
        session.commit()
        click.echo(f"place: {code_of(found.seed)}")


@training.command("renew")
def renew_now() -> None:
    """Bring every invented record to the day, as the worker does nightly."""
    # It moves every record of the database: what is invented for a demonstration stays of its day.
    if not current_app.config["KOTO"].is_training:
        raise click.ClickException("only the training environment ages a day a day")
    with as_system() as session:
        told = renew(session, date.today())
        session.commit()
        click.echo(f"days: {told['days']}")
