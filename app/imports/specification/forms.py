"""The three forms in which the specification leaves the system."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import force_locale

from app.imports.specification.catalogue import Entity, catalogue
from app.imports.specification.csv_files import as_zip
from app.imports.specification.schema import as_json
from app.imports.specification.workbook import as_xlsx


@dataclass(frozen=True)
class Form:
    """A form of file: how it is made, and how it is sent."""

    make: Callable[[tuple[Entity, ...], str], bytes]
    ending: str
    type: str


FORMS: dict[str, Form] = {
    "xlsx": Form(as_xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": Form(as_zip, "zip", "application/zip"),
    "json": Form(as_json, "json", "application/schema+json"),
}


def specification(form: str, language: str, entities: tuple[Entity, ...] | None = None) -> bytes:
    """Give the specification as a file in a form and a language."""
    with force_locale(language):
        return FORMS[form].make(entities or catalogue(), language)
