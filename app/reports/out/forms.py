"""The forms of a file, by the name that addresses and commands know them by."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.reports.out.as_csv import as_csv, as_zip
from app.reports.out.as_json import as_json
from app.reports.out.as_json_stat import as_json_stat
from app.reports.out.as_xlsx import as_xlsx
from app.reports.out.contents import Contents


class Form(NamedTuple):
    """The ending of the file's name, its media type, and what writes it in a language."""

    ending: str
    type: str
    write: Callable[[Contents, str], bytes]


FORMS: dict[str, Form] = {
    "csv": Form("csv", "text/csv", as_csv),
    "zip": Form("zip", "application/zip", as_zip),
    "xlsx": Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "json": Form("json", "application/json", as_json),
    "json-stat": Form("json", "application/json", as_json_stat),
}
