"""Migration lead: a move rehearsed, committed, certified and undone."""

from __future__ import annotations

import json
from typing import Any

from app.imports.certificate.models import ImportCertificate
from app.imports.models import ImportBatch, ImportFile, ImportFinding
from app.imports.workspace.finding_labels import TIERS_OF
from app.training.exercises.evidence import Evidence
from app.training.exercises.exercise import Exercise
from app.training.exercises.steps import Rule, deed, row_made

_LEAD, _MOVES = ("TEAM_LEAD",), "/imports/list/"
_STOPS = (*TIERS_OF["FILE"], *TIERS_OF["ROW"])


def _has_no_stops(found: Evidence, batch: Any) -> bool:
    """Tell whether the last rehearsal found nothing that stops a row or a file; what an earlier one found goes with it unless somebody has closed it."""
    return not found.has(ImportFinding, ImportFinding.batch_id == batch.id, ImportFinding.tier.in_(_STOPS), ImportFinding.closed_because.is_(None))


def _agrees(found: Evidence, batch: Any) -> bool:
    answers = [said for row in found.parts(ImportCertificate, ImportCertificate.batch_id, batch.id) for said in json.loads(row.answers).values()]
    return all(answers)


_NO_STOPS = Rule("STOPS_LEFT", _has_no_stops)

EXERCISES = (
    Exercise("X40", _LEAD, "74.2", _MOVES, (
        row_made("BATCH_ADDED", ImportBatch),
        deed("FILE_ADDED", "import:added", ImportFile, key="batch_id"),
        row_made("REHEARSED", ImportBatch, _NO_STOPS, done=lambda row: row.rehearsed_at is not None),
    )),
    Exercise("X41", _LEAD, "74.2, 76.1", _MOVES, (
        row_made("COMMITTED", ImportBatch, Rule("STOPS_CONFIRMED", lambda _found, row: not row.is_confirmed), _NO_STOPS,
                 done=lambda row: row.committed_at is not None),
    )),
    Exercise("X42", _LEAD, "78.2", _MOVES, (
        deed("CERTIFIED", "import:certified", ImportBatch, key="id"),
        deed("SIGNED", "import:signed", ImportBatch, Rule("SAMPLE_DIFFERS", _agrees), key="id"),
    )),
    Exercise("X43", _LEAD, "78.2", _MOVES, (
        row_made("UNDONE", ImportBatch, Rule("SIGNED_UNDONE", lambda _found, row: row.signed_at is None), done=lambda row: row.undone_at is not None),
    )),
)  # fmt: skip
