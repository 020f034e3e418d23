"""The gate to figures for a page of many: the same answers as `figures` gives one by one, from four statements whatever their number."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from app.reports.figures import Question, Table, Viewer, answer, wanted_by
from app.reports.periods import Closed
from app.reports.reading import Together


def many(
    session: Session,
    viewer: Viewer,
    questions: Sequence[Question],
    resting: Collection[Question] | None = None,
    closed: Sequence[Closed] | None = None,
) -> list[Table]:
    """Answer questions for a viewer, in their order. Raises NotForViewerError if one of them is not for the viewer.

    Only the answers to `resting`, or all without it, say what they rest on: the others have neither `cut_off` nor `completeness`.
    `closed` is every period that is closed, when it has been read already.
    """
    once = dict.fromkeys(questions)
    said = questions if resting is None else resting
    reading = Together(session, viewer.protection, [wanted_by(question) for question in once], {wanted_by(question) for question in said}, closed)
    answers = {question: answer(reading, viewer, question) for question in once}
    return [answers[question] for question in questions]
