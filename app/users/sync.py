"""Once per release: views, permissions and roles into the database."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_appbuilder.security.sqla.models import Permission, PermissionView, Role, ViewMenu
from sqlalchemy import select

from app.access.roles import ROLES
from app.db.base import db


def _named(model: Any, name: str) -> Any:
    found = db.session.scalar(select(model).where(model.name == name))
    if found is None:
        found = model(name=name)
        db.session.add(found)
        db.session.flush()
    return found


def sync_security(_app: Flask) -> int:
    """Make each role hold exactly what `app/access/roles.py` says; gives the number of roles."""
    pairs = {(view, permission) for views in ROLES.values() for view, permissions in views.items() for permission in permissions}
    rights: dict[tuple[str, str], Any] = {}
    for view, permission in sorted(pairs):
        menu, named = _named(ViewMenu, view), _named(Permission, permission)
        right = db.session.scalar(
            select(PermissionView).where(PermissionView.view_menu_id == menu.id, PermissionView.permission_id == named.id)
        )
        if right is None:
            right = PermissionView(view_menu=menu, permission=named)
            db.session.add(right)
        rights[view, permission] = right
    for name, views in ROLES.items():
        role = _named(Role, name)
        role.permissions = [rights[view, permission] for view, permissions in views.items() for permission in permissions]
    db.session.commit()
    return len(ROLES)
