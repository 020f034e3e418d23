"""What the time limits are counted from: facts of a client, events, and the readings of open points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

from app.deadlines.numbers import Kind, numbers

# Events that no row of the rules names, but their code does.
_FURTHER = ("PLAN_EXTENDED", "INTERRUPTION", "JOB_SEARCH_ENDED")


@cache
def event_types() -> frozenset[str]:
    """Give every type of event; a birth is a fact of the client, not an event."""
    named = {name for row in numbers() for name in (*row.start, *row.met_by, *row.ceased_by)}
    return frozenset(named | set(_FURTHER)) - {"BIRTH"}


@cache
def local_settings() -> frozenset[str]:
    """Give the names of the numbers that are local settings: the statute says "without delay"."""
    return frozenset(row.setting for row in numbers() if row.kind is Kind.SOFT)


@dataclass(frozen=True)
class Period:
    """Days from `start` to `end`, both included; `end` is None while it goes on."""

    start: date
    end: date | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, or is known to happen, on a day; a period has its last day in `to`."""

    type: str
    on: date
    to: date | None = None
    need_of_plan: bool | None = None
    ground: str | None = None
    plan: int | None = None
    justified: bool = False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of the client. Basis: 681/2023 §§ 2, 14.1, 14.6, 20.4, 23.3, 59, 77."""

    birth_date: date | None = None
    assessment_grounds: frozenset[str] = frozenset()
    trafficking_victim: bool = False
    residence_ground: str | None = None
    reimbursement_group: str | None = None
    home_care_allowance_periods: tuple[Period, ...] = ()
    unaccompanied: bool = False
    relative_of_quota_refugee: bool = False
    residence_conditions_met: bool = True
    retention_hold: bool = False
    # None: follows from the day the first plan was drawn up (681/2023 § 102.2).
    legacy_regime: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Local numbers by name, and one field for each open point; docs/adr/0020 tells why each default.

    `dated` are local numbers with the day each holds from, the newest last; it counts for events of that day and later. `national` are those
    of the national agency in the same form: they hold where the organisation has none of its own.
    """

    amounts: Mapping[str, int] = field(default_factory=dict)
    dated: Mapping[str, tuple[tuple[date, int], ...]] = field(default_factory=dict)
    national: Mapping[str, tuple[tuple[date, int], ...]] = field(default_factory=dict)
    interruption_counts_both_ends: bool = True
    interruption_adds_to_extension: bool = True
    interruption_extends_first_plan: bool = False
    tasks_move_to_working_day: bool = True
    all_clients_to_employment_authority: bool = False

    def amount_for(self, name: str, on: date, default: int) -> int:
        """Give the local number for an event of a day."""
        own, national = self.dated.get(name, ()), self.national.get(name, ())
        held = [amount for valid_from, amount in own if valid_from <= on] or [amount for valid_from, amount in national if valid_from <= on]
        return held[-1] if held else self.amounts.get(name, default)


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that a rule looks at; the events in the order of their days."""

    facts: Facts
    events: tuple[Event, ...]
    settings: Settings
    as_of: date

    @cached_property
    def _by_type(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for event in self.events:
            found.setdefault(event.type, []).append(event)
        return found

    def of(self, *types: str) -> list[Event]:
        """Give the events of some types, in the order of their days."""
        known = self._by_type
        if known.keys().isdisjoint(types):
            return []
        present = [name for name in types if name in known]
        if len(present) < 2:
            return list(known[present[0]])
        return [event for event in self.events if event.type in present]

    def is_jobseeker(self) -> bool:
        """Tell whether job search is valid on the day: then the employment authority is responsible. Basis: 681/2023 § 3."""
        known = [event for event in self.of("JOB_SEARCH_STARTED", "JOB_SEARCH_ENDED") if event.on <= self.as_of]
        if known:
            # A search that starts on the day another ends goes on.
            return max(known, key=lambda event: (event.on, event.type == "JOB_SEARCH_STARTED")).type == "JOB_SEARCH_STARTED"
        return "A1" in self.facts.assessment_grounds
