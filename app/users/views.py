"""Pages of access rights."""

from __future__ import annotations

from typing import Any

from flask import abort
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.access.actor import NOBODY_ID, current_actor
from app.db.base import db
from app.users.models import AccessGrant
from app.web.base_view import BaseView
from app.web.interface import Interface


class AccessGrantView(BaseView):
    """The rights of the administrator's own organisation; granting comes with the application for a right."""

    route_base, event, datamodel = "/user-rights", "access_grant", Interface(AccessGrant)
    list_title, show_title, add_title, edit_title = _l("Access rights"), _l("Access right"), _l("Access right"), _l("Access right")
    label_columns = {"role": _l("Role"), "basis": _l("Legal basis"), "valid_from": _l("Valid from"), "valid_to": _l("Valid to"),
                     "from_directory": _l("From the directory's group"), "person": _l("User")}  # fmt: skip
    list_columns = ["person", "role", "basis", "valid_from", "valid_to"]
    show_columns = ["person", "role", "basis", "valid_from", "valid_to", "from_directory"]
    add_columns = edit_columns = ["role"]
    order_columns = ["role", "valid_from"]
    search_columns = ["role"]
    base_order = ("valid_from", "desc")
    base_permissions = ["can_list", "can_show"]

    def restricted(self, query: Any) -> Any:
        actor = current_actor()
        return query.where(AccessGrant.organisation_id == (actor.organisation_id if actor else NOBODY_ID))

    def row_or_404(self, pk: str) -> Any:
        return db.session.scalar(self.restricted(select(AccessGrant).where(AccessGrant.id == pk))) or abort(404)
