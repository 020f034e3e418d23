"""The command `imports spec`."""

from __future__ import annotations

from pathlib import Path

import click

from app.imports.specification.forms import FORMS, specification


@click.command("spec")
@click.option("--format", "form", type=click.Choice([*FORMS]), required=True)
@click.option("--lang", "language", type=click.Choice(["fi", "sv"]), required=True)
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="The file to write; standard output without it.")
def spec(form: str, language: str, out: Path | None) -> None:
    """Give what can be brought in: a workbook, a zip of CSV files, or a JSON Schema."""
    made = specification(form, language)
    if out:
        out.write_bytes(made)
    else:
        click.echo(made, nl=False)


def add_commands(group: click.Group) -> None:
    """Add the command to `imports`."""
    group.add_command(spec)
