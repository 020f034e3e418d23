"""`imports certificate BATCH`, and `imports clear` for the timer."""

from __future__ import annotations

import json
import sys
from datetime import date

import click
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale

from app.access.actor import Scope, acting_scope
from app.db.base import db
from app.history.queries import names_of_people
from app.imports.certificate.actions import clear_everywhere, document_of, make
from app.imports.certificate.models import ImportCertificate
from app.imports.certificate.paper import certificate_pdf
from app.imports.engine.steps import NotNowError
from app.imports.models import ImportBatch


def signer_of(certificate: ImportCertificate) -> str:
    """Give the name of who signed, nothing before that."""
    return names_of_people(db.session, {certificate.signed_by}).get(certificate.signed_by, "") if certificate.signed_by else ""


@click.command("certificate")
@click.argument("batch")
@click.option("--format", "form", type=click.Choice(["json", "pdf"]), default="json", show_default=True)
@click.option("--lang", "language", type=click.Choice(["fi", "sv"]), default="fi", show_default=True)
@with_appcontext
def imports_certificate(batch: str, form: str, language: str) -> None:
    """Write the certificate of BATCH to standard output; until it is signed it is made anew. Exit 1 before the batch is moved in."""
    found = db.session.get(ImportBatch, batch)
    if found is None:
        raise click.BadParameter("no batch has this key", param_hint="BATCH")
    with acting_scope(Scope(found.org_id)):
        try:
            certificate = make(db.session, found, date.today())
        except NotNowError as error:
            raise click.ClickException(str(error)) from error
        document, signer = document_of(certificate), signer_of(certificate)
        db.session.rollback()
    if form == "json":
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    with force_locale(language):
        sys.stdout.buffer.write(certificate_pdf(document, signer))


@click.command("clear")
@with_appcontext
def imports_clear() -> None:
    """Take away the originals of batches that were signed or undone long enough ago."""
    click.echo(f"files removed: {clear_everywhere(db.session, date.today())}")


def add_commands(group: AppGroup) -> None:
    """Put the commands under `imports`."""
    group.add_command(imports_certificate)
    group.add_command(imports_clear)
