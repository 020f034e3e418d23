"""What a reader is told of versions: each change in words, and two versions side by side, with the sight of the record's own page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.visibility import prepare, sight_of
from app.history.models import ADDED, CHANGED, DELETED, RESTORED
from app.history.queries import FIRST, Version
from app.web.display import shown_whole

KINDS = {
    FIRST: _l("As first recorded"), ADDED: _l("Recorded"), CHANGED: _l("Changed"), DELETED: _l("Deleted"), RESTORED: _l("Restored from an earlier version"),
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """A field in two versions; a masked one has its sentence in both and tells nothing of a change."""

    label: str
    earlier: str
    later: str
    is_changed: bool

    @property
    def mark(self) -> str:
        if not self.earlier:
            return _("Added")
        return _("Changed") if self.later else _("Removed")

    @property
    def words(self) -> str:
        names = {"field": self.label, "earlier": self.earlier, "later": self.later}
        if not self.earlier:
            return _("%(field)s: added – %(later)s", **names)
        if not self.later:
            return _("%(field)s: removed – was %(earlier)s", **names)
        if self.earlier == self.later:
            return _("%(field)s: changed", **names)
        return _("%(field)s: %(earlier)s → %(later)s", **names)


class Fields:
    """The fields of one record that this reader may compare, in the order of the view's labels."""

    def __init__(self, view: Any, item: Any, names_of_people: Callable[[set[int]], Mapping[int, str]]) -> None:
        self._view, self._item, self._model = view, item, type(item)
        self._names_of_people, self._people = names_of_people, dict[int, str]()
        self._texts: dict[tuple[str, Any], str] = {}
        prepare([item])

    def names(self) -> list[str]:
        """Name the columns that the view has words for; keys of other rows only where it can say whose they are."""
        declared, columns = type(self._view).label_columns or {}, self._model.__mapper__.column_attrs
        own = [name for name in declared if name in columns and columns[name].columns[0].table is self._model.__table__]
        shown = [name for name in own if not columns[name].columns[0].foreign_keys or self._relation(name) is not None]
        return [name for name in shown if not sight_of(self._item, name).is_absent]

    def _relation(self, name: str) -> Any:
        return self._view.relations.get(name)

    def _is_of_people(self, name: str) -> bool:
        return any(key.column.table.name == "ab_user" for key in self._model.__table__.c[name].foreign_keys)

    def read_people(self, versions: Iterable[Version]) -> None:
        """Read the names of everybody whom the versions name, at once."""
        of_people = [name for name in self.names() if self._is_of_people(name)]
        keys = {version.changed_by for version in versions}
        keys |= {values.get(name) for version in versions for values in (version.values, version.before) for name in of_people}
        self._people = dict(self._names_of_people({key for key in keys if key is not None}))

    def person(self, key: int | None) -> str:
        return self._people.get(key or 0, "")

    def text(self, name: str, value: Any) -> str:
        """Give a value as the record's page shows it; of what that page shows in part only, that part."""
        if value is None:
            return ""
        if (name, value) not in self._texts:
            self._texts[name, value] = self._text(name, value)
        return self._texts[name, value]

    def _text(self, name: str, value: Any) -> str:
        if self._is_of_people(name):
            return self.person(value)
        relation = self._relation(name)
        if relation is not None:
            return relation.text_of(value) or ""
        masked = f"masked_{name}"
        return shown_whole(self._model(**{name: value}), masked if hasattr(self._model, masked) else name)

    def compared(self, earlier: Mapping[str, Any], later: Mapping[str, Any]) -> list[Field]:
        """Compare two versions field by field; a column that one of them does not know is the same in both."""
        found = []
        for name in self.names():
            sight, label = sight_of(self._item, name), str(self._view.label_columns[name])
            if not sight.is_whole:
                found.append(Field(label, str(sight.mask), str(sight.mask), is_changed=False))
                continue
            new = later.get(name)
            old = earlier.get(name, new)
            found.append(Field(label, self.text(name, old), self.text(name, new), is_changed=old != new))
        return found

    def told(self, versions: list[Version]) -> list[dict[str, Any]]:
        """Give each version for the list: when, who, what kind, and its changes in words."""
        return [self._told(version, older) for version, older in zip(versions, [*versions[1:], None], strict=True)]

    def _told(self, version: Version, older: Version | None) -> dict[str, Any]:
        changes: list[str] = []
        if version.kind in (CHANGED, RESTORED):
            was = {**version.values, **version.before} | (older.values if older else {})
            changes = [field.words for field in self.compared(was, version.values) if field.is_changed]
            changes = changes or [_("Nothing that this page shows was changed.")]
        return {
            "number": version.number, "kind": KINDS[version.kind], "when": format_datetime(version.changed_at, "short"),
            "who": self.person(version.changed_by) or _("The system"), "changes": changes,
        }  # fmt: skip
