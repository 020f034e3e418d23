"""A form page without its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a reader is told of one value of a field."""

    value: str
    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """What a form page is called, how its fields are grouped, where cancelling leads."""

    title: Any
    groups: Sequence[dict[str, Any]]
    cancel_url: str
    lead: Any = None
    # Whose row the form is of (`app.web.whose`).
    whose: Any = None
    submit_label: Any = None
    # Under a field of choices: what is told of each value, shown for the one that is chosen (`app.web.form_page.Told`).
    told: Mapping[str, Sequence[Told]] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        return [name for group in self.groups for name in group["fields"]]


def grouped(columns: Any, fieldsets: Any) -> list[dict[str, Any]]:
    """Give FAB's fieldsets, or one group of all columns, in the shape of the form template."""
    return [{"title": title, "fields": part["fields"]} for title, part in fieldsets or [(None, {"fields": columns})]]
