"""The commands of moving in: `imports …`."""

from __future__ import annotations

from flask.cli import AppGroup

from app.imports.certificate.commands import add_commands as add_certificate
from app.imports.engine.commands import add_commands as add_engine
from app.imports.matching.commands import add_commands as add_matching
from app.imports.profiling.commands import add_commands as add_profile
from app.imports.specification.commands import add_commands as add_specification
from app.imports.works import register_works
from app.imports.workspace.opening import register_opening

imports = AppGroup("imports")
add_specification(imports)
add_profile(imports)
add_engine(imports)
add_certificate(imports)
add_matching(imports)
register_works()
register_opening()
