"""`imports profile FILE`: what a source holds, before anything is brought. Needs no database of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup, with_appcontext

from app.imports.profiling.profile import as_document, profile
from app.imports.profiling.telling import trouble_document, with_reasons
from app.imports.reading.choices import DELIMITERS, ENCODINGS, Choices
from app.imports.reading.reader import Address, read

_NAMES = {"semicolon": ";", "comma": ",", "tab": "\t", "bar": "|"}
assert set(_NAMES.values()) == set(DELIMITERS)  # noqa: S101


@click.command("profile")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="The encoding of a text file, instead of the guess.")
@click.option("--delimiter", type=click.Choice(list(_NAMES)), help="What separates the cells of a text file, instead of the guess.")
@click.option("--header-row", type=click.IntRange(1), help="The row that names the columns, as a spreadsheet shows its number.")
@click.option("--sheet", "sheets", multiple=True, help="A sheet to read; all without.")
@click.option("--leave-out", multiple=True, help="A column that is not brought.")
@click.option("--fill-short-rows", is_flag=True, help="Rows with fewer cells than columns are filled up.")
@click.option("--database", help="Instead of FILE: a file that holds the SQLAlchemy address on its first line, and the query after it.",
              type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@with_appcontext
def imports_profile(file: Path | None, as_json: bool, database: Path | None, **given: Any) -> None:
    """Tell what stands in the columns of FILE. Exit 1 with reasons when it cannot be read."""
    if (file is None) == (database is None):
        raise click.UsageError("name a file, or give --database")
    choices = Choices(
        encoding=given["encoding"], delimiter=_NAMES.get(given["delimiter"]), header_row=given["header_row"], sheets=given["sheets"],
        leave_out=given["leave_out"], fills_short_rows=given["fill_short_rows"],
    )  # fmt: skip
    source = file or _address(database)
    found = profile(read(source, choices=choices))
    document = with_reasons(as_document(found, trouble_document))
    document["reasons"] = [trouble_document(one) for one in found.reasons]
    click.echo(json.dumps(document, ensure_ascii=False) if as_json else in_words(document))
    if not found.end.complete:
        raise SystemExit(1)


def _address(database: Path | None) -> Address:
    """Read an address from a file: it holds a password, and an argument would stand in the list of processes."""
    url, _line, query = (database.read_text(encoding="utf-8") if database else "").partition("\n")
    return Address(url.strip(), query.strip())


def in_words(document: dict[str, Any]) -> str:
    """Tell the profile as lines of text."""
    lines = [f"rows: {document['rows']}, stopped: {document['stopped_rows']}, complete: {'yes' if document['ok'] else 'no'}"]
    for sheet in document["sheets"]:
        about = ", ".join(str(one) for one in (sheet["kind"], sheet["encoding"], sheet["delimiter"] and repr(sheet["delimiter"])) if one)
        lines.append(f"{sheet['name']} ({about}), header on row {sheet['header_row']}, rows: {sheet['rows']}")
        for column in sheet["columns"]:
            odd = ", ".join(f"{one['code']} {one['count']}" for one in column["suspicions"])
            lines.append(f"  {column['name']:<30} {column['type']:<15} {column['fill_rate']:>6.0%}  {column['samples'][:2]}  {odd}")
    for one in document["findings"]:
        lines.append(f"{one['tier']:<11} {one['code']:<20} {one['sheet']} row {one['row']} column {one['column_name'] or one['column']}: {one['reason']['fi']}")
    return "\n".join(lines)


def add_commands(group: AppGroup) -> None:
    """Put the command under `imports`."""
    group.add_command(imports_profile)
