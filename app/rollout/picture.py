"""The picture of the rollout: the curve towards the day of the act, the regions as they lie, and who needs help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from app.codes.edition import of_edition
from app.codes.areas import reference_organisations
from app.codes.lists import label
from app.reports.charts.picture import Mark, Picture, round_places
from app.reports.charts.reading import Kind
from app.rollout.labels import WORRIES
from app.rollout.queries import Place
from app.rollout.rules import Forecast, in_use_by, worries
from app.rollout.stages import STAGES, Stage
from app.web.language import current_language
from app.web.table import table

# As they lie on the map, from the north: rows of regions in four columns.
MAP = (("", "19", "19", ""), ("", "17", "17", "18"), ("15", "16", "11", "12"), ("14", "13", "10", "09"), ("04", "06", "07", "08"), ("02", "05", "01", ""))
MONTHS = 12
# More than the largest region holds, so that a region is always whole.
SHOWN = 40
Shown = dict[str, Any]


@of_edition
def _regions() -> dict[str, tuple[str, str]]:
    return {row.code: (row.name_fi, row.name_sv) for row in reference_organisations() if row.kind == "REGION"}


def region_name(code: str) -> str:
    """Give the name of a region in the reader's language."""
    return _regions()[code][current_language() == "sv"]


def stage_text(stage: Stage | None) -> str:
    return label("ROLLOUT_STAGE", stage, current_language()) if stage else "–"


def curve(found: Sequence[Place], on: date, last: date, told: Forecast) -> Picture:
    """Give how many municipalities were and will be in use at each turn of a month, up to the day of the act."""
    begin = last - relativedelta(months=MONTHS)
    days = [begin + relativedelta(months=number) for number in range(MONTHS + 1)]
    values = in_use_by([one.progress for one in found], days, on)
    marks = tuple(Mark(format_date(day, "M/yy"), value, str(value), is_open=day > on) for day, value in zip(days, values, strict=True))
    finding = _("%(now)d of %(all)d municipalities use the system; as planned %(planned)d will by %(day)s.", now=told.now, all=told.all, planned=told.by_plans, day=format_date(last))
    return Picture(
        kind=Kind.TIME, language=current_language(), title=_("Municipalities that use the system"), finding=finding,
        what=_("Line chart over time; days to come as planned."), marks=marks, axis=tuple((place, f"{place:.0f}") for place in round_places(max(told.all, 1))),
    )  # fmt: skip


def regions(found: Iterable[Place], on: date) -> list[Shown]:
    """Give each region with a tile for each municipality, the furthest first, and where it lies on the map."""
    members: dict[str, list[Place]] = {}
    for one in found:
        members.setdefault(one.organisation.region_code or "", []).append(one)
    shown = []
    for code, row in sorted(((code, row) for row, codes in enumerate(MAP, 1) for code in dict.fromkeys(codes) if code in members)):
        ones = sorted(members[code], key=lambda one: (-STAGES.index(one.progress.stage(on)), _name(one)))
        shown.append({
            "code": code, "row": row, "name": region_name(code), "url": url_for("RolloutView.list", region=code, _anchor="who"),
            "note": _("%(now)d of %(all)d in use", now=sum(one.progress.is_in_use(on) for one in ones), all=len(ones)),
            "tiles": [{"stage": STAGES.index(one.progress.stage(on)), "text": f"{_name(one)}: {stage_text(one.progress.stage(on))}"} for one in ones],
        })  # fmt: skip
    return shown


def legend(found: Iterable[Place], on: date) -> list[Shown]:
    """Give each stage with its number and how many municipalities stand at it."""
    counts = Counter(one.progress.stage(on) for one in found)
    return [{"stage": number, "text": stage_text(stage), "count": counts[stage]} for number, stage in enumerate(STAGES)]


def who_table(found: Sequence[Place], on: date, last: date) -> Shown:
    """Give a table of organisations: how far, what next, and why help may be needed; the gravest first and at most `SHOWN`."""
    ranked = sorted(found, key=lambda one: (_gravity(one, on, last), _name(one)))[:SHOWN]
    names = {"name": _("Organisation"), "stage": _("Rollout stage"), "next": _("Next step"), "planned": _("In use, as planned"), "worries": _("Why help may be needed")}
    return table(names, [(url_for("RolloutView.show", organisation=one.organisation.id), row_of(one, on, last)) for one in ranked])


def row_of(one: Place, on: date, last: date) -> list[str]:
    """Give what a table or a file tells of an organisation."""
    planned = one.progress.planned.get(Stage.IN_USE)
    told = worries(one.progress, on, last)
    return [
        _name(one), stage_text(one.progress.stage(on)), stage_text(one.progress.next(on)), format_date(planned) if planned else "–",
        ", ".join(str(WORRIES[worry]) for worry in told) or "–",
    ]  # fmt: skip


def needs_help(one: Place, on: date, last: date) -> bool:
    return bool(worries(one.progress, on, last))


def _gravity(one: Place, on: date, last: date) -> tuple[int, ...]:
    told = worries(one.progress, on, last)
    order = [worry in told for worry in WORRIES]
    return tuple(0 if has else 1 for has in order)


def _name(one: Place) -> str:
    return one.organisation.name_in(current_language())
