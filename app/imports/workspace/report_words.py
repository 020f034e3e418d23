"""The field compatibility report in words, in four parts; nothing of a person is told in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _, ngettext

from app.imports.mapping.compatibility import Losing, Placeless, report
from app.imports.mapping.mapping import Mapping
from app.imports.mapping.texts import LACKS, LAW, LOSSES
from app.imports.specification.texts import headings
from app.imports.workspace.map_form import Sheet, unknown_values

# Losses whose values are words of the old system's lists, not what stands of a person.
_OF_LISTS = ("VALUES_JOINED", "VALUES_DROPPED")
_VALUES_SHOWN = 8


def report_in_words(mapping: Mapping, sheet: Sheet) -> list[dict[str, Any]]:
    """Give the parts of the report, each with its lines of (what, sentence)."""
    found, names = report(mapping, sheet.entity, sheet.headings, sheet.values), headings(sheet.entity)
    fixed = [(names[one.field], _("Fixed value: %(value)s. Source: %(source)s", value=one.default, source=one.default_source)) for one in mapping.sources if one.default is not None]
    return [
        _part("fits", _("Fits"), "success", [*((one.column, names[one.field]) for one in found.fits), *fixed], _("No column goes into a field whole.")),
        _part("loses", _("Loses something"), "warning", [*(_losing(one, names[one.field]) for one in found.loses), *_unknown(mapping, sheet)], _("Nothing is lost.")),
        _part("no-place", _("Has no place"), "neutral", [_placeless(one) for one in found.no_place], _("Every column has a place.")),
        _part("missing", _("Missing"), "danger", [(names[one.field], str(LACKS[one.lack])) for one in found.missing], _("Nothing compulsory is missing.")),
    ]  # fmt: skip


def _part(key: str, title: str, kind: str, lines: Iterable[tuple[str, str]], empty: str) -> dict[str, Any]:
    lines = list(lines)
    return {"key": key, "title": title, "kind": kind if lines else "neutral", "lines": lines, "empty": empty}


def _losing(one: Losing, field: str) -> tuple[str, str]:
    loss = str(LOSSES[one.loss])
    if one.loss in _OF_LISTS:
        shown = ", ".join(one.values[:_VALUES_SHOWN]) + ("…" if len(one.values) > _VALUES_SHOWN else "")
        return one.column, _("%(field)s: %(loss)s Values: %(values)s.", field=field, loss=loss, values=shown)
    if one.values:
        count = ngettext("%(num)d value at least.", "%(num)d values at least.", len(one.values))
        return one.column, _("%(field)s: %(loss)s %(count)s", field=field, loss=loss, count=count)
    return one.column, _("%(field)s: %(loss)s", field=field, loss=loss)


def _placeless(one: Placeless) -> tuple[str, str]:
    law = str(LAW[one.law])
    return one.column, law if not one.reason or one.reason == law else _("%(law)s Reason for not bringing it: %(reason)s", law=law, reason=one.reason)


def _unknown(mapping: Mapping, sheet: Sheet) -> list[tuple[str, str]]:
    by_column: dict[str, list[str]] = {}
    for column, value in unknown_values(sheet, mapping):
        by_column.setdefault(column, []).append(value)
    return [
        (column, ngettext("%(num)d value stands for no value of the list yet; its rows stop.", "%(num)d values stand for no value of the list yet; their rows stop.", len(values)))
        for column, values in by_column.items()
    ]  # fmt: skip
