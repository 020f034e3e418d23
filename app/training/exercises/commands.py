"""Commands of the training environment: `training public-key`."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core.training_code import public_key_of

@click.command("public-key")
@with_appcontext
def public_key() -> None:
    """Print what KOTO_TRAINING_CERTIFICATE_KEY is to be where the certificates of this environment are verified."""
    key = current_app.config["KOTO"].training_signing_key
    if not key:
        raise click.ClickException("Certificates are signed in the training environment only.")
    click.echo(public_key_of(key))
