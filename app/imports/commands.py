"""The commands of moving in: `imports …`."""

from __future__ import annotations

from flask.cli import AppGroup

from app.imports import models as _models  # noqa: F401  (known to the database before any command)

from app.imports.engine.commands import add_commands as add_engine
from app.imports.profiling.commands import add_commands as add_profile
from app.imports.specification.commands import add_commands as add_specification
from app.imports.workspace.commands import add_commands as add_workspace

imports = AppGroup("imports")
add_specification(imports)
add_profile(imports)
add_engine(imports)
add_workspace(imports)
