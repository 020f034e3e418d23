"""What the form of a mapping is first filled with: the likeliest fields, and reasons for what surely has no place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.imports.engine.mapping_of import vocabulary
from app.imports.mapping.compatibility import law_of
from app.imports.mapping.mapping import Mapping
from app.imports.mapping.suggest import EntityGuess, Guess, mapping_of, suggest_columns
from app.imports.mapping.texts import LAW, REASONS, in_words
from app.imports.workspace.map_form import NOT_BROUGHT, Sheet, as_fields

# What the law, or the nature of the column, says so plainly that its sentence is the reason.
_PLAIN = ("none", "system")


@dataclass(frozen=True)
class Suggested:
    """The fields of the form, and for each column the guess they come from."""

    fields: dict[str, str]
    guesses: tuple[Guess, ...]


def suggested(sheet: Sheet, earlier: Sequence[Mapping]) -> Suggested:
    """Suggest a mapping of a sheet to its entity. A value that is only like a label is filled in too: a person sees it before it is saved."""
    guesses = suggest_columns(sheet.headings, sheet.values, sheet.entity, vocabulary(), earlier)
    fields = as_fields(mapping_of(EntityGuess(sheet.entity.key, 1.0, guesses)), sheet)
    for number, guess in enumerate(guesses):
        if guess.field is None:
            fields |= _without_place(number, guess.column, is_empty=not sheet.values.get(guess.column))
        for value in guess.values:
            if value.code and value.value in sheet.values[guess.column]:
                fields.setdefault(f"v{number}.{sheet.values[guess.column].index(value.value)}", value.code)
    return Suggested(fields, guesses)


def _without_place(number: int, column: str, *, is_empty: bool) -> dict[str, str]:
    law = law_of(column)
    if law in _PLAIN:
        return {f"c{number}": NOT_BROUGHT, f"r{number}": str(LAW[law])}
    return {f"c{number}": NOT_BROUGHT, f"r{number}": _("The column is empty.")} if is_empty else {}


def why(guess: Guess) -> str:
    """Say why a field is suggested."""
    return " ".join(in_words(REASONS, reason.key, reason.about) for reason in guess.reasons)
