"""Two people edited the same row: both versions field by field, and the choice between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import format_date, format_datetime
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField

from app.web.display import number_text
from app.web.forms import CodeField, SecretField
from app.web.relation import RelationField

TAKE = "_take."
CHOSEN = "_chosen"
_NOT_FIELDS = frozenset({"csrf_token", "_version", "_language", CHOSEN})


@dataclass(frozen=True)
class Difference:
    """A field whose saved value differs from the typed one, both as text."""

    name: str
    label: str
    saved: str
    typed: str


@dataclass(frozen=True)
class Part:
    """One entry of the form with its two versions; `prefix` begins the names of its fields, none for the form's own."""

    prefix: str
    version: str
    is_stale: bool
    pairs: list[Difference]
    item: Any = None

    @property
    def asked_name(self) -> str:
        return f"{self.prefix}_asked"

    def is_asked(self, sent: MultiDict[str, str]) -> bool:
        """Tell whether the reader chooses in this part: it is newer than the form, or was so on the page before."""
        return self.is_stale or self.asked_name in sent

    def marks(self) -> dict[str, str]:
        """Give the hidden fields by which the next answer refers to the version shown now."""
        return {self.asked_name: "y"} | ({f"{self.prefix}_version": self.version} if self.version else {})


def as_typed(value: Any) -> str | None:
    """Give a value as a form sends it; None for an unticked box. Raises TypeError for a list or an object."""
    if isinstance(value, list | dict):
        raise TypeError
    if value is None or isinstance(value, bool):
        return "" if value is None else "y" if value else None
    return value.isoformat() if isinstance(value, date) else str(value)


def as_sent(field: Any) -> str | None:
    """Give a field's value as the page's form sends it; None for an unticked box."""
    return as_typed(field.as_sent if isinstance(field, CodeField) else field.data)


def field_text(field: Any) -> str:
    """Give a field's value as the reader of the page would say it."""
    if isinstance(field, RelationField):
        return field.current_text
    if isinstance(field, SecretField):
        return ""
    if isinstance(field, BooleanField):
        return _("Yes") if field.data else _("No")
    if isinstance(field, SelectField):
        return next((str(text) for _value, text, is_chosen, *_rest in field.iter_choices() if is_chosen), "")
    if isinstance(field.data, date):
        return format_date(field.data)
    if isinstance(field.data, Decimal):
        return number_text(field.data)
    return "" if field.data is None else str(field.data)


def differences(saved: Any, typed: Any, names: Iterable[str], before: str = "") -> list[Difference]:
    """Compare the form of the saved row with the form as typed; `before` begins the labels."""
    found = [
        Difference(str(typed[name].name), f"{before}{typed[name].label.text}", field_text(saved[name]), field_text(typed[name])) for name in names
    ]
    return [pair for pair in found if pair.saved != pair.typed]


def carried(sent: MultiDict[str, str], asked_again: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Give the fields to carry over to the next try: all that was typed, and the choices made, but those asked again."""
    left = {*_NOT_FIELDS, *(TAKE + name for name in asked_again)}
    return [(name, value) for name, value in sent.items(multi=True) if name not in left]


def with_choices(sent: MultiDict[str, str], saved: Any) -> MultiDict[str, str]:
    """Give what was typed with the saved value in each field where the reader chose it."""
    merged = MultiDict((name, value) for name, value in carried(sent) if not name.startswith(TAKE))
    merged["_version"] = sent.get("_version", "")
    put_choices(merged, sent, saved)
    return merged


def put_choices(merged: MultiDict[str, str], sent: MultiDict[str, str], saved: Any, prefix: str = "") -> bool:
    """Put the saved value into each field of a part where the reader chose it; False when there is none."""
    begins, is_changed = TAKE + prefix, False
    for name, choice in sent.items():
        field = name.removeprefix(begins)
        if not name.startswith(begins) or choice != "saved" or field not in saved:
            continue
        value, full, is_changed = as_sent(saved[field]), prefix + field, True
        merged.pop(f"{full}_text", None)
        merged.pop(full, None)
        if value is not None:
            merged[full] = value
    return is_changed


def who_saved(session: Session, item: Any) -> str:
    """Say who saved the row last, and when."""
    row = session.execute(select(User.first_name, User.last_name).where(User.id == item.changed_by)).first()
    moment = format_datetime(item.changed_at, "short")
    if row is None:
        return _("Somebody else saved this entry on %(moment)s while you were writing.", moment=moment)
    return _("%(person)s saved this entry on %(moment)s while you were writing.", person=f"{row[0]} {row[1]}", moment=moment)
