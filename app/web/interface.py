"""FAB's data interface, corrected: keys are checked, writes flush and never commit, counts are capped."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.models.filters import BaseFilterConverter
from flask_appbuilder.models.sqla.interface import SQLAInterface
from sqlalchemy import func, select

from app.db.types import is_id

COUNT_CAP = 1000


class NoFilters(BaseFilterConverter):  # type: ignore[misc]
    """Makes no filters: FAB would make seven objects of every column for each view and again for each list and each record; ours are in `app.web.filters`."""

    def convert(self, _name: str) -> list[Any]:
        return []


class Interface(SQLAInterface):
    """Reads one row by a valid key; leaves the transaction to the action that called it."""

    filter_converter_class = NoFilters

    def get(self, id: Any, filters: Any = None, select_columns: Any = None, outer_default_load: bool = False) -> Any:
        key = self.obj.__table__.c.get("id")
        has_our_keys = key is not None and key.type.python_type is str
        is_key = is_id(id) if has_our_keys else isinstance(id, str | int)
        return super().get(id, filters, select_columns, outer_default_load) if is_key else None

    def query_count(self, query: Any, filters: Any = None, select_columns: Any = None) -> int:
        """Count up to one more than `COUNT_CAP`; a full count costs more the larger the register grows."""
        inner = self._apply_inner_all(query, filters, select_columns=select_columns, aliases_mapping={})
        capped = inner.order_by(None).with_entities(*self.obj.__mapper__.primary_key).limit(COUNT_CAP + 1).subquery()
        return int(self.session.scalar(select(func.count()).select_from(capped)) or 0)

    def add(self, item: Any, commit: bool = True) -> None:
        self.session.add(item)
        self.session.flush()

    def edit(self, item: Any, commit: bool = True) -> None:
        self.session.flush()

    def delete(self, item: Any, commit: bool = True) -> None:
        self.session.delete(item)
        self.session.flush()
