"""Read the document of `deadlines compute`; each fault names its field."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from app.codes.lists import values
from app.deadlines.facts import Event, Facts, Period, Settings, event_types, local_settings

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Days of living persons and their plans; beyond them stands a slip of the pen.
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_MOST_EVENTS = 1000
_MOST_DAYS = 366


@dataclass(frozen=True)
class Question:
    """What the document asks."""

    facts: Facts
    events: tuple[Event, ...]
    settings: Settings
    as_of: date


@dataclass
class Reader:
    """Reads fields and gathers what is wrong with them."""

    reasons: list[dict[str, str]] = field(default_factory=list)

    def wrong(self, where: str, reason: str) -> None:
        """Note a fault."""
        self.reasons.append({"field": where, "reason": reason})

    def mapping(self, found: Any, where: str, known: set[str]) -> dict[str, Any]:
        """Give an object; a field nobody knows is a fault, for a misspelt fact would change the day in silence."""
        if not isinstance(found, dict):
            self.wrong(where, "must be an object")
            return {}
        for name in sorted(found.keys() - known):
            self.wrong(f"{where}.{name}".lstrip("."), "is not known")
        return {name: value for name, value in found.items() if name in known and value is not None}

    def rows(self, found: Any, where: str) -> list[Any]:
        """Give a list."""
        if isinstance(found, list):
            return found
        self.wrong(where, "must be a list")
        return []

    def day(self, found: Any, where: str, instead: date = _FIRST_DAY) -> date:
        """Give a day; a faulty one is noted once, and `instead` stands in for it so that nothing else looks wrong for its sake."""
        try:
            day = date.fromisoformat(found) if isinstance(found, str) and _DAY.fullmatch(found) else None
        except ValueError:
            day = None
        if day is None:
            self.wrong(where, "must be a day like 2026-01-15")
            return instead
        if not _FIRST_DAY <= day <= _LAST_DAY:
            self.wrong(where, f"must lie between the years {_FIRST_DAY.year} and {_LAST_DAY.year}")
        return day

    def flag(self, found: Any, where: str) -> bool:
        """Give a truth value."""
        if not isinstance(found, bool):
            self.wrong(where, "must be true or false")
        return found is True

    def whole(self, found: Any, where: str, most: int) -> int:
        """Give a whole number from 1."""
        if isinstance(found, int) and not isinstance(found, bool) and 1 <= found <= most:
            return found
        self.wrong(where, f"must be a whole number from 1 to {most}")
        return 1

    def code(self, found: Any, where: str, *lists: str) -> str:
        """Give a code of one of the lists."""
        if not any(found == value.code for name in lists for value in values(name)):
            self.wrong(where, f"must be a code of {' or '.join(lists)}")
        return str(found)


def read(document: Any) -> tuple[Question | None, list[dict[str, str]]]:
    """Give the question, or None and the reasons why there is none."""
    reader = Reader()
    found = reader.mapping(document, "", {"as_of", "facts", "settings", "events"})
    as_of = reader.day(found.get("as_of"), "as_of", _LAST_DAY)
    facts = _facts(reader, found.get("facts", {}))
    settings = _settings(reader, found.get("settings", {}))
    rows = reader.rows(found.get("events", []), "events")
    if len(rows) > _MOST_EVENTS:
        reader.wrong("events", f"must be at most {_MOST_EVENTS}")
    events = tuple(_event(reader, row, f"events[{place}]") for place, row in enumerate(rows[:_MOST_EVENTS]))
    if facts.birth_date and facts.birth_date > as_of:
        reader.wrong("facts.birth_date", "must not be after as_of")
    return (None if reader.reasons else Question(facts, events, settings, as_of)), reader.reasons


def _facts(reader: Reader, document: Any) -> Facts:
    flags = ("trafficking_victim", "relative_of_quota_refugee", "residence_conditions_met", "retention_hold", "legacy_regime")
    known = {"birth_date", "assessment_grounds", "residence_ground", "reimbursement_group", "unaccompanied_group", "home_care_allowance_periods"}
    found = reader.mapping(document, "facts", known | set(flags))
    read_by: dict[str, Callable[[Any, str], Any]] = {
        "birth_date": lambda value, where: reader.day(value, where),
        "residence_ground": lambda value, where: reader.code(value, where, "RESIDENCE_GROUND"),
        "reimbursement_group": lambda value, where: reader.code(value, where, "REIMB_GROUP"),
        "unaccompanied_group": lambda value, where: reader.code(value, where, "UNACC_GROUP"),
        "assessment_grounds": lambda value, where: frozenset(
            reader.code(code, f"{where}[{place}]", "ASSESSMENT_GROUND") for place, code in enumerate(reader.rows(value, where))
        ),
        "home_care_allowance_periods": lambda value, where: tuple(
            _period(reader, row, f"{where}[{place}]") for place, row in enumerate(reader.rows(value, where))
        ),
    } | dict.fromkeys(flags, reader.flag)
    given = {name: read_by[name](value, f"facts.{name}") for name, value in found.items()}
    given["unaccompanied"] = given.pop("unaccompanied_group", None) is not None
    return Facts(**given)


def _period(reader: Reader, document: Any, where: str) -> Period:
    found = reader.mapping(document, where, {"from", "to"})
    start = reader.day(found.get("from"), f"{where}.from")
    end = reader.day(found["to"], f"{where}.to", start) if "to" in found else None
    if end and end < start:
        reader.wrong(f"{where}.to", "must not be before its beginning")
    return Period(start, end)


def _settings(reader: Reader, document: Any) -> Settings:
    readings = {one.name for one in fields(Settings)} - {"amounts", "dated", "national"}
    found = reader.mapping(document, "settings", readings | local_settings())
    amounts = {name: reader.whole(value, f"settings.{name}", _MOST_DAYS) for name, value in found.items() if name not in readings}
    flags: dict[str, Any] = {name: reader.flag(found[name], f"settings.{name}") for name in readings & found.keys()}
    return Settings(amounts=amounts, **flags)


def _event(reader: Reader, document: Any, where: str) -> Event:
    found = reader.mapping(document, where, {one.name for one in fields(Event)})
    given: dict[str, Any] = {"type": str(found.get("type")), "on": reader.day(found.get("on"), f"{where}.on")}
    if given["type"] not in event_types():
        reader.wrong(f"{where}.type", "must be a known type of event")
    if "to" in found:
        given["to"] = reader.day(found["to"], f"{where}.to", given["on"])
        if given["to"] < given["on"]:
            reader.wrong(f"{where}.to", "must not be before its beginning")
    for name in {"need_of_plan", "justified"} & found.keys():
        given[name] = reader.flag(found[name], f"{where}.{name}")
    if "plan" in found:
        given["plan"] = reader.whole(found["plan"], f"{where}.plan", 1000)
    lists = ("EXTENSION_GROUND", "INTERRUPTION_REASON") if given["type"] == "INTERRUPTION" else ("EXTENSION_GROUND",)
    if "ground" in found or given["type"] == "PLAN_EXTENDED":
        given["ground"] = reader.code(found.get("ground"), f"{where}.ground", *lists)
    return Event(**given)
