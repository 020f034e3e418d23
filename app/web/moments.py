"""A field for a moment, by the clock of Finland."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, validators


class MomentField(DateTimeLocalField):
    """A moment with its zone; written and shown by Finland's clock, which is that of the process."""

    def process_data(self, value: Any) -> None:
        self.data = value.astimezone().replace(second=0, microsecond=0) if isinstance(value, datetime) else None

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = datetime.fromisoformat(valuelist[0].strip()).replace(tzinfo=None).astimezone()
        except (ValueError, OverflowError):
            raise ValueError(self.gettext("Not a valid datetime value.")) from None

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else self.data.strftime("%Y-%m-%dT%H:%M") if self.data else ""


def moment_field(label: Any) -> Any:
    """Make a field that may be left empty."""
    return MomentField(label, [validators.Optional()], description=_l("By the clock of Finland."))
