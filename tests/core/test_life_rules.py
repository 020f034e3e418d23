"""What a life tells of itself, and what a deed does to a row: it leads on, or is refused and leaves the row as it was."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from statemachine import State

from app.core.states import Life, NotNow, follow


class Lamp(Life):
    """A record that can be out, lit and broken."""

    out, lit, broken = State(value="OUT", initial=True), State(value="LIT"), State(value="BROKEN", final=True)
    light = out.to(lit)
    drop = out.to(broken) | lit.to(broken)


@dataclass
class Row:
    status: str
    name: str = "lamp"


STEPS = {("OUT", "light"): "LIT", ("OUT", "drop"): "BROKEN", ("LIT", "drop"): "BROKEN"}
REFUSED = [(status, deed) for status in ("OUT", "LIT", "BROKEN") for deed in ("light", "drop") if (status, deed) not in STEPS]


def test_a_life_names_its_deeds_and_steps() -> None:
    assert Lamp.deeds() == ["light", "drop"] and Lamp.by_itself == frozenset()
    assert {(status, deed): target for status, deed, target in Lamp.steps()} == STEPS and len(Lamp.steps()) == len(STEPS)


@pytest.mark.parametrize(("status", "deed"), STEPS)
def test_a_deed_leads_to_its_state(status: str, deed: str) -> None:
    row = Row(status)
    assert Lamp.allows(status, deed)
    follow(Lamp, row, deed)
    assert row == Row(STEPS[status, deed])


@pytest.mark.parametrize(("status", "deed"), REFUSED)
def test_a_deed_that_the_state_does_not_allow_is_refused(status: str, deed: str) -> None:
    row = Row(status)
    assert not Lamp.allows(status, deed)
    with pytest.raises(NotNow) as refused:
        follow(Lamp, row, deed)
    assert row == Row(status)
    assert (refused.value.life, refused.value.status, refused.value.deed, str(refused.value)) == (Lamp, status, deed, f"Lamp: {deed} in {status}")


def test_a_state_or_deed_that_there_is_not_is_not_allowed() -> None:
    assert not Lamp.allows("LOST", "light") and not Lamp.allows("OUT", "sell")
