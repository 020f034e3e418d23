"""What each suspicion about a column means."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SUSPICIONS = {
    "AMBIGUOUS_DATES": _l("The day and the month cannot be told apart: choose the form of the date."),
    "MANGLED_CODE": _l("A spreadsheet has turned a code into a number or a date: export the column as text."),
    "MIXED_DATES": _l("Dates are written in several forms."),
    "NUMBER_AS_TEXT": _l("Numbers are stored as text."),
    "ODD_SPACES": _l("There are double spaces or spaces of another kind inside the text."),
    "OTHER_TYPES": _l("Some values are of another type than the rest of the column."),
    "OUTER_SPACES": _l("There are spaces before or after the text."),
    "PLACEHOLDER": _l("The value seems to mean that nothing is known."),
    "SAME_BUT_CASE": _l("The same word is written in capital and in small letters."),
    "SHORT_YEARS": _l("Years have two digits: the century is not told."),
    "WRONG_IDENTITY_CODE": _l("The value looks like an identity code, but its check character is wrong."),
}
