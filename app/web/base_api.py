"""The base of every JSON API: the pages' own forms, rules, scope, events and permissions behind another door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import Any

from flask import Response, abort, jsonify, request, url_for
from flask_appbuilder.api import BaseApi as FabApi
from flask_appbuilder.api import expose
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict

from app.access.actor import current_actor
from app.access.visibility import offered_columns, prepare, sight_of, visible_columns
from app.db.base import db
from app.db.types import new_id
from app.web.base_view import BaseView
from app.web.conflict import as_sent, as_typed
from app.web.methods import MethodsAlone
from app.web.transaction import remove
from app.web.whose import CLIENT_NAME


def as_json(value: Any) -> Any:
    """Give a column's value as JSON holds it: dates and moments as ISO 8601, codes as they are stored, a row as its text."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | Decimal) else str(value)


def json_of(item: Any, name: str) -> Any:
    """Give a field's value as JSON holds it, or the sentence that stands in its place."""
    mask = sight_of(item, name).mask
    if mask is not None:
        return str(mask)
    value = getattr(item, name)
    return as_json(value() if callable(value) else value)


def api_access(function: Callable[..., Any]) -> Callable[..., Any]:
    """Ask for the permission of the view's page that does the same: 401 signed out, 403 without it."""

    @wraps(function)
    def guarded(api: BaseApi, *args: Any, **kwargs: Any) -> Any:
        if current_actor() is None:
            abort(401)
        permission = f"can_{api.method_permission_name[function.__name__]}"
        if not api.appbuilder.sm.has_access(permission, api.class_permission_name):
            abort(403)
        return function(api, *args, **kwargs)

    guarded._permission_name = function.__name__  # type: ignore[attr-defined]
    return guarded


class BaseApi(MethodsAlone, FabApi):  # type: ignore[misc]
    """Serve one view's rows at `/api/v1/RESOURCE/` to a signed-in browser, with the token of `X-CSRFToken` on each change.

    What the view does not offer has no route here either.

    Stock FAB exempts its APIs from the CSRF check, searches every column and commits before its hooks run.
    """

    view: type[BaseView]
    allow_browser_login = True
    csrf_exempt = False
    method_permission_name = {"get_list": "list", "get": "show", "post": "add", "put": "edit", "delete": "delete"}

    def __init__(self) -> None:
        self.class_permission_name = self.view.__name__
        offered = {name: f"can_{deed}" for name, deed in self.method_permission_name.items() if f"can_{deed}" in self.view.base_permissions}
        self.base_permissions = sorted(offered.values())
        self.exclude_route_methods = self.method_permission_name.keys() - offered.keys()
        super().__init__()

    def pages(self) -> BaseView:
        """Give the registered view whose declarations this API serves."""
        found: BaseView = next(view for view in self.appbuilder.baseviews if type(view) is self.view)
        return found

    def row(self, item: Any, columns: Any) -> dict[str, Any]:
        row = {"id": item.id, **{name: json_of(item, name) for name in visible_columns(item, columns)}}
        return row | ({"version": item.version} if hasattr(item, "version") else {})

    def body(self, form_fields: Any) -> dict[str, str | None]:
        """Read the request's JSON object; anything else answers 400, an unknown or nested field 422."""
        found = request.get_json(silent=True)
        if not isinstance(found, dict):
            abort(400)
        allowed = {"version": "_version", **{name: name for name in form_fields}}
        try:
            return {allowed[name]: as_typed(value) for name, value in found.items()}
        except (KeyError, TypeError):
            abort(422)

    def refused(self, form: Any, status: int) -> tuple[Response, int]:
        fields = {field.name: [str(text) for text in field.errors] for field in form if field.errors}
        return jsonify(message=_("There is a problem"), errors=fields, form_errors=[str(text) for text in form.form_errors]), status

    def kept(self, item: Any, status: int) -> Response:
        answer = jsonify(id=item.id, version=item.version)
        answer.status_code = status
        answer.headers["Location"] = url_for(f"{self.endpoint}.get", pk=item.id)
        return answer

    @expose("/", methods=["GET"])
    @api_access
    def get_list(self) -> Any:
        """Give one page of rows; `psize`, `order`, `direction` and `after` as in the list's address."""
        pages = self.pages()
        page, _search = pages.page_asked()
        prepare(page.rows)
        # Under one client the caller knows whose they are, and the names are not read.
        columns = [name for name in offered_columns(pages.datamodel.obj, pages.list_columns) if name != CLIENT_NAME or not pages.is_under_parent()]
        answer = jsonify(
            count=page.count, count_is_capped=page.is_capped, next_after=page.next_after,
            result=[self.row(item, columns) for item in page.rows],
        )  # fmt: skip
        pages.note_list(page)
        db.session.commit()
        return answer

    @expose("/<pk>", methods=["GET"])
    @api_access
    def get(self, pk: str) -> Any:
        """Give one row as its show page lists it."""
        pages = self.pages()
        item = pages.row_or_404(pk)
        answer = jsonify(self.row(item, pages.show_columns))
        pages.record_reading(item)
        db.session.commit()
        return answer

    @expose("/", methods=["POST"])
    @api_access
    def post(self) -> Any:
        """Add a row by the add form's fields; a parent's key stands in the address, as on the page."""
        pages = self.pages()
        parent = pages.parent_or_404()
        if parent is not None and not pages.can_add_under(parent):
            abort(409)
        form_class = pages.form_of("add", None)
        offered = form_class(formdata=None)._fields
        form = form_class(formdata=_formdata(self.body(name for name in pages.add_columns if name in offered)))
        item = pages.new_item(parent)
        item.id = item.id or new_id()
        if not pages.all_checked(form, item, parent):
            return self.refused(form, 422)
        if (told := pages.told_of_new(form)) is not None:
            return jsonify(told), 409
        return self.kept(item, 201) if pages.new_kept(form, item) else self.refused(form, 422)

    @expose("/<pk>", methods=["PUT"])
    @api_access
    def put(self, pk: str) -> Any:
        """Change the fields given; `version` tells which state the sender saw, another one answers 409."""
        pages = self.pages()
        item = pages.changeable_or_409(pk)
        form_class = pages.form_of("edit", item)
        before = {name: as_sent(field) for name, field in form_class(formdata=None, obj=item)._fields.items() if name in pages.edit_columns}
        form = form_class(formdata=_formdata(before | self.body(before)), obj=item)
        if pages.is_stale(form, item):
            form.form_errors.append(_("Somebody else saved this entry meanwhile. Read it again and send your change with its version."))
            return self.refused(form, 409)
        return self.kept(item, 200) if pages.changed(form, item) else self.refused(form, 422)

    @expose("/<pk>", methods=["DELETE"])
    @api_access
    def delete(self, pk: str) -> Any:
        """Delete the row; one with other entries under it, or that a rule keeps, answers 409."""
        pages = self.pages()
        item = pages.changeable_or_409(pk)
        if pages.delete_errors(item):
            abort(409)
        try:
            remove(db.session, item, f"{pages.event}:deleted")
        except IntegrityError:
            abort(409)
        return "", 204


def _formdata(values: Mapping[str, str | None]) -> MultiDict[str, str]:
    return MultiDict({name: value for name, value in values.items() if value is not None})
