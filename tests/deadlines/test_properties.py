"""What holds for every history: some hundred invented ones, the same on every run."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from app.deadlines.compute import compute
from app.deadlines.facts import Event, Facts, Settings, event_types
from app.deadlines.numbers import Kind
from app.deadlines.obligations import Obligation
from app.deadlines.working_days import day_off

GROUNDS = ("LOW_EDU", "MULTI_SERVICE", "HOME_CARE", "STUDIES_U25", "INTERRUPTION")
MAXIMA = ("R09", "R10", "R11", "R12", "R13", "R30")
PLAN_TYPES = ("PLAN_DRAWN_UP", "PLAN_REVIEWED", "PLAN_EXTENDED", "INTERRUPTION")
SEEDS = range(120)


def some_event(random: Random, kind: str) -> Event:
    on = date(2023, 1, 1) + timedelta(days=random.randrange(2200))
    to = on + timedelta(days=random.randrange(900)) if kind in ("PLAN_EXTENDED", "INTERRUPTION") and random.random() < 0.8 else None
    ground = random.choice(GROUNDS) if kind == "PLAN_EXTENDED" else None
    return Event(type=kind, on=on, to=to, ground=ground, plan=random.choice((None, 1, 2)), need_of_plan=random.choice((None, True, False)))


def history(seed: int) -> tuple[Random, Facts, list[Event], date]:
    random = Random(seed)
    kinds = [*random.choices(sorted(event_types()), k=10), *random.choices(PLAN_TYPES, k=8), "PLAN_DRAWN_UP"]
    born = random.choice((None, date(1990, 5, 5), date(2002, 2, 2) + timedelta(days=random.randrange(1500))))
    facts = Facts(birth_date=born, assessment_grounds=frozenset(random.sample(["A1", "A2", "A6"], 2)), reimbursement_group="G1")
    return random, facts, [some_event(random, kind) for kind in kinds], date(2023, 1, 1) + timedelta(days=random.randrange(2500))


def maximum(found: tuple[Obligation, ...]) -> date:
    return max(one.due_on for one in found if one.rule in MAXIMA)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_entry_changes_nothing(seed: int) -> None:
    random, facts, events, as_of = history(seed)
    before = compute(facts, events, Settings(), as_of)
    for _ in range(3):
        random.shuffle(events)
        assert compute(facts, events, Settings(), as_of) == before


@pytest.mark.parametrize("seed", range(400))
def test_an_interruption_or_an_extension_never_brings_a_maximum_earlier(seed: int) -> None:
    random = Random(seed)
    facts = Facts(birth_date=date(2000, 1, 1) + timedelta(days=random.randrange(2500)))
    events = [some_event(random, kind) for kind in ["PLAN_DRAWN_UP", *random.choices(("PLAN_REVIEWED", "PLAN_EXTENDED", "INTERRUPTION"), k=5)]]
    as_of = date(2023, 1, 1) + timedelta(days=random.randrange(2500))
    before = compute(facts, events, Settings(), as_of)
    for kind in ("INTERRUPTION", "PLAN_EXTENDED") * 4:
        after = compute(facts, [*events, some_event(random, kind)], Settings(), as_of)
        assert maximum(after) >= maximum(before)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_day_comes_before_its_event_and_no_task_falls_on_a_day_off(seed: int) -> None:
    _random, facts, events, as_of = history(seed)
    for one in compute(facts, events, Settings(), as_of):
        # R20 counts back from the arrival; an extension is decided at any time before the maximum or after.
        if one.rule not in ("R20", *MAXIMA):
            assert one.due_on >= one.start_on, one.rule
        if one.kind is not Kind.LIMIT and not (one.rule == "R29" and one.start_type == "BREACH_DETECTED") and one.rule != "R27":
            assert day_off(one.due_on) is None, one.rule
        assert (one.state == "open") <= (as_of <= one.due_on) and (one.state in ("overdue", "passed")) <= (as_of > one.due_on)


@pytest.mark.parametrize("seed", SEEDS[:40])
def test_every_reason_is_whole_in_both_languages(seed: int) -> None:
    _random, facts, events, as_of = history(seed)
    for one in compute(facts, events, Settings(), as_of):
        for text in one.why.values():
            assert "{" not in text and "None" not in text and "_" not in text and one.section in text and text.endswith(".")
        assert one.why["fi"] != one.why["sv"]
