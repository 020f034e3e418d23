"""Lists and pages whose texts a view gives itself: of encrypted columns, of names that other tables hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.web.base_view import BaseView
from app.web.table import Row


class ToldRowsMixin(BaseView):
    """`told` gives the texts of rows by their keys and the names of columns, with as many statements for many rows as for one."""

    def told(self, items: Sequence[Any]) -> dict[str, dict[str, str]]:
        """Give the texts."""
        raise NotImplementedError

    def rows_for(self, items: Any, columns: Any) -> list[Row]:
        texts = self.told(items)
        opens = self.may("show")
        tags = [self.tags.get(name) for name in columns]
        return [
            Row(item.id, self.url("show", pk=item.id) if opens else None, [texts[item.id].get(name, "") for name in columns], [tag and tag(item) for tag in tags])
            for item in items
        ]  # fmt: skip

    def groups_for(self, item: Any) -> list[dict[str, Any]]:
        texts = self.told([item])[item.id]
        return [{"title": None, "items": [{"label": self.label_columns[name], "text": texts.get(name, ""), "lang": None} for name in self.show_columns]}]
