"""A linear programme for the solver HiGHS."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

# Which columns, with which factors, and between which two numbers their sum is.
Row = tuple[Sequence[int], Sequence[float], float, float]


def solver_of(lower: NDArray[np.float64], upper: NDArray[np.float64], rows: Sequence[Row], sense: highspy.ObjSense) -> highspy.Highs:
    """Give a solver that holds the rows and, as yet, no costs; it keeps its last solution as the beginning of the next."""
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(lower), len(rows)
    programme.col_cost_, programme.col_lower_, programme.col_upper_ = np.zeros(len(lower)), lower, upper
    programme.row_lower_ = np.array([row[2] for row in rows])
    programme.row_upper_ = np.array([row[3] for row in rows])
    matrix = programme.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row[0]) for row in rows)], dtype=np.int32)
    matrix.index_ = np.array([place for row in rows for place in row[0]], dtype=np.int32)
    matrix.value_ = np.array([value for row in rows for value in row[1]])
    programme.sense_ = sense
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(programme)
    return solver
