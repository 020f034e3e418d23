"""Every computation by the id of its indicator."""

from __future__ import annotations

from app.reports.computing import appointments, children, languages, operation, oversight, people, services
from app.reports.computing.question import Computation

COMPUTATIONS: dict[str, Computation] = {
    **people.COMPUTATIONS, **services.COMPUTATIONS, **languages.COMPUTATIONS, **appointments.COMPUTATIONS, **children.COMPUTATIONS, **operation.COMPUTATIONS,
    **oversight.COMPUTATIONS,
}  # fmt: skip
