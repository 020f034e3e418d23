"""The form by which a file is read otherwise than it was guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, validators

from app.imports.reading.choices import DELIMITERS, ENCODINGS, Choices
from app.imports.workspace import labels
from app.web.forms import Form

_GUESS = _l("As guessed")
# A tabulator is no value that a page carries whole.
_TAB = "tab"
# What can be chosen of which kind; of a file that could not be read, anything.
_ASKED = {"delimited": ("encoding", "delimiter", "header_row", "fills_short_rows"), "json": ("encoding",), "json_lines": ("encoding",), "xlsx": ("header_row",), "ods": ("header_row",)}


def _encodings() -> list[tuple[str, Any]]:
    return [("", _GUESS), *((name, labels.ENCODINGS[name]) for name in ENCODINGS)]


def _delimiters() -> list[tuple[str, Any]]:
    return [("", _GUESS), *((_TAB if one == "\t" else one, labels.DELIMITERS[one]) for one in DELIMITERS)]


class ChoicesForm(Form):
    """Empty means guessed."""

    encoding = SelectField(_l("Encoding"), choices=_encodings, description=_l("If letters such as å, ä and ö are wrong, choose another."))
    delimiter = SelectField(_l("What stands between the columns"), choices=_delimiters)
    header_row = IntegerField(
        _l("Row of the headings"), [validators.Optional(), validators.NumberRange(1, 1000, _l("Give a number between 1 and 1000."))],
        description=_l("The number the row has in the file; empty is as guessed."),
    )  # fmt: skip
    fills_short_rows = BooleanField(_l("Fill up rows that have too few cells, instead of stopping them"))

    def asked_of(self, kinds: set[str]) -> ChoicesForm:
        """Leave out what has no meaning for a file of these kinds."""
        asked = {name for kind in kinds or {"delimited"} for name in _ASKED.get(kind, ())}
        for name in ("encoding", "delimiter", "header_row", "fills_short_rows"):
            if name not in asked:
                del self[name]
        return self

    def choices(self) -> Choices:
        """Give what was chosen."""
        found = self.data
        delimiter = found.get("delimiter")
        return Choices(
            encoding=found.get("encoding") or None, delimiter="\t" if delimiter == _TAB else delimiter or None, header_row=found.get("header_row") or None,
            fills_short_rows=bool(found.get("fills_short_rows")),
        )  # fmt: skip


def as_shown(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was chosen before as the form shows it."""
    return {
        "encoding": chosen.get("encoding") or "", "delimiter": _TAB if chosen.get("delimiter") == "\t" else chosen.get("delimiter") or "",
        "header_row": chosen.get("header_row"), "fills_short_rows": chosen.get("fills_short_rows", False),
    }  # fmt: skip
