"""The rules that a row tells whole: an event starts them, another fulfils them, a third takes their ground away. Basis: each row's section."""

from __future__ import annotations

from collections.abc import Iterator

from app.deadlines.conditions import CONDITIONS, start_types
from app.deadlines.counting import Counted, count
from app.deadlines.facts import Case, Event
from app.deadlines.numbers import Kind, Number, Unit, number, number_for_event, rules
from app.deadlines.obligations import Obligation, State, limit_state, obligation
from app.deadlines.texts import Step

# What the reasons of a rule add.
_REMARKS = {"R14": "studies_only", "R20": "decision", "R26": "information"}


def tasks(case: Case) -> Iterator[Obligation]:
    """Give the obligations of every rule but those of a plan's maximum."""
    for rule in rules():
        for start in _starts(case, rule):
            row = number_for_event(rule, start.on)
            found = row and _followed(case, row, start)
            if found:
                yield found


def _starts(case: Case, rule: str) -> list[Event]:
    """Give the events that start a rule, one for a day and plan."""
    row = number(rule, case.as_of)
    if row.times == "own":
        return []
    found = case.of(*start_types(case, rule, row.start))
    if not found:
        return []
    asks = CONDITIONS.get(rule, lambda case, start: True)
    found = [event for event in found if asks(case, event)]
    one_for_each: dict[tuple[object, object], Event] = {}
    for event in found[:1] if row.times == "first" else found:
        one_for_each.setdefault((event.on, event.plan), event)
    return list(one_for_each.values())


def _followed(case: Case, row: Number, start: Event) -> Obligation | None:
    """Follow one limit from its event to its state on the day; None when its ground went away in time."""
    counted = count(start.on, row, case.settings)
    steps = counting_steps(row, start, counted)
    if row.kind is Kind.LIMIT:
        return obligation(case, row, start, counted.due_on, limit_state(case, counted.due_on), steps)
    met, ceased = _met(case, row, start), _ceased(case, row, start)
    if met and (ceased is None or met.on <= ceased.on):
        late = (met.on - counted.due_on).days
        told = Step("late", day=met.on, length=(late, "days"), event=met.type) if late > 0 else Step("met", day=met.on, event=met.type)
        return obligation(case, row, start, counted.due_on, State.MET, [*steps, told])
    if ceased:
        told = Step("ceased", day=ceased.on, event=ceased.type)
        return obligation(case, row, start, counted.due_on, State.PASSED, [*steps, told]) if ceased.on > counted.due_on else None
    late = (case.as_of - counted.due_on).days
    told_late = [Step("overdue", length=(late, "days"))] if late > 0 else []
    return obligation(case, row, start, counted.due_on, State.OVERDUE if late > 0 else State.OPEN, [*steps, *told_late])


def _is_of_same_plan(event: Event, start: Event) -> bool:
    return event.plan is None or start.plan is None or event.plan == start.plan


def _met(case: Case, row: Number, start: Event) -> Event | None:
    """Give the first event that fulfils; on the day of the start itself only one that could not be the start."""
    for event in case.of(*row.met_by):
        is_after = event.on > start.on or (event.on == start.on and event.type not in row.start)
        if is_after and event.on <= case.as_of and _is_of_same_plan(event, start):
            return event
    return None


def _ceased(case: Case, row: Number, start: Event) -> Event | None:
    for event in case.of(*row.ceased_by):
        if start.on < event.on <= case.as_of and (event.type != "PLAN_ENDED" or _is_of_same_plan(event, start)):
            return event
    return None


def counting_steps(row: Number, start: Event, counted: Counted) -> list[Step]:
    """Tell how the last day was counted. Basis: 150/1930 §§ 2, 3 and 5."""
    sentence = "birthday" if start.type == "BIRTH" else "back" if counted.amount < 0 else "year_end" if row.unit is Unit.YEAR_ENDS else "counted"
    steps = [Step(sentence, length=(counted.amount, counted.unit.value), what=row, day=counted.end)]
    if row.kind is Kind.SOFT:
        steps.append(Step("local"))
    if counted.due_on != counted.end:
        steps.append(Step("moved", day=counted.end, holiday=counted.day_off, due=counted.due_on))
    elif counted.day_off:
        steps.append(Step("stays", day=counted.end, holiday=counted.day_off))
    if start.type != "BIRTH" and start.on < row.valid_from:
        steps.append(Step("older_event"))
    return [*steps, *([Step(_REMARKS[row.id])] if row.id in _REMARKS else [])]
