"""The mapping of one sheet to one entity, as a value that is kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping as Dict
from dataclasses import asdict, dataclass
from dataclasses import field as made
from typing import Any

FORMAT = 1


class MappingError(ValueError):
    """The mapping does not hold together: its words say what is wrong."""


@dataclass(frozen=True)
class Source:
    """Where a field gets its value: from columns, or from a default whose reason is recorded."""

    field: str
    columns: tuple[str, ...] = ()
    # A column that holds two fields (`names.py`); which of its parts is meant follows from the field.
    split: str | None = None
    joiner: str = " "
    date_form: str | None = None
    # Value of the old system → code; "" for a value that is brought as empty.
    values: Dict[str, str] = made(default_factory=dict)
    default: str | None = None
    default_source: str | None = None

    def __post_init__(self) -> None:
        if self.default is not None and not (self.default_source or "").strip():
            raise MappingError(f"the default of {self.field} has no recorded source")
        if not self.columns and self.default is None:
            raise MappingError(f"{self.field} has neither a column nor a default")


@dataclass(frozen=True)
class Mapping:
    """Which column becomes which field; `skipped` holds the columns that are not brought, each with the reason."""

    entity: str
    sources: tuple[Source, ...]
    skipped: Dict[str, str] = made(default_factory=dict)
    specification: str = ""
    product: str = ""
    version: int = 1

    def __post_init__(self) -> None:
        fields = [source.field for source in self.sources]
        if len(set(fields)) != len(fields):
            raise MappingError("a field has two sources")
        for column, reason in self.skipped.items():
            if not reason.strip():
                raise MappingError(f"no reason why {column} is not brought")

    @property
    def columns(self) -> frozenset[str]:
        """Give the columns that become something."""
        return frozenset(column for source in self.sources for column in source.columns)

    def source_of(self, field_key: str) -> Source | None:
        return next((source for source in self.sources if source.field == field_key), None)

    def to_json(self) -> str:
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Mapping:
        """Read what `to_json` wrote; raise `MappingError` for anything else."""
        try:
            kept: dict[str, Any] = json.loads(text)
            if kept.pop("format") != FORMAT:
                raise MappingError("written by another release")
            sources = tuple(Source(**{**source, "columns": tuple(source["columns"])}) for source in kept.pop("sources"))
            return cls(sources=sources, **kept)
        except (TypeError, KeyError, AttributeError, json.JSONDecodeError) as error:
            raise MappingError("not a mapping") from error
