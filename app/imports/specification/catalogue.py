"""The catalogue of entities and fields, computed from SQLAlchemy models and the declarations of their views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from flask_babel import lazy_gettext as _l
from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, Numeric, String, Table

from app.imports.specification.codes import MUNICIPALITY
from app.imports.specification.entities import BROUGHT, DERIVED, ESSENTIAL, MORE_LABELS, ONE_OF

Kind = Literal["text", "date", "integer", "decimal", "boolean", "code", "reference", "identity_code"]

SOURCE_KEY = "source_key"
_SOURCE_KEY_LENGTH = 100
# Tables whose rows are named by something else than the old system's key.
_ORGANISATION, _USER = "organisation", "ab_user"
_KINDS: tuple[tuple[type, Kind], ...] = ((Boolean, "boolean"), (Date, "date"), (Numeric, "decimal"), (Integer, "integer"), (String, "text"), (LargeBinary, "text"))


@dataclass(frozen=True)
class Field:
    """A column of a sheet; texts are lazy and speak the language in force when they are read."""

    key: str
    kind: Kind
    label: Any
    help: Any = None
    required: bool = False
    default: Any = None
    max_length: int | None = None
    code_list: str | None = None
    places: int | None = None
    category: str = "own"
    essential: bool = False
    refers_to: str | None = None


@dataclass(frozen=True)
class Entity:
    """A sheet of the workbook, a file of the CSV, a list of the JSON; `parents` are (field, entity) in the order of the fields."""

    key: str
    label: Any
    singular: Any
    model: Any
    fields: tuple[Field, ...]
    parents: tuple[tuple[str, str], ...]
    one_of: tuple[str, ...] = ()

    def field(self, key: str) -> Field:
        return next(field for field in self.fields if field.key == key)


class UnnamedFieldError(ValueError):
    """A column that could be brought has no label in its view, so nobody could fill it in."""


def _model(view: Any) -> Any:
    return view.datamodel.obj if hasattr(view, "datamodel") else view.model


def _parent_column(view: Any) -> str | None:
    if hasattr(view, "parent_column"):
        return str(view.parent_column)
    return view.parent.column if view.parent else None


def _form_columns(view: Any) -> frozenset[str]:
    sets = getattr(view, "add_fieldsets", None) or ()
    return frozenset(getattr(view, "add_columns", None) or ()) | {name for _title, part in sets for name in part["fields"]}


@dataclass(frozen=True)
class _Reader:
    """Reads one view; `titles` are the singular names of all tables that can be brought."""

    view: Any
    titles: Mapping[str, Any]

    def entity(self) -> Entity:
        table: Table = _model(self.view).__table__
        parent = _parent_column(self.view)
        own = Field(SOURCE_KEY, "text", _l("Key in the old system"), _l("What the old system knows the row by; each key stands once on the sheet."), required=True, max_length=_SOURCE_KEY_LENGTH)
        fields = (own, *sorted(self._fields(table), key=lambda field: (field.kind != "reference", field.key != parent)))
        parents = tuple((field.key, field.refers_to) for field in fields if field.refers_to)
        return Entity(table.name, self.view.list_title, self.view.show_title, _model(self.view), fields, parents, ONE_OF.get(table.name, ()))

    def _fields(self, table: Table) -> Iterator[Field]:
        for column in table.columns:
            target = next(iter(column.foreign_keys)).target_fullname.split(".")[0] if column.foreign_keys else None
            if target in self.titles:
                # Under another parent the client follows from the parent.
                if column.key != "client_id" or _parent_column(self.view) == "client_id":
                    yield self._reference(column, str(target))
            elif self._is_brought(column, target):
                yield self._field(column, target)

    def _is_brought(self, column: Column[Any], target: str | None) -> bool:
        if column.key in DERIVED.get(column.table.name, ()):
            return False
        if target not in (None, _ORGANISATION, _USER):
            return False
        # A code without which the row says nothing is brought whatever its category, such as which section of an interview it is.
        is_needed = "codes" in column.info and not column.nullable and column.default is None
        return column.info.get("category", "own") != "own" or is_needed or column.key in _form_columns(self.view)

    def _reference(self, column: Column[Any], target: str) -> Field:
        text = _l("The key by which the old system knows the row; it stands in the first column of that row's sheet.")
        return Field(column.key, "reference", self.titles[target], text, required=not column.nullable, max_length=_SOURCE_KEY_LENGTH, refers_to=target)

    def _field(self, column: Column[Any], target: str | None) -> Field:
        code_list = MUNICIPALITY if target == _ORGANISATION else column.info.get("codes")
        kind, length = self._kind(column, target, code_list)
        default = getattr(column.default, "arg", None) if column.default is not None and column.default.is_scalar else None
        return Field(
            column.key, kind, self._label(column), self._help(column, target), required=not column.nullable and default is None, default=default,
            max_length=length, code_list=code_list, places=getattr(column.type, "scale", None) if kind == "decimal" else None, category=column.info.get("category", "own"), essential=column.key in ESSENTIAL.get(column.table.name, ()),
        )  # fmt: skip

    def _kind(self, column: Column[Any], target: str | None, code_list: str | None) -> tuple[Kind, int | None]:
        if code_list:
            return "code", None
        if target == _USER:
            return "text", 64
        if column.info.get("category") == "K73-1":
            return "identity_code", None
        kind = next(kind for type_, kind in _KINDS if isinstance(getattr(column.type, "impl_instance", column.type), type_))
        return kind, getattr(column.type, "length", None) if kind == "text" else None

    def _label(self, column: Column[Any]) -> Any:
        labels = {**(self.view.label_columns or {}), **MORE_LABELS.get(column.table.name, {})}
        if column.key not in labels:
            raise UnnamedFieldError(f"{column.table.name}.{column.key}")
        return labels[column.key]

    def _help(self, column: Column[Any], target: str | None) -> Any:
        if target == _USER:
            return _l("The user name of the worker in this system.")
        return (getattr(self.view, "description_columns", None) or {}).get(column.key)


def catalogue_of(views: Iterable[Any]) -> tuple[Entity, ...]:
    """Compute the catalogue of some views."""
    views = tuple(views)
    titles = {_model(view).__tablename__: view.show_title for view in views}
    return tuple(_Reader(view, titles).entity() for view in views)


@cache
def catalogue() -> tuple[Entity, ...]:
    """Give the catalogue of everything that can be brought in."""
    return catalogue_of(BROUGHT)
