"""What a finding becomes in the file that goes back: a mark on a cell, a row or a sheet, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.imports.mapping.findings import Finding
from app.imports.mapping.texts import CURES, in_words
from app.imports.reading.codes import Tier
from app.imports.reading.headers import letter
from app.imports.reading.labels import SENTENCES
from app.imports.reading.messages import Trouble
from app.imports.specification.rules import TEXTS

# A rule that is only tried out stops nothing and is no warning yet.
SHADOW = "shadow"
# The worst first.
TIERS = (Tier.FILE.value, Tier.ROW.value, Tier.WARNING.value, SHADOW)
_STANDINGS = {"stop-file": Tier.FILE.value, "stop-row": Tier.ROW.value, "warning": Tier.WARNING.value, "shadow": SHADOW}
# How mapping writes the columns of a field that is put together from several.
JOINED = " + "


@dataclass(frozen=True)
class Mark:
    """`row` is the number the findings tell, 0 for the whole sheet; `column` a name of the sheet's columns, "" for the whole row.

    `sentences` are the reason and the cure.
    """

    sheet: str
    row: int
    column: str
    tier: str
    sentences: tuple[str, str]


def mark_of(trouble: Trouble) -> Mark:
    """Give the mark of a finding of reading, in the language in force."""
    sentence = SENTENCES[trouble.code]
    # A column without a name is called by its letters, as the reader does.
    column = trouble.column_name or (f"[{letter(trouble.column)}]" if trouble.column else "")
    return Mark(trouble.sheet, trouble.row, column, trouble.tier.value, (str(sentence.reason), str(sentence.cure)))


def marks_of(findings: Iterable[Finding], sheet: str, row: int) -> Iterator[Mark]:
    """Give the marks of what a mapping found in a row, in the language in force; a rule that is not in force yet has none."""
    for one in findings:
        yield from kept_marks(sheet, row, one.column, one.tier, (str(TEXTS[one.reason]), in_words(CURES, one.reason)))


def kept_marks(sheet: str, row: int, column: str, tier: str, sentences: tuple[str, str]) -> Iterator[Mark]:
    """Give the mark of a finding of any step that was kept with its parts; the tier is that of the reader or of a rule."""
    tier = _STANDINGS.get(tier, tier)
    if tier in TIERS:
        yield Mark(sheet, row, column, tier, sentences)
