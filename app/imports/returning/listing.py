"""The list of findings in words: its headings, and a line for each finding."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from app.imports.reading.codes import TIERS as CODES, Tier
from app.imports.reading.headers import letter
from app.imports.reading.labels import SENTENCES, TIERS as LABELS
from app.imports.reading.messages import End
from app.imports.returning.marks import SHADOW, TIERS, Mark
from app.imports.specification.texts import SEVERITIES


@dataclass(frozen=True)
class Line:
    """A mark with the value that was found; `place` is the row and column of the returned sheet, counted from 1."""

    mark: Mark
    place: tuple[int, int] | None = None
    value: str = ""

    @property
    def address(self) -> str:
        """Give the place as a spreadsheet shows it."""
        return f"{letter(self.place[1])}{self.place[0]}" if self.place else ""

    def texts(self) -> list[str | int]:
        """Give what stands under the headings."""
        one = self.mark
        return [tier_label(one.tier), one.sheet, one.row or "", one.column, self.address, self.value, *one.sentences]


def headings() -> list[str]:
    """Give the headings of the list in the language in force."""
    return [_("Effect"), _("Sheet"), _("Row"), _("Column"), _("Cell"), _("Value"), _("Reason"), _("What helps")]


def notice(is_complete: bool) -> str:
    """Tell what to do with the file."""
    if is_complete:
        return _("Correct the marked cells in this file and send it again. This list is left out when the file is read.")
    return _("The file could not be read to its end, so its rows are not here. Correct the original file and send it again.")


def tier_label(tier: str) -> str:
    """Give the effect of a finding in words."""
    return str(SEVERITIES["shadow"] if tier == SHADOW else LABELS[Tier(tier)])


def uncounted(end: End) -> list[Mark]:
    """Give a mark for each kind of finding of which not all were told one by one."""
    return [
        Mark("", 0, "", CODES[code].value, (str(SENTENCES[code].reason), _("More of this kind that are not listed one by one: %(number)d", number=number)))
        for code, number in end.more.items() if code in SENTENCES
    ]  # fmt: skip


def comment_of(marks: list[Mark]) -> str:
    """Give the text of a comment: each finding with its effect, reason and cure on lines of their own, the worst first."""
    ordered = sorted(marks, key=lambda one: TIERS.index(one.tier))
    return "\n\n".join("\n".join((tier_label(one.tier), *one.sentences)) for one in ordered)


def worst(marks: list[Mark]) -> str:
    """Give the worst effect of several findings."""
    return min((one.tier for one in marks), key=TIERS.index)
