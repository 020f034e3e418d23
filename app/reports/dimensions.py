"""By what figures can be broken down (B5–B19 of reporting.md § 1), and the label of each value; areas and time are not among them."""

from __future__ import annotations

from dataclasses import dataclass

from app.codes.lists import label

# Between two values of a crossing, as in `F*18-24`.
CROSS = "*"


@dataclass(frozen=True)
class Dimension:
    """A breakdown: its names, the code list its values come from or their own labels (code, fi, sv), in the order they are shown."""

    key: str
    fi: str
    sv: str
    codes: str | None = None
    own: tuple[tuple[str, str, str], ...] = ()

    def label_of(self, value: str, language: str) -> str:
        """Give the label of a value in fi or sv."""
        for code, fi, sv in (*self.own, UNKNOWN):
            if code == value:
                return sv if language == "sv" else fi
        return label(self.codes, value, language) if self.codes else value

    def name_in(self, language: str) -> str:
        """Give the name in fi or sv."""
        return self.sv if language == "sv" else self.fi


UNKNOWN = ("UNKNOWN", "ei tiedossa", "okänt")
AGE_GROUPS = ((0, 6), (7, 17), (18, 24), (25, 34), (35, 44), (45, 54), (55, 64))

_ALL = (
    Dimension("RESPONSIBLE", "vastuuviranomainen", "ansvarig myndighet", "RESPONSIBLE"),
    Dimension("GENDER", "sukupuoli", "kön", "GENDER"),
    Dimension("AGE_GROUP", "ikäryhmä", "åldersgrupp", None,
              (*((f"{low}-{high}", f"{low}–{high} vuotta", f"{low}–{high} år") for low, high in AGE_GROUPS), ("65-", "65 vuotta täyttäneet", "65 år fyllda"))),
)  # fmt: skip
# What is asked of the matter itself, not of its person.
_OF_MATTER = (
    Dimension("EXTENSION_GROUND", "pidentämisen peruste", "grund för förlängningen", "EXTENSION_GROUND"),
    Dimension("PLAN_END_REASON", "päättymisen syy", "orsak till avslutandet", "PLAN_END_REASON"),
    Dimension("GOAL_TYPE", "tavoitteen laji", "typ av mål", "GOAL_TYPE"),
    Dimension("HINDRANCE", "vaikeuttava tekijä", "försvårande faktor", "HINDRANCE"),
    Dimension("SERVICE_TYPE", "palvelun tyyppi", "typ av tjänst", "SERVICE_TYPE"),
)
DIMENSIONS: dict[str, Dimension] = {one.key: one for one in (*_ALL, *_OF_MATTER)}

# What every person has on the last day of a period, in the order of `Subject.values`.
OF_PERSON: tuple[str, ...] = ("RESPONSIBLE", "GENDER", "AGE_GROUP")


def age_group(years: int) -> str:
    """Give the group of an age in full years."""
    return next((f"{low}-{high}" for low, high in AGE_GROUPS if years <= high), "65-")
