"""The ready-made views: for whom each is, what it opens with and what it goes on to show (reporting.md § 10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Audience, Indicator
from app.reports.periods import Length


def _ids(*ranges: tuple[int, int]) -> tuple[str, ...]:
    return tuple(f"I{number:02}" for first, last in ranges for number in range(first, last + 1))


@dataclass(frozen=True, kw_only=True)
class ReadyMade:
    """A view: `first` are told in large figures, `then` in tables by theme. Indicators that its reader may not see are left out of it."""

    name: str
    title: Any
    lead: Any
    audiences: frozenset[Audience]
    first: tuple[str, ...]
    then: tuple[str, ...]
    length: Length = Length.QUARTER

    def shown_to(self, audience: Audience) -> list[Indicator]:
        """Give its indicators in order, those of `first` before the others."""
        keys = dict.fromkeys((*self.first, *self.then))
        return [INDICATORS[key] for key in keys if key in INDICATORS and audience in INDICATORS[key].audiences]


_ALL = (
    ReadyMade(
        name="my-work", title=_l("My work in figures"), lead=_l("The clients of the unit that you serve, and what is about to fall due."),
        audiences=frozenset({Audience.WORKER}), first=("I01", "I24", "I25"), then=("I02", "I18", "I28", "I82", "I91"),
    ),
    ReadyMade(
        name="team", title=_l("The team in figures"), lead=_l("How much there is to do, and what is late or about to be."),
        audiences=frozenset({Audience.LEAD}), first=("I01", "I90", "I25"), then=("I18", "I28", "I91", "I92"),
    ),
    ReadyMade(
        name="municipality", title=_l("The quarter of the municipality"), lead=_l("From the first contact to the end of the plan: how the municipality's integration services did."),
        audiences=frozenset({Audience.MUNICIPALITY, Audience.LEAD}), first=("I01", "I12", "I24", "I60"),
        then=_ids((1, 5), (10, 16), (20, 31), (40, 50), (60, 60), (73, 76), (92, 93)),
    ),
    ReadyMade(
        name="wellbeing-county", title=_l("The wellbeing services county"), lead=_l("Where the county takes part, and the children and young people whom the act concerns."),
        audiences=frozenset({Audience.COUNTY}), first=("I15", "I31", "I80"), then=("I01", "I02", "I81", "I82"),
    ),
    ReadyMade(
        name="region", title=_l("The region"), lead=_l("Availability and effect of the services in the municipalities of the region."),
        audiences=frozenset({Audience.AGENCY}), first=("I02", "I12", "I24", "I43"), then=("I01", "I06", *_ids((21, 24), (41, 47), (70, 72))),
    ),
    ReadyMade(
        name="country", title=_l("The whole country"), lead=_l("What the municipalities' records tell together."),
        audiences=frozenset({Audience.NATIONAL, Audience.MINISTRY}), first=("I01", "I12", "I22", "I60"), then=_ids((1, 7), (10, 50), (60, 76), (80, 81), (92, 98)),
    ),
    ReadyMade(
        name="data-protection", title=_l("Data protection"), lead=_l("What waits to be deleted, whose rights are in force, what was found in the log, and to whom data were disclosed."),
        audiences=frozenset({Audience.OFFICER}), first=("I96", "I95", "I99"), then=("I94", "I97"),
    ),
)  # fmt: skip
READY_MADE: dict[str, ReadyMade] = {one.name: one for one in _ALL}


def views_for(audience: Audience) -> list[ReadyMade]:
    """Give the views that an audience may open."""
    return [one for one in _ALL if audience in one.audiences]
