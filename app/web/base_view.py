"""The base of every generated view: FAB's declarations, our reads, writes and pages."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, has_request_context, redirect, request, session as web_session, url_for
from flask_appbuilder import ModelView, expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _, lazy_gettext as _l, ngettext, refresh
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from wtforms import HiddenField

from app.audit.record import record_event
from app.db.base import db
from app.web.display import shown
from app.web.forms import Converter, Form
from app.web.interface import Interface
from app.web.listing import Page, address, page_of
from app.web.search import SearchMixin
from app.web.transaction import client_ids_of, keep, remove


@dataclass(frozen=True)
class Parent:
    """The row a new row is added under: `?client=KEY` fills `client_id`."""

    argument: str
    column: str
    model: Any
    show_endpoint: str


class PerRequestFilters:
    """Keep FAB's request filters in the request; stock FAB keeps them on the shared view, where threads mix them."""

    @property
    def _filters(self) -> Any:
        prototype = self.__dict__.get("_filters_prototype")
        if prototype is None or not has_request_context():
            return prototype
        bag = g.setdefault("fab_filters", {})
        if id(self) not in bag:
            own = copy.copy(prototype)
            own.filters, own.values = [], []
            bag[id(self)] = own
        return bag[id(self)]

    @_filters.setter
    def _filters(self, value: Any) -> None:
        self.__dict__["_filters_prototype"] = value


class BaseView(SearchMixin, PerRequestFilters, ModelView):  # type: ignore[misc]
    """Declare a feature's pages; see `app/clients/views.py` for the shape."""

    event = "row"
    parent: Parent | None = None
    parent_ids: tuple[str, ...] = ()
    related: Any = ()
    base_order = ("created_at", "desc")
    name_column = "id"
    search_text_columns: tuple[str, ...] = ()
    delete_question = _l("Delete this entry for good?")
    list_lead: Any = None
    add_label: Any = _l("Add")
    label_columns: Any = None
    search_form: Any = None
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete"]

    def _init_properties(self) -> None:
        # FAB fills missing labels into the dictionary itself: each view gets a copy of the shared one.
        self.label_columns = dict(self.label_columns or {})
        super()._init_properties()

    def _init_forms(self) -> None:
        converter = Converter(self.datamodel)
        self.search_form = self.search_form or converter.create_form({}, [])
        for kind, columns in (("add", self.add_columns), ("edit", self.edit_columns)):
            if not getattr(self, f"{kind}_form"):
                form = converter.create_form(
                    self.label_columns, columns, self.description_columns, self.validators_columns,
                    getattr(self, f"{kind}_form_extra_fields"), {},
                )  # fmt: skip
                form.Meta = Form.Meta
                form.version_seen = HiddenField(name="_version")
                setattr(self, f"{kind}_form", form)

    # -- what a feature may override -------------------------------------------------------------

    def rule_errors(self, form: Any, item: Any, parent: Any) -> list[tuple[str, str]]:
        """Give (field, sentence) for each rule of law the form breaks."""
        return []

    def fill_new(self, item: Any, parent: Any) -> None:
        """Set what the form does not hold on a new row, before it is checked."""

    def before_keep(self, form: Any, item: Any, *, is_new: bool) -> None:
        """Derive columns from the form's values."""

    def buttons(self, item: Any) -> list[dict[str, Any]]:
        """Give the buttons of the show page beyond edit and delete."""
        return []

    def may_change(self, item: Any) -> bool:
        """Tell whether the row can still be edited and deleted."""
        return True

    def restricted(self, query: Any) -> Any:
        """Narrow the list's query for tables that the client scope does not hold."""
        return query

    def title_of(self, item: Any) -> str:
        """Give the heading of the show page."""
        return str(self.show_title)

    # -- reading ---------------------------------------------------------------------------------

    def row_or_404(self, pk: str) -> Any:
        item = self.datamodel.get(pk, self._base_filters)
        return item if item is not None else abort(404)

    def may(self, action: str) -> bool:
        return self.appbuilder.sm.has_access(f"can_{action}", self.class_permission_name)

    def url(self, action: str, **values: Any) -> str:
        return url_for(f"{self.endpoint}.{action}", **values)

    def columns_for(self, page: Page | None = None) -> list[dict[str, Any]]:
        result = []
        for name in self.list_columns:
            order = (page and page.order == name and ("desc" if page.is_descending else "asc")) or None
            url = None
            if page is not None and name in self.order_columns:
                url = address(order=name, direction="desc" if order == "asc" else "asc", after=None)
            result.append({"name": name, "label": self.label_columns[name], "order": order, "url": url})
        return result

    def row_for(self, item: Any) -> dict[str, Any]:
        cells = [{"label": self.label_columns[name], "text": shown(item, name)} for name in self.list_columns]
        return {"pk": item.id, "url": self.url("show", pk=item.id) if self.may("show") else None, "cells": cells}

    def groups_for(self, item: Any) -> list[dict[str, Any]]:
        sets = self.show_fieldsets or [(None, {"fields": self.show_columns})]
        return [
            {"title": title, "items": [{"label": self.label_columns[n], "text": shown(item, n)} for n in part["fields"]]}
            for title, part in sets
        ]

    def related_list(self, parent: Any, column: str, argument: str) -> dict[str, Any]:
        """Give a related list of at most 20 rows: one statement, no count."""
        model = self.datamodel.obj
        order = getattr(model, self.base_order[0])
        query = select(model).where(getattr(model, column) == parent.id)
        query = query.order_by(order.desc() if self.base_order[1] == "desc" else order, model.id).limit(21)
        rows = list(db.session.scalars(query))
        return {
            "title": self.list_title, "columns": self.columns_for(), "rows": [self.row_for(row) for row in rows[:20]],
            "add_url": self.url("add", **{argument: parent.id}) if self.may("add") and self.may_add_under(parent) else None,
            "add_label": self.add_title, "empty_text": _("No entries yet."),
            "more_url": self.url("list") if len(rows) > 20 else None,
        }  # fmt: skip

    def may_add_under(self, parent: Any) -> bool:
        """Tell whether rows can be added under `parent` now."""
        return True

    @expose("/list/")
    @has_access
    def list(self) -> Any:
        model = self.datamodel.obj
        query, search = self.searched(self.restricted(select(model)))
        order = list(self.order_columns)
        page = page_of(db.session, model, query, allowed=[*order, self.base_order[0]], default=self.base_order)
        count_text = _("Over 1,000 entries") if page.is_capped else ngettext("%(num)d entry", "%(num)d entries", page.count)
        html = self.render_template(
            "koto/list.html", title=self.list_title, lead=self.list_lead, columns=self.columns_for(page),
            rows=[self.row_for(row) for row in page.rows], count_text=count_text, search=search, filters=None,
            next_url=address(after=page.next_after) if page.next_after else None,
            first_url=address(after=None) if request.args.get("after") else None,
            add_url=self.url("add") if self.may("add") and self.parent is None else None, add_label=self.add_title,
            bulk_actions=[], bulk_url=None,
        )  # fmt: skip
        clients = {key for row in page.rows for key in client_ids_of(row)}
        record_event(db.session, f"{self.event}:listed", client_ids=clients)
        db.session.commit()
        return html

    @expose("/show/<pk>", methods=["GET"])
    @has_access
    def show(self, pk: str) -> Any:
        item = self.row_or_404(pk)
        buttons = self.buttons(item)
        if self.may_change(item):
            if self.may("edit"):
                buttons.append({"label": _("Edit"), "url": self.url("edit", pk=item.id), "method": "get", "kind": "secondary", "confirm_text": None})
            if self.may("delete"):
                buttons.append({"label": _("Delete"), "url": self.url("delete", pk=item.id), "method": "post", "kind": "danger",
                                "confirm_text": self.delete_question})  # fmt: skip
        related = []
        for view_class in self.related:
            view = next(view for view in self.appbuilder.baseviews if type(view) is view_class)
            if view.may("list") and view.parent is not None:
                related.append(view.related_list(item, view.parent.column, view.parent.argument))
        html = self.render_template(
            "koto/show.html", title=self.title_of(item), subtitle=self.subtitle_of(item), groups=self.groups_for(item),
            buttons=buttons, related=related,
        )  # fmt: skip
        record_event(db.session, f"{self.event}:read", client_ids=client_ids_of(item), row_id=str(item.id))
        db.session.commit()
        return html

    def subtitle_of(self, item: Any) -> str | None:
        return None

    def back_of(self, item: Any) -> str:
        """Give where a reader goes from the row: its parent's page, else the list."""
        if self.parent:
            return url_for(self.parent.show_endpoint, pk=getattr(item, self.parent.column))
        return self.url("list")

    # -- writing ---------------------------------------------------------------------------------

    def parent_or_404(self) -> Any:
        if self.parent is None:
            return None
        parent = Interface(self.parent.model).get(request.args.get(self.parent.argument))
        return parent if parent is not None else abort(404)

    def form_page(self, form: Any, title: Any, columns: Any, fieldsets: Any, cancel_url: str, status: int = 200) -> Any:
        sets = fieldsets or [(None, {"fields": columns})]
        groups = [{"title": title_, "fields": part["fields"]} for title_, part in sets]
        html = self.render_template(
            "koto/form.html", title=title, lead=None, form=form, groups=groups, form_action=request.full_path.rstrip("?"),
            cancel_url=cancel_url, submit_label=_("Save"), main_form="main-form", extra=None,
        )  # fmt: skip
        return html, status

    def language_asked(self) -> bool:
        """Tell whether the form was sent to switch language only; then it is shown again as typed."""
        asked = request.form.get("_language")
        if asked in ("fi", "sv"):
            web_session["locale"] = asked
            refresh()
            return True
        return False

    def checked(self, form: Any, item: Any, parent: Any) -> bool:
        if not form.validate():
            return False
        errors = self.rule_errors(form, item, parent)
        for name, sentence in errors:
            field = form[name]
            field.errors = [*field.errors, sentence]
        return not errors

    def written(self, item: Any, form: Any, event: str, *, is_new: bool) -> bool:
        try:
            keep(db.session, item, event, is_new=is_new)
        except IntegrityError:
            form.form_errors.append(_("An entry with these values already exists. Check the fields that must be unique."))
            return False
        return True

    @expose("/add", methods=["GET", "POST"])
    @has_access
    def add(self) -> Any:
        parent = self.parent_or_404()
        if parent is not None and not self.may_add_under(parent):
            abort(409)
        form = self.add_form()
        cancel = url_for(self.parent.show_endpoint, pk=parent.id) if self.parent else self.url("list")
        page = (self.add_title, self.add_columns, self.add_fieldsets, cancel)
        if request.method == "GET" or self.language_asked():
            return self.form_page(form, *page)
        item = self.datamodel.obj()
        if self.parent:
            setattr(item, self.parent.column, parent.id)
            for name in self.parent_ids:
                setattr(item, name, getattr(parent, name))
        self.fill_new(item, parent)
        if not self.checked(form, item, parent):
            return self.form_page(form, *page, status=422)
        form.populate_obj(item)
        self.before_keep(form, item, is_new=True)
        if not self.written(item, form, f"{self.event}:added", is_new=True):
            return self.form_page(form, *page, status=422)
        flash(_("Saved."), "success")
        return redirect(self.url("show", pk=item.id), 303)

    @expose("/edit/<pk>", methods=["GET", "POST"])
    @has_access
    def edit(self, pk: str) -> Any:
        item = self.row_or_404(pk)
        if not self.may_change(item):
            abort(409)
        page = (self.edit_title, self.edit_columns, self.edit_fieldsets, self.url("show", pk=pk))
        if request.method == "GET":
            form = self.edit_form(obj=item)
            self.prefill_form(form, pk)
            form["version_seen"].data = str(item.version)
            html = self.form_page(form, *page)
            record_event(db.session, f"{self.event}:opened", client_ids=client_ids_of(item), row_id=str(item.id))
            db.session.commit()
            return html
        form = self.edit_form()
        if self.language_asked():
            return self.form_page(form, *page)
        if form["version_seen"].data != str(item.version):
            form.form_errors.append(
                _("Somebody else saved this entry while you were writing. Your text is below. Open the entry in another tab, compare, and save again.")
            )
            form["version_seen"].raw_data = None
            form["version_seen"].data = str(item.version)
            return self.form_page(form, *page, status=409)
        if not self.checked(form, item, None):
            return self.form_page(form, *page, status=422)
        form.populate_obj(item)
        self.before_keep(form, item, is_new=False)
        try:
            if not self.written(item, form, f"{self.event}:changed", is_new=False):
                return self.form_page(form, *page, status=422)
        except StaleDataError:
            abort(409)
        flash(_("Saved."), "success")
        return redirect(self.url("show", pk=pk), 303)

    @expose("/delete/<pk>", methods=["POST"])
    @has_access
    def delete(self, pk: str) -> Any:
        item = self.row_or_404(pk)
        if not self.may_change(item):
            abort(409)
        back = self.back_of(item)
        try:
            remove(db.session, item, f"{self.event}:deleted")
        except IntegrityError:
            flash(_("The entry has other entries under it. Delete them first."), "danger")
            return redirect(self.url("show", pk=pk), 303)
        flash(_("Deleted."), "success")
        return redirect(back, 303)

    # -- FAB's routes that we do not offer: answered with 404 rather than stock behaviour ---------

    @expose("/download/<string:filename>")
    @has_access
    def download(self, filename: str) -> Any:
        abort(404)

    @expose("/action/<string:name>/<pk>", methods=["POST"])
    @has_access
    def action(self, name: str, pk: str) -> Any:
        """Run one named action on one row, seen through the scope."""
        self.run_action(name, [self.row_or_404(pk)])
        return redirect(self.url("show", pk=pk), 303)

    @expose("/action_post", methods=["POST"])
    @has_access
    def action_post(self) -> Any:
        """Run one named action on the rows ticked in this view's own form."""
        rows = [self.row_or_404(pk) for pk in request.form.getlist("rowid")]
        self.run_action(request.form.get("action", ""), rows)
        return redirect(self.url("list"), 303)

    def run_action(self, name: str, rows: Any) -> None:
        found = self.actions.get(name)
        if found is None:
            abort(404)
        if not self.appbuilder.sm.has_access(self.get_action_permission_name(name), self.class_permission_name):
            abort(403)
        found.func(rows)
