"""The page of a sheet: which entity it holds and which field each column becomes, or why it is not brought."""

from __future__ import annotations

from typing import Any

from flask import abort
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.db.base import db
from app.db.types import is_id
from app.imports.models import ImportSheet
from app.imports.workspace.queries import own
from app.web.base_view import BaseView
from app.web.interface import Interface


class ImportSheetView(BaseView):
    route_base, event, datamodel = "/imports/sheet", "import", Interface(ImportSheet)
    list_title = show_title = add_title = edit_title = _l("Columns to fields")
    label_columns = {"name": _l("Sheet")}
    list_columns = show_columns = add_columns = edit_columns = ["name"]
    order_columns: list[str] = []
    search_columns = ["name"]
    base_order = ("position", "asc")
    is_of_clients = True
    base_permissions = ["can_edit"]

    def row_or_404(self, pk: str) -> Any:
        sheet = db.session.scalar(own(select(ImportSheet).where(ImportSheet.id == pk), ImportSheet)) if is_id(pk) else None
        return sheet or abort(404)

    @expose("/edit/<pk>", methods=["GET", "POST"])
    @has_access
    def edit(self, pk: str) -> Any:
        self.row_or_404(pk)
        return ""
