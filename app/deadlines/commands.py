"""`deadlines compute`: a client's time limits for the operator and for other programs, without a database."""

from __future__ import annotations

import json
from typing import BinaryIO

import click
from flask.cli import AppGroup

from app.deadlines.compute import compute
from app.deadlines.reading import read

deadlines = AppGroup("deadlines", help="Time limits of the law.")


@deadlines.command("compute")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def deadlines_compute(file: BinaryIO, as_json: bool) -> None:
    """Compute the time limits of a client from FILE, `-` for standard input. Exit 1 with reasons when the document cannot be read."""
    try:
        document = json.loads(file.read())
    except (ValueError, RecursionError):
        question, reasons = None, [{"field": "", "reason": "is not a JSON document"}]
    else:
        question, reasons = read(document)
    if question is None:
        told = "\n".join(f"{reason['field']} {reason['reason']}" for reason in reasons)
        click.echo(json.dumps({"ok": False, "reasons": reasons}, ensure_ascii=False) if as_json else told, err=not as_json)
        raise SystemExit(1)
    found = compute(question.facts, question.events, question.settings, question.as_of)
    if as_json:
        click.echo(json.dumps({"deadlines": [one.as_document() for one in found]}, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.due_on}  {one.rule:<4} {one.kind:<5} {one.state:<8} {one.section}")
