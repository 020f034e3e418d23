"""The commands of moving in: `imports …`."""

from __future__ import annotations

from flask.cli import AppGroup

from app.imports.profiling.commands import add_commands as add_profile

imports = AppGroup("imports")
add_profile(imports)
