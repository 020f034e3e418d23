"""Code lists, their values and the history of a value, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import format_date, format_datetime
from flask_babel import gettext as _

from app.care.lists.labels import VALUE
from app.care.lists.naming import is_closed, named_by
from app.care.lists.rules import is_in_force
from app.codes.lists import CodeValue, label, values
from app.codes.models import CodeEdit
from app.web.language import current_language
from app.web.table import Column, Row

LISTS = ("used_in", "list_name", "values", "ended", "takes_new")
VALUES = ("code", "name_fi", "name_sv", "valid_from", "valid_to", "rules")
# What is of no language (BCP 47): codes and names of files.
NO_LANGUAGE = "zxx"
_LANGUAGE_OF = {"name_fi": "fi", "name_sv": "sv", "code": NO_LANGUAGE, "list_name": NO_LANGUAGE, "rules": NO_LANGUAGE}


def columns(names: Iterable[str]) -> list[Column]:
    """Give the columns of a table."""
    return [Column(name, str(VALUE[name]), lang=_LANGUAGE_OF.get(name)) for name in names]


def uses() -> dict[str, list[str]]:
    """Give where each list is used, in the words of the pages: list → `record: field`."""
    found: dict[str, list[str]] = {}
    for view in current_app.appbuilder.baseviews:  # type: ignore[attr-defined]
        model = getattr(getattr(view, "datamodel", None), "obj", None)
        for column in model.__table__.columns if model is not None else ():
            name, text = column.info.get("codes"), (getattr(view, "label_columns", None) or {}).get(column.key)
            # FAB labels by itself what a view does not show.
            if name and column.key in {*view.list_columns, *view.show_columns, *view.add_columns, *view.edit_columns}:
                words = _("%(record)s: %(field)s", record=view.show_title, field=text)
                if words not in found.setdefault(name, []):
                    found[name].append(words)
    return found


def used_text(used_in: list[str]) -> str:
    """Say where a list is used, which is what people know it by."""
    return "; ".join(used_in[:3]) or _("Only by the service itself")


def list_row(name: str, used_in: list[str], url: str, today: date) -> Row:
    """Give a list as a row of the table of lists."""
    all_of = values(name)
    in_force = sum(is_in_force(value, today) for value in all_of)
    takes = _("Not possible") if is_closed(name) else _("Possible")
    return Row(name, url, [used_text(used_in), name, str(in_force), str(len(all_of) - in_force), takes])


def value_row(value: CodeValue, url: str) -> Row:
    """Give a value as a row of its list."""
    ends = format_date(value.valid_to) if value.valid_to else ""
    return Row(value.code, url, [value.code, value.fi, value.sv, format_date(value.valid_from), ends, features(value)])


def features(value: CodeValue) -> str:
    """Name the features whose code names a value."""
    return ", ".join(dict.fromkeys(path.split("/")[0] for path in named_by(value.list, value.code)))


def value_items(value: CodeValue) -> list[dict[str, Any]]:
    """Give what a value is, as a summary."""
    named = "\n".join(named_by(value.list, value.code))
    texts = [(VALUE["code"], value.code, NO_LANGUAGE), (VALUE["name_fi"], value.fi, "fi"), (VALUE["name_sv"], value.sv, "sv"),
             (VALUE["valid_from"], format_date(value.valid_from), None), (VALUE["valid_to"], format_date(value.valid_to) if value.valid_to else "", None),
             (VALUE["rules"], named or _("None; the value can end."), NO_LANGUAGE if named else None)]  # fmt: skip
    return [{"label": name, "text": text, "lang": lang} for name, text, lang in texts]


def history_panel(edits: Iterable[CodeEdit], names: dict[int, str]) -> dict[str, Any]:
    """Give the timeline of a value, the newest first."""
    rows = []
    for row in edits:
        who = names.get(row.created_by or 0) or _("the system")
        until = _("until %(day)s", day=format_date(row.valid_to)) if row.valid_to else _("until further notice")
        lines = [_("%(what)s, %(who)s", what=label("CODE_EDIT", row.deed, current_language()), who=who), f"{row.name_fi} / {row.name_sv}", until]
        rows.append({"label": format_datetime(row.created_at, "short"), "text": "\n".join([*lines, *([row.reason] if row.reason else [])]), "url": None})
    return {"title": _("What has happened"), "kind": "timeline", "rows": rows, "empty_text": _("The value is as the service came with it.")}
