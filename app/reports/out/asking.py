"""What every command of figures asks: at which level, as whom, and how it says no."""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn

import click
from flask import g
from sqlalchemy.orm import Session

from app.reports.areas import Level
from app.reports.figures import NotForViewerError, Viewer
from app.reports.viewers import EVERYBODY, viewer_here
from app.users.acting import actor_of
from app.users.queries import grants_in_force, user_by_name

LEVELS = {"municipality": Level.MUNICIPALITY, "employment-area": Level.EMPLOYMENT_AREA, "wellbeing-county": Level.WELLBEING_COUNTY,
           "region": Level.REGION, "national": Level.COUNTRY}  # fmt: skip


def refuse(reason: str) -> NoReturn:
    """Say why not, and end with 1."""
    click.echo(reason, err=True)
    raise SystemExit(1)


def viewer_named(session: Session, username: str | None) -> Viewer:
    """Give the viewer that a person is by the first of their rights in force that has figures. Raises NotForViewerError."""
    if username is None:
        return EVERYBODY
    user: Any = user_by_name(session, username)
    for grant in grants_in_force(session, user.id, date.today()) if user else ():
        found = actor_of(session, user.id, grant.id)
        if found is None:
            continue
        try:
            viewer = viewer_here(found[0])
        except NotForViewerError:
            continue
        g.actor, g.permissions = found
        return viewer
    raise NotForViewerError("no right in force that has figures" if user else "no such user")
