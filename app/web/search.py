"""Search in lists: words go by POST and are kept encrypted on the server; the address holds a key only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, delete, or_, select

from app.access.actor import current_actor
from app.access.visibility import whole_columns
from app.db.base import db
from app.db.types import is_id, now
from app.web.memo import SearchMemo
from app.web.table import Column, Row


def containing(column: Any, part: str) -> ColumnElement[bool]:
    """Give the condition that a column holds a text, whatever its case; signs of patterns stand for themselves."""
    pattern = "%" + part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    found: ColumnElement[bool] = column.ilike(pattern, escape="\\")
    return found


def as_sought(text: str) -> str:
    """Give a text that somebody typed as it is looked for."""
    return text.replace("\0", "").strip()[:200]


class SearchMixin:
    """`search_text_columns` names the columns a word is looked for in; empty means no search box."""

    search_text_columns: tuple[str, ...] = ()

    def search_key(self, text: str) -> ColumnElement[bool] | None:
        """Give the condition of a text that names one row by a key of its own, None for words."""
        return None

    def search_words(self, text: str) -> list[str]:
        """Give the words of a search; a feature may fold them as its columns are folded."""
        return text.split()[:6]

    def search_criteria(self, text: str) -> tuple[str, ...]:
        """Name the fields a text is looked for in; the log holds these names, never the text."""
        return self.search_text_columns

    def match_of(self, item: Any, text: str) -> str:
        """Say why a search found the row; nothing where the feature knows no more than the list shows."""
        return ""

    def tell_matches(self, text: str | None, items: Sequence[Any], columns: list[Column], rows: Sequence[Row]) -> None:
        """Put a column after the first one that says why each row was found, when there is anything to say."""
        told = [self.match_of(item, text) for item in items] if text else []
        if not any(told):
            return
        columns.insert(1, Column("match", _("Match")))
        for row, match in zip(rows, told, strict=True):
            row.texts.insert(1, match)

    def narrowed_by(self, query: Select[Any], text: str) -> tuple[Select[Any], tuple[str, ...]] | None:
        """Narrow `query` by a text, and name the fields it is looked for in; None where this reader has nothing to search by."""
        model = self.datamodel.obj  # type: ignore[attr-defined]
        # What the reader does not see cannot be looked for either: a hit would tell it.
        columns = whole_columns(model, self.search_text_columns)
        if not columns:
            return None
        sought = self.search_criteria(text) if text else ()
        key = self.search_key(text) if text and len(whole_columns(model, sought)) == len(sought) else None
        if key is not None:
            query = query.where(key)
        for word in self.search_words(text) if key is None else ():
            query = query.where(or_(*(containing(getattr(model, name), word) for name in columns)))
        return query, sought

    def searched(self, query: Select[Any]) -> tuple[Select[Any], dict[str, Any] | None]:
        """Narrow `query` by the remembered search; give the search box with it."""
        if not whole_columns(self.datamodel.obj, self.search_text_columns):  # type: ignore[attr-defined]
            return query, None
        words = self._remembered()
        narrowed = self.narrowed_by(query, words)
        if narrowed is None:
            return query, None
        query, sought = narrowed
        endpoint, kept = self.endpoint, _kept()  # type: ignore[attr-defined]
        box = {
            "action": url_for(f"{endpoint}.search", **kept), "value": words, "label": self.search_label(),
            "clear_url": url_for(f"{endpoint}.list", **kept) if words else None, "criteria": sought,
        }  # fmt: skip
        return query, box

    def search_label(self) -> str:
        return _("Search")

    def _remembered(self) -> str:
        key, actor = request.args.get("search"), current_actor()
        if not key or not is_id(key) or actor is None:
            return ""
        found = db.session.scalar(select(SearchMemo).where(SearchMemo.id == key, SearchMemo.user_id == actor.user_id))
        if found is None:
            flash(_("The search has expired. Search again."), "info")
            return ""
        return found.words

    @expose("/search", methods=["POST"])
    @has_access
    def search(self) -> Any:
        """Remember the words and show the list narrowed by them."""
        kept = _kept()
        words, actor = as_sought(request.form.get("q", "")), current_actor()
        target = f"{self.endpoint}.list"  # type: ignore[attr-defined]
        if not words or actor is None:
            return redirect(url_for(target, **kept), 303)
        # A search is remembered for a working day; older words of the same person go with the next search.
        db.session.execute(delete(SearchMemo).where(SearchMemo.user_id == actor.user_id, SearchMemo.made_at < now() - timedelta(days=1)))
        memo = SearchMemo(user_id=actor.user_id, words=words)
        db.session.add(memo)
        db.session.flush()
        key = memo.id
        db.session.commit()
        return redirect(url_for(target, **kept, search=key), 303)


def _kept() -> dict[str, Any]:
    """Give the limits and the order in use, without the page and the words."""
    return {name: values for name, values in request.args.to_dict(flat=False).items() if name not in ("search", "after")}
