"""FAB's data interface, corrected: keys are checked, writes flush and never commit, counts are capped."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.models.sqla.interface import SQLAInterface
from sqlalchemy import func, select

from app.db.types import is_id

COUNT_CAP = 1000


class Interface(SQLAInterface):
    """Reads one row by a valid key; leaves the transaction to the action that called it."""

    def get(self, id: Any, filters: Any = None, select_columns: Any = None, outer_default_load: bool = False) -> Any:
        if self.obj.__table__.c.get("id") is not None and self.obj.__table__.c.id.type.python_type is str and not is_id(id):
            return None
        if not isinstance(id, str | int):
            return None
        return super().get(id, filters, select_columns, outer_default_load)

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
