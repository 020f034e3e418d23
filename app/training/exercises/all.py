"""All paths and their exercises, in the order in which they are shown."""

from __future__ import annotations

from app.training.exercises.exercise import Exercise, Path
from app.training.exercises.paths import admin, beginning, county, figures, moving, plan_work

PATHS: tuple[Path, ...] = (
    Path("WORKER", (*beginning.EXERCISES, *plan_work.EXERCISES)), Path("ADMIN", admin.EXERCISES), Path("COUNTY", county.EXERCISES),
    Path("MIGRATION", moving.EXERCISES), Path("ANALYST", figures.EXERCISES),
)  # fmt: skip
BY_KEY = {path.key: path for path in PATHS}
BY_ID: dict[str, Exercise] = {one.id: one for path in PATHS for one in path.exercises}
PATH_OF = {one.id: path for path in PATHS for one in path.exercises}
