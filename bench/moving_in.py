"""What a move costs beside COPY and a plain script, and whether it grows with its rows: `python -m bench.moving_in [ROWS …]`.

On a private PostgreSQL, as the serving role. A client has a permit and three language skills, so five rows make one client.
COPY writes the same rows into the same tables as their owner, indexes and keys in place and without policies; the plain script inserts them
in batches of a thousand with SQLAlchemy's Core. Neither reads a file, checks anything, or leaves a trace. Growth is told by the clock and by the
processor's time of this process and the server, which a busy machine moves less.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from hashlib import md5
from pathlib import Path
from time import perf_counter
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, insert, select, text

from app.access.actor import Scope, acting_scope, system_scope
from app.db.base import Model, db
from app.db.types import new_id, now
from app.imports.engine.counts import counts_of
from app.imports.engine.entities import by_key
from app.imports.engine.mapping_of import map_sheet
from app.imports.engine.opening import open_file
from app.imports.engine.runs import run
from app.imports.engine.staging import stage
from app.imports.engine.storing import keep_file
from app.imports.mapping.mapping import Mapping, Source
from app.imports.models import ImportBatch, ImportSheet, json_list
from app.organisations.load import load_organisations
from app.organisations.models import organisation_key
from tests.support.app import MIGRATIONS, make_app
from tests.support.postgres import Postgres

SIZES, MOST_GROWTH, OF_A_CLIENT = (10_000, 100_000), 1.15, 5
HERE = organisation_key("MUNICIPALITY", "009")
TABLES = ("client", "client_membership", "residence_basis", "language_skill")
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
Rows = dict[str, list[dict[str, Any]]]


def _timed(work: Callable[[], Any]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def processor_seconds(server: Postgres) -> float:
    """Give the processor's time of this process and of the server, backends that have ended included."""
    first = int((server.folder / "data/postmaster.pid").read_text().split()[0])
    ticks = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(place.parent.name) == first:
            ticks += sum(int(field) for field in fields[11:15])
        elif int(fields[1]) == first:
            ticks += sum(int(field) for field in fields[11:13])
    own = os.times()
    return ticks / os.sysconf("SC_CLK_TCK") + own.user + own.system


def name_of(number: int) -> str:
    """Give a name that is like no other: what is alike waits for a person."""
    return md5(str(number).encode(), usedforsecurity=False).hexdigest().translate(_LETTERS)[:12].capitalize()


def birth_date_of(number: int) -> date:
    """Give a birth date: as in a country, about one in thirty thousand shares it, and neighbours in the file do not."""
    return date(1940, 1, 1) + timedelta(days=number * 7919 % 29_989)


def plain_rows(clients: int) -> Iterator[Rows]:
    """Give the rows of a thousand clients at a time as their tables hold them."""
    stamp: dict[str, Any] = {"org_id": HERE, "created_at": now(), "changed_at": now(), "version": 1}
    for first in range(0, clients, 1000):
        made: Rows = {table: [] for table in TABLES}
        for number in range(first, min(first + 1000, clients)):
            key = new_id()
            made["client"].append({
                "id": key, "no_identity_code_reason": "PENDING", "family_name": name_of(number), "given_names": f"Henkilö{number}",
                "search_name": f"{name_of(number).lower()} henkilo{number}", "birth_date": birth_date_of(number), "citizenship": "SY",
                "mother_tongue": "ar", "service_language": "fi", "interpreter_needed": False, "non_disclosure": False, "home_municipality_id": HERE,
                "status": "INTAKE", "employment_status": "NOT_JOBSEEKER", "trafficking_victim": False, "relationship_started": date(2025, 2, 3), **stamp,
            })  # fmt: skip
            made["client_membership"].append(
                {
                    "id": new_id(),
                    "organisation_id": HERE,
                    "client_id": key,
                    "is_owner": True,
                    "purpose": "CONTROLLER",
                    "valid_from": date.today(),
                }
            )
            made["residence_basis"].append(
                {
                    "id": new_id(),
                    "client_id": key,
                    "kind": "PERMIT",
                    "ground": "P87",
                    "granted_date": date(2025, 5, 2),
                    "is_first": True,
                    "right_to_work": "UNLIMITED",
                    "source": "CLIENT",
                    **stamp,
                }
            )
            made["language_skill"] += [
                {
                    "id": new_id(),
                    "client_id": key,
                    "language": language,
                    "part": "ALL",
                    "level": "B1.1",
                    "basis": "WORKER",
                    "source": "CLIENT",
                    **stamp,
                }
                for language in ("ar", "fi", "en")
            ]
        yield made


def by_copy(clients: int) -> None:
    """Write the rows by COPY."""
    # COPY does not write where row-level security is forced.
    for table in TABLES:
        db.session.execute(text(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"))
    raw: Any = db.session.connection().connection.driver_connection
    with raw.cursor() as cursor:
        for made in plain_rows(clients):
            for table, rows in made.items():
                with cursor.copy(f"COPY {table} ({', '.join(rows[0])}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(tuple(row.values()))
    for table in TABLES:
        db.session.execute(text(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))
    db.session.commit()


def by_script(clients: int) -> None:
    """Write the rows by a plain script."""
    for made in plain_rows(clients):
        for table, rows in made.items():
            db.session.execute(insert(Model.metadata.tables[table]), rows)
        db.session.commit()


def source(path: Path, clients: int) -> None:
    """Write what an old system gives: a zip of CSV files."""
    lines: dict[str, tuple[str, Callable[[int], list[str]]]] = {
        "client": (
            "source_key;no_identity_code_reason;family_name;given_names;birth_date;citizenship;mother_tongue;service_language;home_municipality_id;relationship_started",
            lambda n: [
                f"{n};PENDING;{name_of(n)};{name_of(-n - 1)};{birth_date_of(n)};SY;ar;fi;009;2025-02-03"
            ],
        ),
        "residence_basis": ("source_key;client_id;kind;ground;granted_date;is_first", lambda n: [f"p{n};{n};PERMIT;P87;2025-05-02;1"]),
        "language_skill": (
            "source_key;client_id;language;level;basis",
            lambda n: [f"s{n}{language};{n};{language};B1.1;WORKER" for language in ("ar", "fi", "en")],
        ),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entity, (heading, rows) in lines.items():
            with archive.open(f"{entity}.csv", "w") as out:
                out.write(f"{heading}\n".encode())
                for number in range(clients):
                    out.write("".join(f"{row}\n" for row in rows(number)).encode())


def handed_in(path: Path) -> ImportBatch:
    """Hand the file in and map each heading to the field of its name."""
    batch = ImportBatch(name="Mittaus", product="Vanha", org_id=HERE)
    db.session.add(batch)
    db.session.flush()
    with path.open("rb") as stream:
        file = keep_file(db.session, batch, path.name, stream)
    if open_file(db.session, file) is None:
        raise AssertionError("the source cannot be read")
    for sheet in db.session.scalars(select(ImportSheet).where(ImportSheet.file_id == file.id)):
        entity = by_key()[sheet.name.split(".")[0]]
        map_sheet(db.session, sheet, Mapping(entity.key, tuple(Source(name, (name,)) for name in json_list(sheet.columns))))
    db.session.commit()
    return batch


def moved(path: Path, rows: int) -> dict[str, float]:
    """Move the file in; gives the seconds of each part."""
    seconds: dict[str, float] = {}
    made: list[ImportBatch] = []
    seconds["read"] = _timed(lambda: made.append(handed_in(path)))
    batch = made[0]
    seconds["lay down"] = _timed(lambda: stage(db.session, batch, date.today()))
    for work in ("rehearse", "commit"):
        seconds[work] = _timed(partial(run, db.session, batch, work, date.today()))
    counts = counts_of(db.session, batch)
    if counts.of("CREATED") != rows:
        raise AssertionError(f"{counts.as_document()}")
    return seconds


def one_size(server: Postgres, folder: Path, rows: int) -> tuple[float, float, dict[str, float], float]:
    """Measure COPY, the script and the move of so many rows, each on a database of its own; last the processor's seconds of the move."""
    clients = rows // OF_A_CLIENT
    name = server.new_database()
    owner, web = (make_app(folder, server.url(role, name)) for role in ("koto_owner", "koto_web"))
    _ready(owner)
    with owner.app_context(), system_scope():
        copied = _timed(lambda: by_copy(clients))
        _empty()
        written = _timed(lambda: by_script(clients))
        _empty()
    path = folder / f"siirto-{rows}.zip"
    source(path, clients)
    with web.app_context(), acting_scope(Scope(HERE)):
        before = processor_seconds(server)
        found = moved(path, rows)
        processor = processor_seconds(server) - before
        if db.session.scalar(select(func.count()).select_from(Model.metadata.tables["client"])) != clients:
            raise AssertionError("clients are missing")
        db.session.remove()
    return copied, written, found, processor


def _ready(owner: Flask) -> None:
    with owner.app_context(), system_scope():
        upgrade(directory=MIGRATIONS)
        load_organisations(db.session)


def _empty() -> None:
    db.session.execute(text(f"TRUNCATE {', '.join(TABLES)} CASCADE"))
    db.session.commit()


def main(sizes: tuple[int, ...] = SIZES) -> int:
    """Measure each size, print; 1 when a row of the largest costs more than `MOST_GROWTH` times one of the smallest by clock and by processor."""
    server, each, busy = Postgres(), list[float](), list[float]()
    server.start()
    print(f"{date.today()}, PostgreSQL, milliseconds a row of the whole move and its parts\n")
    print(
        "| rows | COPY | plain script | move | read | lay down | rehearse | commit | move / COPY | move / script | rows a second | processor | MB |\n|"
        + "---|" * 13
    )
    try:
        with tempfile.TemporaryDirectory() as folder:
            for rows in sizes:
                copied, written, found, processor = one_size(server, Path(folder), rows)
                whole = sum(found.values())
                each.append(whole / rows)
                busy.append(processor / rows)
                most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                numbers = [copied, written, whole, *found.values()]
                print(
                    f"| {rows} | "
                    + " | ".join(f"{1000 * number / rows:.3f}" for number in numbers)
                    + f" | {whole / copied:.1f} | {whole / written:.1f} | {rows / whole:.0f} | {1000 * processor / rows:.3f} | {most} |",
                    flush=True,
                )
    finally:
        server.stop()
    print(
        f"\nA row of the largest costs {each[-1] / each[0]:.2f} times one of the smallest by the clock, {busy[-1] / busy[0]:.2f} times by the processor."
    )
    return int(min(each[-1] / each[0], busy[-1] / busy[0]) > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main(tuple(int(word) for word in sys.argv[1:]) or SIZES))
