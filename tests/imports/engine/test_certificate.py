"""The certificate says what came in, checked against what stands here; it is signed once, and then the originals go."""

from __future__ import annotations

import json
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from pypdf import PdfReader
from sqlalchemy import select

from app.access.actor import acting_scope
from app.db.base import db
from app.imports.certificate.actions import answer, certificate_of, clear_everywhere, document_of, kept_until, make, sign
from app.imports.certificate.comparing import SAMPLES, compare
from app.imports.certificate.models import ImportCertificate
from app.imports.certificate.paper import certificate_pdf, parts
from app.imports.engine.steps import NotNowError
from app.imports.models import ImportBatch, ImportFile
from tests.imports.engine.bringing import TODAY, Bringer, client_row


def permit(key: str, client: str, days: int) -> dict[str, Any]:
    """Give a first permit of which the three years of § 20.3 end in so many days."""
    ends = TODAY + timedelta(days=days)
    return {"source_key": key, "client_id": client, "kind": "PERMIT", "ground": "P87", "granted_date": ends.replace(year=ends.year - 3, day=min(ends.day, 28)).isoformat(), "is_first": "1"}


def made(bringer: Bringer, batch: ImportBatch) -> tuple[ImportCertificate, dict[str, Any]]:
    db.session.rollback()
    certificate = make(db.session, batch, TODAY)
    return certificate, document_of(certificate)


@pytest.fixture
def batch(bringer: Bringer) -> ImportBatch:
    rows = {
        "client": [client_row("1", phone="040 1"), client_row("2"), client_row("3", birth_date="31.2.1990")],
        "residence_basis": [permit("p", "1", -40), permit("q", "2", 20)],
    }
    return bringer.brought(rows)


def test_it_counts_compares_and_tells_what_waits(bringer: Bringer, batch: ImportBatch) -> None:
    with acting_scope(bringer.scope):
        _certificate, found = made(bringer, batch)
        assert found["counts"]["entities"] == {"client": {"in": 3, "created": 2, "stopped": 1}, "residence_basis": {"in": 2, "created": 2}}
        assert [(one["code"], one["findings"]) for one in found["left_out"] if one["tier"] == "stop-row"] == [("BAD_DATE", 1)]
        assert found["compared"]["client"]["fields"]["phone"] == {"in": 1, "same": 1, "otherwise": 0}
        assert found["compared"]["client"]["is_same"] and found["compared"]["residence_basis"]["is_same"]
        assert {name: [(one["rule"], one["number"]) for one in rules] for name, rules in found["in_flight"].items()} == {"late": [("R05", 1)], "soon": [("R05", 1)]}
        assert len(found["samples"]) == 4
        assert "Keksitty" not in json.dumps(found)


def test_a_value_that_was_changed_here_breaks_the_checksum_of_its_entity_alone(bringer: Bringer, batch: ImportBatch) -> None:
    with acting_scope(bringer.scope):
        bringer.clients()[0].phone = "040 2"
        db.session.commit()
        _certificate, found = made(bringer, batch)
        assert found["compared"]["client"]["fields"]["phone"] == {"in": 1, "same": 0, "otherwise": 1}
        assert (found["compared"]["client"]["is_same"], found["compared"]["residence_basis"]["is_same"]) == (False, True)


def test_it_is_signed_when_every_sample_was_looked_at_and_never_again(bringer: Bringer, batch: ImportBatch) -> None:
    with acting_scope(bringer.scope):
        certificate, found = made(bringer, batch)
        with pytest.raises(NotNowError, match="SAMPLES_WAIT"):
            sign(db.session, batch, certificate)
        for sample in found["samples"]:
            answer(db.session, certificate, sample["row"], agrees=True)
        sign(db.session, batch, certificate)
        assert batch.status == "SIGNED"
        with pytest.raises(NotNowError, match="SIGNED"):
            sign(db.session, batch, certificate)
        bringer.clients()[0].phone = "040 2"
        db.session.commit()
        assert document_of(make(db.session, batch, TODAY))["compared"] == found["compared"]
        with pytest.raises(NotNowError, match="NEEDS_LEAVE"):
            bringer.work(batch, "undo")


def test_the_originals_go_when_their_time_is_up(bringer: Bringer, batch: ImportBatch) -> None:
    with acting_scope(bringer.scope):
        certificate, found = made(bringer, batch)
        for sample in found["samples"]:
            answer(db.session, certificate, sample["row"], agrees=True)
        sign(db.session, batch, certificate)
        file = db.session.scalars(select(ImportFile).where(ImportFile.batch_id == batch.id)).one()
        path = bringer.instance / "imports" / file.id
        last = kept_until(batch.signed_at)  # type: ignore[arg-type]
        clear_everywhere(db.session, last)
        assert path.exists()
        assert clear_everywhere(db.session, last + timedelta(days=1)) >= 1
        assert not path.exists()
        assert clear_everywhere(db.session, last + timedelta(days=1)) == 0


def test_any_row_is_as_likely_a_sample_as_another(bringer: Bringer) -> None:
    batch = bringer.brought({"client": [client_row(str(number)) for number in range(60)]})
    with acting_scope(bringer.scope):
        drawn = [sample["number"] for seed in range(60) for sample in compare(db.session, batch, Random(seed)).samples]
    assert len(drawn) == 60 * SAMPLES
    assert {drawn.count(number) > 5 for number in range(2, 62)} == {True}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_paper_says_the_same_in_each_language(moving_app: Flask, bringer: Bringer, batch: ImportBatch, language: str, tmp_path: Any) -> None:
    with acting_scope(bringer.scope), moving_app.test_request_context(), force_locale(language):
        _certificate, found = made(bringer, batch)
        path = tmp_path / "todistus.pdf"
        path.write_bytes(certificate_pdf(found))
        text = " ".join("".join(page.extract_text() for page in PdfReader(path).pages).split())
        for part in parts(found):
            assert part.title in text
        assert found["files"][0]["sha256"][:20] in text.replace(" ", "")
        assert certificate_of(db.session, batch) is not None
