"""Every computation by the id of its indicator."""

from __future__ import annotations

from app.reports.computing import assessments, people
from app.reports.computing.question import Computation

COMPUTATIONS: dict[str, Computation] = {**people.COMPUTATIONS, **assessments.COMPUTATIONS}
