"""Values of code lists that tell who is a victim of trafficking: seen by those only who hold a right of their own.

Basis: 681/2023 §§ 14.1 item 7, 79.2; 621/1999 § 24. A column of such a list declares nothing: its list tells.
"""

from __future__ import annotations

RESTRICTED_CODES: dict[str, frozenset[str]] = {
    "ASSESSMENT_GROUND": frozenset({"A7"}),
    "REIMB_TYPE": frozenset({"TRAFFICKING"}),
    "RESIDENCE_GROUND": frozenset({"P52A"}),
}

# Columns (table, name) that hold something only where such a value stands, and so tell it.
RESTRICTED_COLUMNS = frozenset({("assessment", "over_three_years_reason")})


def is_restricted_code(list_name: str | None, code: object) -> bool:
    """Tell whether a value of a list is seen only with the right of its own."""
    return code in RESTRICTED_CODES.get(list_name or "", ())
