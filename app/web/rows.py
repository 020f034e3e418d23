"""Repeating rows: children of a one-to-many in their parent's form, each by the declarations of its own view.

A row's fields are named `GROUP-KEY-FIELD`; `GROUP`, sent once per row, gives the keys in their order. A saved row
also sends its key and version. It is deleted only when the form says so: a row that is not mentioned is left alone,
so that what somebody else adds meanwhile is never lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import abort
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from app.db.base import db
from app.web.conflict import TAKE, Difference, Part, as_typed, differences, field_text, put_choices
from app.web.transaction import Change, changed_fields

AT_MOST = 50
PRESSED = "_rows"
# Stands for the key in the row that script copies.
BLANK_KEY = "__row__"
_NO_TOKEN = {"csrf": False}

Sent = MultiDict[str, str]


@dataclass(frozen=True)
class Rows:
    """A repeating group: `name` begins its fields' names, `view` declares its rows, `on` tells the forms that hold it."""

    name: str
    view: Any
    title: Any = None
    on: tuple[str, ...] = ("add", "edit")


class Row:
    """One row as it stands in the form; `item` is None until a new row is filled in."""

    def __init__(self, group: RowGroup, key: str, item: Any, sent: Sent | None, *, item_id: str = "") -> None:
        view, self.key, self.id, self.item, self.item_id = group.view, key, f"{group.name}-{key}", item, item_id
        self.group, self.is_gone = group, bool(item_id) and item is None
        self.is_removed = sent is not None and f"{self.id}-_removed" in sent
        self._class, self.columns = (view.edit_form, view.edit_columns) if item_id else (view.add_form, view.add_columns)
        self.form = self._class(formdata=sent, obj=item, prefix=f"{self.id}-", meta=_NO_TOKEN)
        for name, need in view.needs.items():
            # A row's field depends on a field of the same row.
            self.form[name].render_kw = {"data-needs": f"{self.id}-{need}"}
        if item is not None and sent is None:
            self.form["version_seen"].data = str(item.version)

    @property
    def fields(self) -> list[Any]:
        return [self.form[name] for name in self.columns]

    @property
    def legend(self) -> str:
        return self.group.legend(self.group.shown.index(self) + 1)

    @property
    def is_empty(self) -> bool:
        """Tell whether a new row holds nothing but what an untouched one holds."""
        untouched = self._class(formdata=None, prefix=f"{self.id}-", meta=_NO_TOKEN)

        def is_left(name: str) -> bool:
            typed = "".join(str(text).strip() for text in self.form[name].raw_data or [])
            return typed in ("", as_typed(untouched[name].data))

        return not self.item_id and all(is_left(name) for name in self.columns)

    @property
    def is_stale(self) -> bool:
        """Tell whether somebody saved or deleted the row after the form was opened."""
        return self.is_gone or (self.item is not None and self.form["version_seen"].data != str(self.item.version))

    def saved_form(self) -> Any:
        return self._class(formdata=None, obj=self.item, prefix=f"{self.id}-", meta=_NO_TOKEN)

    def text(self, form: Any) -> str:
        """Give the whole row in words, a line for each field that is filled in."""
        pairs = ((form[name].label.text, field_text(form[name])) for name in self.columns)
        return "\n".join(f"{label}: {text}" for label, text in pairs if text)

    def part(self) -> Part:
        """Give the row as the conflict page compares it."""
        name = self.group.legend(self.group.rows.index(self) + 1)
        version = "" if self.item is None else str(self.item.version)
        if self.is_gone or self.is_removed:
            saved = _("Removed") if self.is_gone else self.text(self.saved_form())
            pairs = [Difference(self.id, name, saved, self.text(self.form) if self.is_gone else _("Removed"))]
        else:
            pairs = differences(self.saved_form(), self.form, self.columns, before=f"{name} – ")
        return Part(self.id + "-", version, self.is_stale, pairs, self.item)

    def is_valid(self, parent: Any) -> bool:
        """Check the row by its own view's rules; a new one gets its keys from the parent first."""
        view = self.group.view
        if self.item_id:
            return self.is_removed or view.checked(self.form, self.item, None)
        self.item = view.new_item(parent)
        return bool(view.checked(self.form, self.item, parent))

    def change(self) -> Change | None:
        """Give the row's change, None for a row that stays as it is."""
        view, is_new = self.group.view, not self.item_id
        if self.is_removed:
            return Change(self.item, f"{view.event}:deleted", is_removed=True)
        self.form.populate_obj(self.item)
        view.before_keep(self.form, self.item, is_new=is_new)
        if not is_new and not changed_fields(self.item):
            return None
        return Change(self.item, f"{view.event}:{'added' if is_new else 'changed'}", is_new=is_new)


class RowGroup:
    """A group in one request's form: the rows that were sent, or those that are saved."""

    most = AT_MOST

    def __init__(self, declared: Rows, view: Any, parent: Any, sent: Sent | None, takes: Sent | None = None) -> None:
        self.name, self.view, self.parent = declared.name, view, parent
        self.title, self.is_cut = declared.title or view.list_title, False
        saved = {str(item.id): item for item in self._children()}
        if sent is None:
            self.rows = [Row(self, str(at), item, None, item_id=key) for at, (key, item) in enumerate(saved.items())]
            return
        keys = _keys(sent, self.name)
        if len(keys) > AT_MOST:
            abort(413)
        self.rows = [row for key in keys if (row := self._sent_row(key, saved, sent, takes or MultiDict()))]
        if takes is None:
            # A draft does not hold what was saved after it was begun.
            held = {row.item_id for row in self.rows}
            new = ((key, item) for key, item in saved.items() if key not in held)
            self.rows += [Row(self, str(at), item, None, item_id=key) for at, (key, item) in enumerate(new, self.next_key)]

    def _children(self) -> Any:
        """Give the saved rows that the reader may change, in the order they were written: one statement."""
        if self.parent is None or not self.view.may("edit"):
            return []
        model = self.view.datamodel.obj
        query = select(model).where(getattr(model, self.view.parent.column) == self.parent.id)
        found = list(db.session.scalars(query.order_by(model.created_at, model.id).limit(AT_MOST + 1)))
        self.is_cut = len(found) > AT_MOST
        return [item for item in found[:AT_MOST] if self.view.may_change(item)]

    def _sent_row(self, key: str, saved: dict[str, Any], sent: Sent, takes: Sent) -> Row | None:
        name = f"{self.name}-{key}"
        item_id, choice = sent.get(f"{name}-_id", ""), takes.get(TAKE + name)
        item, is_removed = saved.get(item_id), f"{name}-_removed" in sent
        if item_id and (choice == "saved" or (item is None and is_removed)):
            return None
        if item_id and item is None and choice == "typed":
            item_id = ""
        row = Row(self, key, item, sent, item_id=item_id)
        if item is not None and put_choices(sent, takes, row.saved_form(), row.id + "-"):
            row = Row(self, key, item, sent, item_id=item_id)
        return row

    # -- what the template asks --------------------------------------------------------------------

    @property
    def shown(self) -> list[Row]:
        return [row for row in self.rows if not row.is_removed]

    @property
    def removed(self) -> list[Row]:
        return [row for row in self.rows if row.is_removed]

    @property
    def has_errors(self) -> bool:
        return any(row.form.errors for row in self.rows)

    @property
    def may_add(self) -> bool:
        return self.view.may("add") and (self.parent is None or self.view.can_add_under(self.parent))

    @property
    def may_remove(self) -> bool:
        return bool(self.view.may("delete"))

    @property
    def next_key(self) -> int:
        return max((int(row.key) for row in self.rows), default=-1) + 1

    @property
    def blank(self) -> Row:
        """Give the row that script copies."""
        return Row(self, BLANK_KEY, None, None)

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= AT_MOST

    @property
    def list_url(self) -> str | None:
        """Give where all rows of the parent are listed, for those that the form has no room for."""
        if self.parent is None or not self.view.may("list"):
            return None
        return str(self.view.url("list", **{self.view.parent.argument: self.parent.id}))

    def legend(self, number: int | str) -> str:
        return _("%(what)s %(number)s", what=self.view.show_title, number=number)

    # -- saving ------------------------------------------------------------------------------------

    def is_valid(self, parent: Any) -> bool:
        """Check every row, so that all errors are told at once; what the reader may not do is refused."""
        self.rows = [row for row in self.rows if not row.is_empty]
        if any(row.is_gone for row in self.rows):
            abort(409)
        if any(row.is_removed for row in self.rows) and not self.may_remove:
            abort(403)
        if any(not row.item_id for row in self.rows) and not self.may_add:
            abort(403)
        results = [row.is_valid(parent) for row in self.rows]
        return all(results)

    def changes(self) -> Iterator[tuple[Row, Change]]:
        """Give what is to be written, deletions first so that a value that must be unique is free again.

        A row is filled in only when its turn comes, as each flush writes all that is filled in.
        """
        for row in [*self.removed, *self.shown]:
            with db.session.no_autoflush:
                change = row.change()
            if change is not None:
                yield row, change


def _keys(sent: Sent, name: str) -> list[str]:
    return list(dict.fromkeys(key for key in sent.getlist(name) if key.isascii() and key.isdecimal() and len(key) <= 4))


def pressed(sent: Sent) -> Sent:
    """Give the form with one row more or less, as its button asks."""
    deed, _dot, rest = sent.get(PRESSED, "").partition(".")
    name, _dot, key = rest.partition(".")
    found = MultiDict(sent)
    keys = _keys(sent, name)
    if deed == "add" and len(keys) < AT_MOST:
        found.add(name, str(max((int(key) for key in keys), default=-1) + 1))
    elif deed == "remove" and key in keys:
        if sent.get(f"{name}-{key}-_id"):
            found[f"{name}-{key}-_removed"] = "y"
        else:
            found.setlist(name, [other for other in keys if other != key])
    return found
