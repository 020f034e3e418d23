"""What the child does: raises the walls, opens the source, tells what it holds. Every end is an orderly one that can be."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any, BinaryIO, cast

from app.imports.reading.archives import tables_in
from app.imports.reading.choices import Choices
from app.imports.reading.delimited import read_delimited
from app.imports.reading.json_documents import read_json
from app.imports.reading.json_lines import read_json_lines
from app.imports.reading.kinds import ending_fits, kind_of
from app.imports.reading.limits import Limits
from app.imports.reading.messages import Trouble
from app.imports.reading.opening import Source
from app.imports.reading.teller import Stopped, Teller
from app.imports.reading.walls import forbid, leave_the_network, limit
from app.imports.reading.workbooks import read_workbook


def work(request: dict[str, Any]) -> None:
    """Read the source of a request."""
    limits = Limits(**request["limits"])
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in request["choices"].items()}
    choices = Choices(**given)
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="ascii", newline="\n", write_through=False)
    teller = Teller(out, choices, limits, whole=request["whole"])
    try:
        limit(limits.memory_bytes, limits.cpu_seconds, writes_files=request["url"] is not None)
        if request["url"] is not None:
            # Only a database needs drivers, and a way out.
            from app.imports.reading.databases import read_database

            read_database(request["url"], request["query"], request["name"], teller)
        else:
            leave_the_network()
            forbid()
            path = Path(request["path"])
            read_source(Source(request["name"], lambda: path.open("rb")), teller)
        teller.finish()
    except Stopped as stopped:
        teller.stop(stopped.trouble)
    except MemoryError:
        teller.stop(Trouble(code="TOO_MUCH_MEMORY", sheet=request["name"]))
    except BrokenPipeError:
        sys.exit(0)
    except BaseException:
        # A panic of a parser written in Rust is no Exception.
        teller.stop(Trouble(code="READER_STOPPED", sheet=request["name"]))


def read_source(source: Source, teller: Teller) -> None:
    """Read a file by its kind; an archive is the files in it."""
    kind = kind_of(source)
    if not ending_fits(source, kind):
        teller.trouble("WRONG_EXTENSION", sheet=source.name, value=source.suffix)
    if kind != "zip":
        _read(source, kind, teller)
        return
    before = teller.sheets
    parts = tables_in(source, teller)
    for part in parts:
        _read_part(part, teller, several=len(parts) > 1)
    if teller.sheets == before:
        raise Stopped("NO_TABLE", sheet=source.name)


def _read_part(part: Source, teller: Teller, several: bool) -> None:
    """Read a file of an archive. A picture or a letter beside the tables is told of and passed over; a table that is broken stops the whole."""
    try:
        kind = kind_of(part)
    except Stopped as stopped:
        if stopped.trouble.code in ("WRONG_FORMAT", "EMPTY_FILE"):
            teller.trouble("SKIPPED_ENTRY", sheet=part.name, value=stopped.trouble.value)
            return
        raise
    if kind == "zip":
        raise Stopped("NESTED_ARCHIVE", sheet=part.name)
    if kind in ("xlsx", "ods"):
        with part.open() as file:
            content = file.read(teller.limits.workbook_bytes)
        part = Source(part.name, lambda: cast(BinaryIO, io.BytesIO(content)))
    _read(part, kind, teller, f"{part.name} " if several else "")


def _read(source: Source, kind: str, teller: Teller, prefix: str = "") -> None:
    if kind in ("xlsx", "ods"):
        read_workbook(source, teller, kind, prefix)
    elif kind == "json":
        read_json(source, teller)
    elif kind == "json_lines":
        read_json_lines(source, teller)
    else:
        read_delimited(source, teller)


