"""The page of the certificate: made, compared, signed, taken along; nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from app.access.actor import acting_scope
from app.db.base import db
from app.imports.models import ImportBatch
from app.organisations.models import organisation_key
from tests.imports.engine.bringing import Bringer, client_row
from tests.support.app import Browser

VANTAA = organisation_key("MUNICIPALITY", "092")


@pytest.fixture
def batch_key(moving_app: Flask) -> Iterator[str]:
    # A request has a context of its own, so none may be open around it.
    with moving_app.app_context():
        bringer = Bringer(VANTAA, "Todistettava")
        key = bringer.brought({"client": [client_row("9001", phone="040 9001"), client_row("9002")]}).id
    yield key
    with moving_app.app_context():
        with acting_scope(bringer.scope):
            batch = db.session.get_one(ImportBatch, key)
            batch.status = "COMMITTED"
            db.session.commit()
        bringer.work(batch, "undo")


def test_a_lead_makes_compares_and_signs_it(moving_app: Flask, batch_key: str) -> None:
    bengt, address = Browser(moving_app).sign_in("bengt"), f"/imports/certificate/{batch_key}"
    assert "sample-" not in bengt.get(address).text
    assert bengt.post(f"{address}/make").status_code == 303
    page = bengt.get(address).text
    rows = set(re.findall(r'name="sample-([0-9a-f-]{36})"', page))
    assert len(rows) == 2 and "040 9001" in page
    assert f"{address}/sign" not in page
    bengt.post(f"{address}/sign")
    assert "jämför" in bengt.get(address).text.casefold()
    assert bengt.post(f"{address}/answer", **{f"sample-{batch_key}": "same"}).status_code == 400
    bengt.get(address)
    assert bengt.post(f"{address}/answer", **{f"sample-{row}": "same" for row in rows}).status_code == 303
    assert f"{address}/sign" in bengt.get(address).text
    assert bengt.post(f"{address}/sign").status_code == 303
    signed = bengt.get(address).text
    assert "Berg" in signed and f"{address}/answer" in signed and "disabled" in signed
    document = bengt.get(f"{address}/file/json").get_json()
    assert document["signed_at"] and [sample["agrees"] for sample in document["samples"]] == [True, True]
    assert bengt.get(f"{address}/file/pdf").data.startswith(b"%PDF")
    assert bengt.get(f"{address}/file/xml").status_code == 404


@pytest.mark.parametrize("username", ["aino", "cecilia", "eeva"])
def test_nobody_else_sees_it(moving_app: Flask, batch_key: str, username: str) -> None:
    assert Browser(moving_app).sign_in(username).get(f"/imports/certificate/{batch_key}").status_code in (403, 404)
