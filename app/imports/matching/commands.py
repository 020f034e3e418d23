"""The command `imports ask-others`."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app.db.base import db
from app.imports.matching.asking import ask_everywhere


@click.command("ask-others")
@with_appcontext
def ask_others_now() -> None:
    """Ask other municipalities about the next clients of signed moves, each organisation at the pace of KOTO_NEW_CLIENT_RATE_LIMIT."""
    found = ask_everywhere(db.session, current_app.config["NEW_CLIENT_RATE_LIMIT"])
    click.echo(f"asked: {found['asked']}")


def add_commands(group: AppGroup) -> None:
    """Put the command under `imports`."""
    group.add_command(ask_others_now)
