"""Relations to large tables: the row is found by typing part of its name, with or without script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from flask import abort, jsonify, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import Field, ValidationError, validators
from wtforms.widgets import TextInput

from app.db.base import db
from app.db.types import is_id
from app.web.search import containing

FOUND_AT_MOST = 10


class Relation(Protocol):
    """Where a relation field finds its rows; keys are texts in the page, `coerce` makes them column values."""

    is_required: bool
    # Lists may be narrowed by any row of an open one: its rows name no person.
    is_open: bool

    @property
    def narrowed_by(self) -> Relation | None:
        """Give whom lists may be narrowed by, for a relation to staff: their keys may stand in an address."""

    def coerce(self, key: str) -> Any:
        """Give the column's value for a key; raises ValueError for a text that is no key."""

    def find(self, words: str) -> list[tuple[str, str]]:
        """Give (key, text) of at most `FOUND_AT_MOST` rows that the words match and the field may take."""

    def text_of(self, value: Any) -> str | None:
        """Give the text of any row, also one that can no longer be chosen; None for no such row."""

    def may_take(self, value: Any) -> bool:
        """Tell whether the row can be chosen now."""


@dataclass(frozen=True)
class TableRelation:
    """Every row of a model that is no client's, found by part of the text in one of its columns."""

    model: Any
    column: str
    is_required: bool = False
    is_open: bool = False
    narrowed_by: ClassVar[None] = None

    def coerce(self, key: str) -> str:
        if not is_id(key):
            raise ValueError("not a key")
        return key

    def find(self, words: str) -> list[tuple[str, str]]:
        text = getattr(self.model, self.column)
        query = select(self.model.id, text).where(*(containing(text, word) for word in words.split()[:6]))
        return [(str(key), str(name)) for key, name in db.session.execute(query.order_by(text, self.model.id).limit(FOUND_AT_MOST))]

    def text_of(self, value: Any) -> str | None:
        return db.session.scalar(select(getattr(self.model, self.column)).where(self.model.id == value))

    def may_take(self, value: Any) -> bool:
        return self.text_of(value) is not None


def match(relation: Relation, typed: str) -> tuple[tuple[str, str] | None, str]:
    """Give (key, text) of the one row that a text means, or None and a sentence that says why there is none."""
    if not typed:
        return None, ""
    found = relation.find(typed)
    same = [pair for pair in found if pair[1].casefold() == typed.casefold()] or found
    if len(same) == 1:
        return same[0], ""
    if not same:
        return None, _("Nothing by this name can be chosen. Check the spelling.")
    return None, _("Several match: %(names)s. Write more of the name.", names=", ".join(text for _key, text in same[:5]))


class RelationField(Field):
    """Two inputs: the text seen (`NAME_text`) and the key (`NAME`), which script fills in.

    A text that differs from the key's row wins, so that the field works without script: it must then
    match one row only. A row that can no longer be chosen stays while it is left as it was.
    """

    widget = TextInput()
    data: Any
    process_errors: list[str]

    def __init__(self, label: Any, checks: Any, *, relation: Relation, endpoint: str, column: str, **kwargs: Any) -> None:
        super().__init__(label, checks, **kwargs)
        self.relation, self.endpoint, self.column = relation, endpoint, column
        self.typed: str | None = None

    @property
    def typeahead_url(self) -> str:
        return url_for(self.endpoint, name=self.column)

    @property
    def current_text(self) -> str:
        if self.typed is not None:
            return self.typed
        return (self.relation.text_of(self.data) or "") if self.data is not None else ""

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        self.typed = None
        super().process(formdata, *args, **kwargs)
        if formdata is None or f"{self.name}_text" not in formdata:
            return
        self.typed = formdata[f"{self.name}_text"].replace("\0", "").strip()[:200]
        # What the validators for "filled in" look at.
        self.raw_data = [self.typed]
        if self.data is None or self.relation.text_of(self.data) != self.typed:
            found, error = match(self.relation, self.typed)
            self.process_errors, self.data = [error] if error else [], None
            if found is not None:
                self.data, self.typed = self.relation.coerce(found[0]), found[1]

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        try:
            self.data = self.relation.coerce(valuelist[0]) if valuelist[0] else None
        except ValueError:
            self.data = None
            raise ValueError(_("Choose from the suggestions.")) from None

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and self.data != self.object_data and not self.relation.may_take(self.data):
            raise ValidationError(_("Choose from the suggestions."))


def suggested(relation: Relation) -> Any:
    """Answer the request for suggestions with up to ten rows; a malformed one answers 400."""
    asked = request.get_json(silent=True)
    words = asked.get("q") if isinstance(asked, dict) else None
    if not isinstance(words, str):
        abort(400)
    return jsonify([{"id": key, "text": text} for key, text in relation.find(words[:100])])


def relation_field(label: Any, relation: Relation, endpoint: str, column: str, description: Any = None) -> RelationField:
    """Make the field of a relation for a generated form; without a description it says how to choose."""
    check = validators.InputRequired(_l("Fill in this field.")) if relation.is_required else validators.Optional()
    description = description or _l("Write part of the name and choose from the suggestions.")
    return RelationField(label, [check], relation=relation, endpoint=endpoint, column=column, description=description)
