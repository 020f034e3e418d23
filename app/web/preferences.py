"""What a reader keeps of a list: columns and rows per page, and limits under a name of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, String, UniqueConstraint, bindparam, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db.base import Model
from app.db.types import OWN, new_id

SETTINGS = ""
AT_MOST = 20


class ListPreference(Model):
    """One row of one user and one view; the row named `SETTINGS` holds columns and page size, the others saved limits.

    The content is JSON: of saved limits the arguments of an address, which hold no personal data (`app.web.filters`).
    """

    __tablename__ = "list_preference"
    __table_args__ = (UniqueConstraint("user_id", "view", "name"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id, info=OWN)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, info=OWN)
    view: Mapped[str] = mapped_column(String(60), nullable=False, info=OWN)
    name: Mapped[str] = mapped_column(String(60), nullable=False, info=OWN)
    content: Mapped[str] = mapped_column(String(4000), nullable=False, info=OWN)

class Preference(NamedTuple):
    """A preference as it is read."""

    id: str
    name: str
    values: Mapping[str, Any]


# Made once, and of bare columns: every list sends it.
_columns = ListPreference.__table__.c
_OF_VIEW = (
    select(_columns.id, _columns.name, _columns.content)
    .where(_columns.user_id == bindparam("user_id"), _columns.view == bindparam("view"))
    .order_by(_columns.name)
)


def preferences_of(session: Session, user_id: int, view: str) -> Sequence[Preference]:
    """Give a user's preferences of a view by name, the settings first; one statement."""
    rows = session.execute(_OF_VIEW, {"user_id": user_id, "view": view})
    return [Preference(key, name, json.loads(content)) for key, name, content in rows]


def keep_preference(session: Session, user_id: int, view: str, name: str, values: Mapping[str, Any]) -> bool:
    """Write a preference over the one of the same name; False when the user has too many. The caller commits."""
    found = preferences_of(session, user_id, view)
    content = json.dumps(values, ensure_ascii=False)
    if len(content) > 4000 or (len(found) > AT_MOST and name not in {row.name for row in found}):
        return False
    session.execute(delete(ListPreference).where(ListPreference.user_id == user_id, ListPreference.view == view, ListPreference.name == name))
    session.add(ListPreference(user_id=user_id, view=view, name=name, content=content))
    return True


def drop_preference(session: Session, user_id: int, key: str) -> None:
    """Delete one preference of the user; the caller commits."""
    session.execute(delete(ListPreference).where(ListPreference.id == key, ListPreference.user_id == user_id))
