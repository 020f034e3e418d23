"""Walks the cells of the access matrix: sends each request, and gives what was answered otherwise than declared."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.access.actor import system_scope
from app.db.base import db
from app.directories.models import Directory, DirectoryGroup
from app.imports.models import ImportFile, ImportFinding, ImportSheet
from app.users.models import LocalRole
from tests.support.app import Browser
from tests.support.matrix import Cell, Reader, cells, foreign_words
from tests.support.specimens import Specimen, directory_of, file_of, finding_of, group_of, keep_row, models_of_clients, role_of, sheet_of


def walk(app: Flask, owner: Flask, browser: Browser, reader: Reader, specimens: dict[tuple[str, str], Specimen],
         wanted: Any = lambda cell: True) -> tuple[int, list[Any]]:  # fmt: skip
    """Send every wanted cell of a reader; gives their number and (cell, status, foreign words) of each that went wrong."""
    words, wrong, number = foreign_words(reader, specimens), [], 0
    for cell in cells(app, reader, specimens):
        if not wanted(cell):
            continue
        number += 1
        path = cell.path
        is_form = not path.startswith("/api/")
        body: dict[str, Any] = {} if cell.method == "GET" else {"data": _form(cell)} if is_form else {"json": {}}
        answer = browser.client.open(path, method=cell.method, **body)
        leaked = [word for word in words if word.encode() in answer.data]
        if cell.deletes and answer.status_code < 400:
            _plant_again(owner, cell, specimens)
        if answer.status_code not in cell.expected or leaked:
            wrong.append((cell.method, path, cell.relation, cell.kind, answer.status_code, sorted(cell.expected), leaked))
    return number, wrong


def _form(cell: Cell) -> dict[str, Any]:
    """Send what opens the most: every row by the search, the whole list in a file, all rows ticked."""
    if cell.endpoint.endswith(".search"):
        return {"q": "kanarialintu"}
    return {"form": "csv"} if cell.endpoint.endswith(".export") else {"confirmed": ""}


def _plant_again(owner: Flask, cell: Cell, specimens: dict[tuple[str, str], Specimen]) -> None:
    """Put back, under the same keys, the rows of the specimen that the request deleted."""
    key = cell.path.rsplit("/", 1)[1]
    (_name, kind), specimen = next(item for item in specimens.items() if key in item[1].keys.values())
    with owner.app_context(), system_scope():
        first = {model.__table__: specimen.keys[model.__tablename__] for model in models_of_clients()}
        for model in models_of_clients():
            wanted = specimen.keys[model.__tablename__]
            if db.session.get(model, wanted) is None:
                keep_row(db.session, model, specimen, kind, first)
        for model, remade in ((LocalRole, role_of), (Directory, directory_of), (DirectoryGroup, group_of), (ImportFile, file_of), (ImportSheet, sheet_of), (ImportFinding, finding_of)):
            wanted = specimen.keys.get(model.__tablename__)
            if wanted is not None and db.session.get(model, wanted) is None:
                db.session.add(remade(specimen))
                db.session.flush()
        db.session.commit()


def canaries(specimens: dict[tuple[str, str], Specimen]) -> set[str]:
    """Give every word that stands in a row of a client, for what must hold none at all."""
    return {word for specimen in specimens.values() for word in (specimen.word, specimen.secret)}
