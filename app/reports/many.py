"""The gate to figures for a page of many: the same answers as `figures` gives one by one, from four statements whatever their number."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.reports.figures import Question, Table, Viewer, answer, wanted_by
from app.reports.reading import Together


def many(session: Session, viewer: Viewer, questions: Sequence[Question]) -> list[Table]:
    """Answer questions for a viewer, in their order. Raises NotForViewerError if one of them is not for the viewer."""
    reading = Together(session, viewer.protection, [wanted_by(question) for question in questions])
    return [answer(reading, viewer, question) for question in questions]
