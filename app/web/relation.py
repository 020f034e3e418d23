"""Relations to large tables: the row is found by typing part of its name, with or without script."""

from __future__ import annotations

from typing import Any, Protocol

from flask import abort, jsonify, request, url_for
from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import Field, ValidationError, validators
from wtforms.widgets import TextInput

FOUND_AT_MOST = 10


class Relation(Protocol):
    """Where a relation field finds its rows; keys are texts in the page, `coerce` makes them column values."""

    is_required: bool

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
            self.process_errors, self.data = [], None
            self._match(self.typed)

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        try:
            self.data = self.relation.coerce(valuelist[0]) if valuelist[0] else None
        except ValueError:
            self.data = None
            raise ValueError(_("Choose from the suggestions.")) from None

    def _match(self, typed: str) -> None:
        if not typed:
            return
        found = self.relation.find(typed)
        same = [pair for pair in found if pair[1].casefold() == typed.casefold()] or found
        if len(same) == 1:
            self.data, self.typed = self.relation.coerce(same[0][0]), same[0][1]
        elif not same:
            self.process_errors = [_("Nothing by this name can be chosen. Check the spelling.")]
        else:
            names = ", ".join(text for _key, text in same[:5])
            self.process_errors = [_("Several match: %(names)s. Write more of the name.", names=names)]

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


def relation_field(label: Any, relation: Relation, endpoint: str, column: str) -> RelationField:
    """Make the field of a relation for a generated form."""
    check = validators.InputRequired(_l("Fill in this field.")) if relation.is_required else validators.Optional()
    return RelationField(
        label, [check], relation=relation, endpoint=endpoint, column=column, description=_l("Write part of the name and choose from the suggestions.")
    )  # fmt: skip
