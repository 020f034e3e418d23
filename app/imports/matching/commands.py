"""The command `imports ask-others`, for a timer."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from app.access.actor import Scope, acting_scope, system_scope
from app.db.base import db
from app.imports.matching.asking import ask_next
from app.imports.matching.models import ImportQuestion


@click.command("ask-others")
@with_appcontext
def ask_others_now() -> None:
    """Ask other municipalities about the next clients of signed moves, each organisation at the pace of KOTO_NEW_CLIENT_RATE_LIMIT."""
    with system_scope():
        organisations = db.session.scalars(select(ImportQuestion.org_id).where(ImportQuestion.asked_at.is_(None)).distinct()).all()
        db.session.rollback()
    for organisation in sorted(organisations):
        with acting_scope(Scope(organisation)):
            asked = ask_next(db.session, organisation, current_app.config["NEW_CLIENT_RATE_LIMIT"])
            db.session.commit()
        click.echo(f"{organisation} asked: {asked}")


def add_commands(group: AppGroup) -> None:
    """Put the command under `imports`."""
    group.add_command(ask_others_now)
