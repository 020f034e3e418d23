"""The sentences of what stops a file: what is wrong, and what to do."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.reports.series.rows import Finding


class Sentence(NamedTuple):
    """What is wrong with a file and how it is put right."""

    reason: Any
    cure: Any


SENTENCES: dict[str, Sentence] = {
    "NOT_TEXT": Sentence(_l("The file is not text in UTF-8."), _l("Save it as CSV in UTF-8, or as JSON-stat.")),
    "TOO_LARGE": Sentence(_l("The file is larger than %(most)s megabytes."), _l("Divide it into smaller files.")),
    "TOO_MANY": Sentence(_l("The file has more than %(most)s rows."), _l("Divide it into smaller files.")),
    "NOT_A_TABLE": Sentence(_l("The file is not a table with a header row."), _l("Save it as CSV with the names of the columns on the first row.")),
    "NOT_JSON_STAT": Sentence(_l("The file is not a dataset of JSON-stat 2.0."), _l("Take the table out of the register anew as JSON-stat 2.0 or as CSV.")),
    "BREAKDOWNS": Sentence(_l("The file has more than one breakdown."), _l("Take the table out by one breakdown at a time.")),
    "COLUMN": Sentence(_l("The column is not known."), _l("Use these names of columns: %(columns)s.")),
    "COLUMN_TWICE": Sentence(_l("The column stands twice in the header row."), _l("Keep one of the two columns.")),
    "COLUMN_MISSING": Sentence(_l("The column is missing."), _l("Add the column.")),
    "EMPTY": Sentence(_l("The file has no figures."), _l("Check that it is the right file.")),
    "SOURCE": Sentence(_l("The source of the figures is missing or too long."), _l("Name the register and its table, at most 200 characters.")),
    "MISSING": Sentence(_l("The cell is empty."), _l("Fill in the cell; a figure that is not known is written with two full stops.")),
    "INDICATOR": Sentence(_l("There is no such indicator."), _l("Use the identifier of the list of indicators, such as I63.")),
    "OURS": Sentence(_l("The system counts %(indicator)s from its own records."), _l("Take the row away: figures of other registers are not brought over it.")),
    "PERIOD": Sentence(_l("There is no such period."), _l("Write the year 2026, the quarter 2026Q3 or the month 2026-09.")),
    "LEVEL": Sentence(_l("There is no such level of areas."), _l("Use one of these: %(levels)s.")),
    "AREA": Sentence(_l("The level has no area with this code."), _l("Use the official code of the area; of the whole country it is FI.")),
    "BREAKDOWN": Sentence(_l("%(indicator)s is not told by this breakdown."), _l("Its breakdowns are: %(breakdowns)s.")),
    "VALUE": Sentence(_l("The breakdown has no such value."), _l("Use a code of the breakdown, and leave both empty for all persons.")),
    "FIGURE": Sentence(_l("The figure is not a number."), _l("Write digits and a decimal comma or point; two full stops tell that the figure is not known.")),
    "NEGATIVE": Sentence(_l("The figure is below zero."), _l("Correct the figure.")),
    "SHARE": Sentence(_l("The share is over one hundred per cent."), _l("Write shares in per cent, from 0 to 100.")),
    "WHOLE": Sentence(_l("A number of this kind has no decimals."), _l("Write a whole number.")),
    "TWICE": Sentence(_l("The same figure stands on row %(row)s already."), _l("Keep one of the two rows.")),
}  # fmt: skip


def sentence_of(finding: Finding) -> tuple[str, str]:
    """Give what is wrong and what to do in the reader's language."""
    sentence = SENTENCES[finding.code]
    return str(sentence.reason) % finding.words, str(sentence.cure) % finding.words


def in_words(finding: Finding) -> dict[str, Any]:
    """Give a finding as a document with its sentences in both languages; the value is not given: it is in the sender's own file."""
    sentence, reason, cure = SENTENCES[finding.code], dict[str, str](), dict[str, str]()
    for language in ("fi", "sv"):
        with force_locale(language):
            reason[language], cure[language] = str(sentence.reason) % finding.words, str(sentence.cure) % finding.words
    return {"row": finding.row, "column": finding.column, "code": finding.code, "reason": reason, "cure": cure}
