"""The command that reads what a page could not wait for."""

from __future__ import annotations

from flask.cli import AppGroup

from app.db.base import db
from app.imports.workspace.actions import open_waiting


def add_commands(imports: AppGroup) -> None:
    """Add `imports open` to the commands of moving in."""

    @imports.command("open")
    def open_files() -> None:
        """Read the files of moves that wait to be read: every minute."""
        open_waiting(db.session)
