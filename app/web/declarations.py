"""What a view declares and what a feature may override; shared by reading, writing and the API."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from flask import abort, g, has_request_context, request, url_for
from flask_appbuilder import ModelView
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.access.membership import ClientScoped, FollowsClient
from app.web.archive import is_archived
from app.web.filters import Filter, filter_for
from app.web.forms import Converter, Form
from app.web.interface import Interface
from app.web.methods import MethodsAlone
from app.web.relation import relation_field
from app.web.rows import Rows
from app.web.staff_filter import StaffFilter
from app.web.whose import CLIENT_NAME, Whose, place_under, whose_client, whose_row, with_names


@dataclass(frozen=True)
class Parent:
    """The row a new row is added under: `?client=KEY` fills `client_id`."""

    argument: str
    column: str
    model: Any
    show_endpoint: str


@dataclass(frozen=True)
class Tab:
    """A part of a show page at an address of its own: groups of fields by their number, and related lists."""

    key: str
    label: Any
    groups: tuple[int, ...] = ()
    related: tuple[Any, ...] = ()


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


class Declarations(MethodsAlone, PerRequestFilters, ModelView):  # type: ignore[misc]
    """FAB's declarations and ours; see `app/clients/views.py` for the shape."""

    event = "row"
    parent: Parent | None = None
    parent_ids: tuple[str, ...] = ()
    related: Any = ()
    # What a related list of the view shows where it is not the same as the list, such as without the name of the row it stands under.
    related_columns: Any = None
    rows: tuple[Rows, ...] = ()
    # With tabs, each shows its own part only, so that a page costs what it shows. The first is the overview.
    tabs: tuple[Tab, ...] = ()
    glance_of: Any = None
    overview_of: Any = None
    # Buttons of upper features on the show page: each gives a list for a row.
    more_buttons: Any = ()
    base_order = ("created_at", "desc")
    search_text_columns: tuple[str, ...] = ()
    relations: Any = {}
    # Field → when it is asked: `name` is ticked or filled, `name=VALUE`, `name!=VALUE`, `name=ONE|OTHER`. Without script all fields show.
    needs: Any = {}
    filters: Any = ()
    delete_question = _l("Delete this entry for good?")
    list_lead: Any = None
    # Shows the list in the main navigation, after those of `app.web.layout`, to whoever may see it.
    is_in_navigation = False
    # Permissions of the view's own, such as its actions → the words that tell of them in the sentences of a role.
    deeds: Any = {}
    # Whose list offers the button for a new row, and by that button what else may be begun.
    add_permission = "add"
    # Columns whose texts are in a language of their own, whatever the page's: name → `fi` or `sv`.
    language_of: Any = {}
    # Columns whose texts stand in a tag: name → what gives the kind of tag for a row.
    tags: Any = {}
    show_template = "koto/show.html"
    label_columns: Any = None
    search_form: Any = None
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete"]

    def _init_properties(self) -> None:
        # FAB fills missing labels into the dictionary itself: each view gets a copy of the shared one.
        self.label_columns = {CLIENT_NAME: _l("Client")} | dict(self.label_columns or {})
        super()._init_properties()
        # FAB takes an empty declaration for a missing one and orders by every column it lists.
        self.order_columns = [*(getattr(type(self), "order_columns", None) or ())]

        self.filters = [self._filter(name) for name in self.search_columns]

    def _filter(self, name: str) -> Filter:
        label, column, relation = self.label_columns[name], getattr(self.datamodel.obj, name), self.relations.get(name)
        staff = relation.narrowed_by if relation else None
        return StaffFilter(name, label, column, staff) if staff else filter_for(name, label, column, relation=relation, endpoint=self._suggestions)

    def _init_forms(self) -> None:
        converter = Converter(self.datamodel)
        self.search_form = self.search_form or converter.create_form({}, [])
        for kind, columns in (("add", self.add_columns), ("edit", self.edit_columns)):
            if not getattr(self, f"{kind}_form"):
                extra = {**getattr(self, f"{kind}_form_extra_fields"), **self._relation_fields(columns)}
                form = converter.create_form(
                    self.label_columns, columns, self.description_columns, self.validators_columns, extra, {}
                )  # fmt: skip
                form.Meta = Form.Meta
                form.version_seen, form.row_groups = HiddenField(name="_version"), ()
                for name, need in self.needs.items():
                    getattr(form, name).kwargs["render_kw"] = {"data-needs": need}
                setattr(self, f"{kind}_form", form)

    @property
    def _suggestions(self) -> str:
        return f"{type(self).__name__}.suggest"

    def _relation_fields(self, columns: Any) -> dict[str, Any]:
        return {
            name: relation_field(self.label_columns[name], relation, self._suggestions, name, self.description_columns.get(name))
            for name, relation in self.relations.items()
            if name in columns
        }

    # -- what a feature may override -------------------------------------------------------------

    def rule_errors(self, form: Any, item: Any, parent: Any) -> list[tuple[str, str]]:
        """Give (field, sentence) for each rule the form breaks; what belongs to no field goes to `form.form_errors`."""
        return []

    def delete_errors(self, item: Any) -> list[str]:
        """Give a sentence for each rule that forbids deleting the row."""
        return []

    def fill_new(self, item: Any, parent: Any) -> None:
        """Set what the form does not hold on a new row, before it is checked."""

    def before_keep(self, form: Any, item: Any, *, is_new: bool) -> None:
        """Derive columns from the form's values."""

    def after_rows(self, item: Any, *, is_new: bool) -> None:
        """Write what rests on the row and the rows in its form together, in the transaction that writes them."""

    def restricted_buttons(self, item: Any) -> list[dict[str, Any]]:
        """Give the buttons that open what is restricted of the row."""
        return []

    def buttons(self, item: Any) -> list[dict[str, Any]]:
        """Give the buttons of the show page beyond edit and delete."""
        return []

    def history_buttons(self, item: Any) -> list[dict[str, Any]]:
        """Give the button that leads to the row's versions."""
        return []

    def may_change(self, item: Any) -> bool:
        """Tell whether the row can still be edited and deleted."""
        return True

    def may_add_under(self, parent: Any) -> bool:
        """Tell whether rows can be added under `parent` now."""
        return True

    def restricted(self, query: Any) -> Any:
        """Narrow the list's query for tables that the client scope does not hold."""
        return query

    def list_switch(self) -> list[dict[str, Any]]:
        """Give the links above a list that choose whose rows it shows."""
        return []

    def title_of(self, item: Any) -> str:
        """Give the heading of the show page."""
        return str(self.show_title)

    def subtitle_of(self, item: Any) -> str | None:
        """Give the line under the heading of the show page."""
        return None

    def whose_of(self, item: Any) -> Whose | None:
        """Tell whose the row is, for the line under the heading."""
        return whose_row(self, item)

    def whose_under(self, parent: Any) -> Whose | None:
        """Tell whose the rows under `parent` are."""
        return whose_client(self, parent) if isinstance(parent, ClientScoped) and not isinstance(parent, FollowsClient) else whose_row(self, parent)

    def more_of(self, item: Any) -> dict[str, Any]:
        """Give what a `show_template` of the feature's own needs beside what every show page gets."""
        return {}

    # -- what both sides use ---------------------------------------------------------------------

    def registered(self, view_class: Any) -> Any:
        """Give the application's view of a class."""
        return next(view for view in self.appbuilder.baseviews if type(view) is view_class)

    def row_or_404(self, pk: str) -> Any:
        item = self.datamodel.get(pk, self._base_filters)
        return item if item is not None else abort(404)

    def changeable_or_409(self, pk: str) -> Any:
        """Give a row that can still be changed; a locked one answers 409, a foreign one 404."""
        item = self.row_or_404(pk)
        return item if self.may_change(item) and not is_archived(item) else abort(409)

    def can_add_under(self, parent: Any) -> bool:
        """Tell whether rows can be added under `parent` now: not in an archive, whatever the feature says."""
        return not is_archived(parent) and self.may_add_under(parent)

    def parent_or_404(self) -> Any:
        if self.parent is None:
            return None
        key, known = request.args.get(self.parent.argument), g.setdefault("parents", {})
        if (self.parent.model, key) not in known:
            known[self.parent.model, key] = Interface(self.parent.model).get(key)
        parent = known[self.parent.model, key]
        # Nothing is listed or written under a record that was joined to another.
        return parent if parent is not None and getattr(parent, "merged_into_id", None) is None else abort(404)

    def under_parent(self, query: Any) -> Any:
        """Narrow the list's query to the parent that the address names, if it names one; else let it bring whose each row is."""
        if self.parent is None or not self.is_under_parent():
            return with_names(query, self.datamodel.obj) if CLIENT_NAME in self.list_columns else query
        return query.where(getattr(self.datamodel.obj, self.parent.column) == self.parent_or_404().id)

    def is_under_parent(self) -> bool:
        """Tell whether the address of a list names the parent of its rows."""
        return self.parent is not None and self.parent.argument in request.args

    def may(self, action: str) -> bool:
        return self.appbuilder.sm.has_access(f"can_{action}", self.class_permission_name)

    def add_address(self) -> str:
        """Give where the list's button for a new row leads."""
        return self.url("add")

    def url(self, action: str, **values: Any) -> str:
        return url_for(f"{self.endpoint}.{action}", **values)

    def place_after(self, item: Any) -> str:
        """Give where a reader goes when the row is saved, or left as it was: its own page."""
        return self.url("show", pk=item.id)

    def back_of(self, item: Any) -> str:
        """Give where a reader goes from the row: its parent's page, else the list."""
        if self.parent:
            return place_under(self, getattr(item, self.parent.column))
        return self.url("list")
