"""What is said of groups: the largest and the smallest, or the highest and the lowest, of those that are large enough to be compared."""

from __future__ import annotations

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from app.reports.catalogue.indicator import Indicator, Measure
from app.reports.charts.reading import Row
from app.reports.charts.words import figure_text, is_same, share_text
from app.reports.shown import SMALL, base_of

# So many equal groups are still named one by one.
_NAMED = 3
# From this share on it is worth saying that a group is not known.
_MUCH = 0.1


def said_of_groups(indicator: Indicator, rows: list[Row]) -> list[str]:
    """Say how the groups of one period differ."""
    shown = [row for row in rows if row.value is not None]
    return _sizes(indicator, rows, shown) if indicator.measure is Measure.COUNT else _rates(indicator, shown)


def name_of(row: Row) -> str:
    """Give the label of a row, with that of its panel where it has both."""
    if row.panel and row.figure and len(row.figure.values) > 1:
        return _("%(first)s, %(second)s", first=row.panel, second=row.label)
    return row.panel or row.label


def _value(row: Row) -> float:
    return row.value or 0


def _sizes(indicator: Indicator, rows: list[Row], shown: list[Row]) -> list[str]:
    total = sum(map(_value, shown))
    is_whole = not any(row.is_hidden for row in rows)
    if total < SMALL:
        return [_("There are too few for the groups to be compared.")]
    compared = sorted((row for row in shown if not row.is_unknown), key=_value, reverse=True)
    said = _largest(indicator, compared, total if is_whole else None)
    unknown = sum(_value(row) for row in shown if row.is_unknown)
    if is_whole and unknown / total >= _MUCH:
        said.append(_("The group is not known for %(share)s.", share=share_text(unknown / total)))
    return said


def _largest(indicator: Indicator, compared: list[Row], total: float | None) -> list[str]:
    if not compared or not compared[0].value:
        return []
    if len(compared) > 1 and compared[0].value == compared[-1].value:
        return [_("The groups are equally large: %(figure)s each.", figure=figure_text(indicator, compared[0].value))]
    ends = [_ends(compared, compared[0].value), _ends(compared, _value(compared[-1]))]
    figures = [figure_text(indicator, compared[0].value), figure_text(indicator, _value(compared[-1]))]
    said = []
    if len(ends[0]) > 1:
        said.append(_("The largest groups are %(groups)s: %(figure)s each.", groups=_listed(ends[0]), figure=figures[0]))
    elif total is None:
        said.append(_("The largest group shown is %(group)s: %(figure)s.", group=name_of(ends[0][0]), figure=figures[0]))
    else:
        share = share_text(compared[0].value / total)
        said.append(
            _(
                "The largest group is %(group)s: %(figure)s, which is %(share)s of all.",
                group=name_of(ends[0][0]),
                figure=figures[0],
                share=share,
            )
        )
    # What is hidden may be smaller than anything shown.
    if total is not None and len(compared) > 2 and len(ends[1]) == 1:
        said.append(_("The smallest is %(group)s: %(figure)s.", group=name_of(ends[1][0]), figure=figures[1]))
    return said


def _ends(compared: list[Row], value: float) -> list[Row]:
    return [row for row in compared if row.value == value]


def _listed(rows: list[Row]) -> str:
    return format_list([name_of(row) for row in rows], locale=get_locale()) if len(rows) <= _NAMED else _("several groups")


def _rates(indicator: Indicator, shown: list[Row]) -> list[str]:
    compared = [row for row in shown if not row.is_unknown and row.figure and (base_of(indicator, row.figure) or 0) >= SMALL]
    small = sum(not row.is_unknown for row in shown) - len(compared)
    if len(compared) < 2:
        return [_("The groups are too small to be compared.")]
    low, high = min(compared, key=_value), max(compared, key=_value)
    if is_same(indicator, _value(low), _value(high)):
        said = [_("The groups do not differ: %(figure)s.", figure=figure_text(indicator, _value(low)))]
    else:
        said = [
            _(
                "It is highest in %(high)s, %(most)s, and lowest in %(low)s, %(least)s.",
                high=name_of(high),
                most=high.text,
                low=name_of(low),
                least=low.text,
            )
        ]
    if small:
        said.append(ngettext("%(num)d group is too small to be compared.", "%(num)d groups are too small to be compared.", small))
    return said
