"""Over every view of records: what the record's page hides is hidden in its history too, whoever reads, and a foreign record has none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.history.record import is_kept
from tests.support.app import Browser, make_app, prepare
from tests.support.matrix import READERS, Reader, foreign_words
from tests.support.specimens import Specimen, add_readers, models_of_clients, plant

Specimens = dict[tuple[str, str], Specimen]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Specimens]:
    """Rows of every relation and kind, each text of which has been changed once."""
    folder: Path = tmp_path_factory.mktemp("history-masks")
    app = make_app(folder)
    prepare(app, 0)
    add_readers(app)
    specimens = plant(app)
    with app.app_context(), system_scope():
        for specimen in specimens.values():
            for model in (Client, *models_of_clients()):
                row = db.session.get(model, specimen.keys[model.__tablename__]) if is_kept(model) else None
                for column in model.__table__.columns if row is not None else ():
                    value = getattr(row, column.key)
                    if isinstance(value, str) and value in (specimen.word, specimen.secret):
                        setattr(row, column.key, f"{value}2"[: getattr(column.type, "length", None) or 200])
        db.session.commit()
    return app, specimens


def views(app: Flask) -> list[Any]:
    found = [view for view in app.appbuilder.baseviews if "can_history" in (view.base_permissions or ())]  # type: ignore[attr-defined]
    assert len(found) > 12
    return found


@pytest.mark.parametrize("reader", [reader for reader in READERS if reader.role in ("CASEWORKER", "TEAM_LEAD")], ids=lambda reader: str(reader.username))
def test_history_tells_each_reader_what_the_record_tells(planted: tuple[Flask, Specimens], reader: Reader) -> None:
    app, specimens = planted
    browser, told = Browser(app).sign_in(str(reader.username)), 0
    # What is restricted is opened on a page of its own, and nowhere else.
    words = [*foreign_words(reader, specimens), *(specimen.secret for (_name, kind), specimen in specimens.items() if kind == "restricted")]
    for view in views(app):
        table = view.datamodel.obj.__tablename__
        for (name, kind), specimen in specimens.items():
            if name == "ended":
                continue
            is_own = reader.relation(name) == "own"
            for query in ("", "?earlier=1") if is_own else ("",):
                answer = browser.get(f"{view.route_base}/history/{specimen.keys[table]}{query}")
                assert answer.status_code == (200 if is_own else 404), (table, name, kind, query)
                assert [word for word in words if word in answer.text] == [], (table, name, kind, query)
                told += specimen.word in answer.text
    # Whoever reads history reads what was written: a page that shows nothing would hide everything well.
    assert told > 40
