"""Values that a code field takes: those of the code lists, and the municipalities."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.codes.areas import reference_organisations
from app.codes.edition import of_edition
from app.codes.lists import values

MUNICIPALITY = "MUNICIPALITY"


class UnlabelledError(ValueError):
    """A code value has no label in one of the languages, so nobody could choose it."""


@dataclass(frozen=True)
class Value:
    """A value of a code list as the specification gives it."""

    code: str
    fi: str
    sv: str
    en: str

    def label_in(self, language: str) -> str:
        return {"fi": self.fi, "sv": self.sv}.get(language, self.en)


def checked(list_name: str, found: tuple[Value, ...]) -> tuple[Value, ...]:
    """Give the values back; raise `UnlabelledError` for one without a label in some language."""
    for value in found:
        if not (value.fi.strip() and value.sv.strip() and value.en.strip()):
            raise UnlabelledError(f"{list_name} {value.code}")
    return found


@of_edition
def values_of(list_name: str) -> tuple[Value, ...]:
    """Give the values of a list. Those no longer in force are among them: what is brought was recorded in its own time."""
    if list_name == MUNICIPALITY:
        rows = [row for row in reference_organisations() if row.kind == MUNICIPALITY]
        return checked(list_name, tuple(Value(row.code, row.name_fi, row.name_sv, row.name_fi) for row in rows))
    return checked(list_name, tuple(Value(value.code, value.fi, value.sv, value.en) for value in values(list_name)))


@of_edition
def shown_values(list_name: str, language: str) -> dict[str, str]:
    """Give code → what a drop-down shows: the label, with its code behind it where two values of the list share a label."""
    labels = {value.code: value.label_in(language) for value in values_of(list_name)}
    times = Counter(text.casefold() for text in labels.values())
    return {code: text if times[text.casefold()] == 1 else f"{text} ({code})" for code, text in labels.items()}
