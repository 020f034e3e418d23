"""What is said of a field beyond its label, and of the specification as a whole."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.imports.specification.catalogue import Entity, Field

KINDS: dict[str, Any] = {
    "text": _l("Text"), "date": _l("Date"), "integer": _l("Whole number"), "decimal": _l("Number"), "boolean": _l("Yes or no"),
    "code": _l("Value of a list"), "reference": _l("Key of another row"), "identity_code": _l("Personal identity code"),
}  # fmt: skip
SEVERITIES: dict[str, Any] = {"stop-file": _l("Stops the file"), "stop-row": _l("Stops the row"), "warning": _l("Warning"), "shadow": _l("Tried out")}

# Rows for guidance begin with this and are never brought in.
EXAMPLE_MARK = "EXAMPLE-"
_FORMS: dict[str, Any] = {
    "date": _l("Write the date as day.month.year or year-month-day."), "integer": _l("Write a whole number."),
    "boolean": _l("Choose yes or no; empty means no."), "code": _l("Choose one of the values, or write its code."),
    "identity_code": _l("Eleven characters, such as 140590-901B."),
}  # fmt: skip
READ_ME = (
    _l("Fill in one sheet for each kind of data. A row is one record of the old system."),
    _l("The first column is the key of the row in the old system. By it rows point at each other, and the same file can be sent again."),
    _l("A heading with an asterisk must be filled in on every row. Point at a heading to read what belongs in its column."),
    _l("Lists show the words of a value. The sheet of codes tells which code each word stands for; both are understood."),
    _l("The first row of each sheet is an example of an invented person. It is left out when the file is read."),
    _l("Bring only what act 681/2023, section 73, lets a municipality keep of a client. The sheet of fields tells which item of the section each field belongs to."),
    _l("Without the day of the first permit and the day the first plan was drawn up, time limits cannot be counted. They are marked as essential."),
)


def help_of(field: Field) -> list[str]:
    """Give whole sentences that tell what belongs in the field."""
    found = [str(field.help)] if field.help else []
    if field.kind in _FORMS:
        found.append(str(_FORMS[field.kind]))
    if field.kind == "decimal":
        found.append(_("Write a number with at most %(places)s decimals.", places=field.places))
    if field.max_length:
        found.append(_("At most %(length)s characters.", length=field.max_length))
    if field.essential:
        found.append(_("Essential: the time limits of the law are counted from it."))
    return found


def headings(entity: Entity) -> dict[str, str]:
    """Give field → its heading in the language in force; two fields of one label are told apart by their keys."""
    labels = {field.key: str(field.label) for field in entity.fields}
    shared = {text for text in labels.values() if list(labels.values()).count(text) > 1}
    return {key: f"{text} ({key})" if text in shared else text for key, text in labels.items()}
