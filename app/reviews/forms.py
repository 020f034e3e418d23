"""What the form of a review holds beside its own fields: a result for each goal of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from typing import Any

from app.core.letters import with_large_letter
from app.plans.models import Goal
from app.web.display import shown
from app.web.rows import Row, RowGroup, Rows, Sent

_LEGEND = 120


class GoalResults(RowGroup):
    """A row for each goal: those of a new review stand there from the start, and each needs its result."""

    def __init__(self, view: Any, goals: Sequence[Goal], review: Any, sent: Sent | None, takes: Sent | None) -> None:
        super().__init__(Rows("goals", view), view, review, sent, takes)
        self._goals = {goal.id: goal for goal in goals}
        new = [Row(self, str(at), None, sent) for at in range(len(goals))]
        self.rows = new if review is None else [row for row in self.rows if row.item_id]

    def legend(self, number: int | str) -> str:
        """Name the goal of a row; a row that is not the reader's has none."""
        row = self.rows[number - 1] if isinstance(number, int) else None
        if row is None or row.is_gone:
            return super().legend(number)
        goal = self._goals[row.item.goal_id] if row.item_id else list(self._goals.values())[self.rows.index(row)]
        return f"{with_large_letter(shown(goal, 'goal_type'))}: {shorten(goal.description, _LEGEND, placeholder=' …')}"

    def is_valid(self, parent: Any) -> bool:
        if self.parent is not None:
            return super().is_valid(parent)
        results = [row.is_valid(parent) for row in self.rows]
        for row, goal in zip(self.rows, self._goals.values(), strict=True):
            row.item.goal_id = goal.id
        return all(results)
