"""What a file says of its figures beside them: what they are, what they count and of what, from when, how complete, and what its symbols mean."""

from __future__ import annotations

from flask_babel import gettext as _

from app.codes.lists import label
from app.core.statute import in_words
from app.reports.dimensions import DIMENSIONS
from app.reports.figures import Table
from app.reports.out.contents import SYMBOLS
from app.reports.shown import areas_text
from app.reports.values import area_name
from app.web.language import speaking


def definition_of(table: Table, language: str) -> list[tuple[str, str]]:
    """Give (name, text) of everything that explains the figures, in fi or sv; what an indicator has not is left out."""
    with speaking(language):
        rows = [*_indicator(table, language), *_question(table, language), *_basis(table), *_legend(language)]
    return [(name, text) for name, text in rows if text]


def _indicator(table: Table, language: str) -> list[tuple[str, str]]:
    one = table.indicator
    return [
        (_("Indicator"), one.id), (_("Name"), one.text("name", language)), (_("Definition"), one.text("definition", language)),
        (_("What is counted"), one.text("numerator", language)), (_("Of what"), one.text("denominator", language)),
        (_("Mind this"), one.text("caution", language)), (_("Unit"), label("REPORT_UNIT", one.unit, language)),
        (_("Version of the definition"), str(one.version)), (_("Legal basis"), in_words(one.basis)),
    ]  # fmt: skip


def _question(table: Table, language: str) -> list[tuple[str, str]]:
    asked = table.question
    area = area_name(asked.level, asked.area, language, asked.areas_on) if asked.area else _("All areas")
    return [
        (_("Level"), label("REPORT_LEVEL", asked.level, language)), (_("Area"), area), (_("Areas"), areas_text(asked)), (_("Periods"), ", ".join(asked.periods)),
        (_("Breakdown"), ", ".join(DIMENSIONS[key].name_in(language) for key in asked.by)),
    ]  # fmt: skip


def _basis(table: Table) -> list[tuple[str, str]]:
    cut_off, complete = table.cut_off, table.completeness
    return [
        (_("Situation at"), cut_off.isoformat(timespec="minutes") if cut_off else ""),
        (_("Persons whose record has the fields needed"), "" if complete is None else f"{complete:.1%}".replace(".", ",").replace("%", " %")),
        (_("Periods not closed yet"), ", ".join(sorted(table.open_periods))),
        (_("Source"), _("Koto-digi, client records of the municipalities, without identity")),
    ]  # fmt: skip


def _legend(language: str) -> list[tuple[str, str]]:
    return [(_("Symbol %(symbol)s", symbol=symbol), label("REPORT_CELL", code, language)) for code, symbol in SYMBOLS.items()]
