"""What `compute` gives: obligations, each with its reasons in Finnish and Swedish."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.deadlines.facts import Case, Event
from app.deadlines.numbers import Kind, Number
from app.deadlines.texts import LANGUAGES, Step, whole


class State(StrEnum):
    """OPEN: not yet due; MET: done, also when late; OVERDUE: due and not done; PASSED: a limit behind, or a missed task nobody can do any more."""

    OPEN = "open"
    MET = "met"
    OVERDUE = "overdue"
    PASSED = "passed"


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """One time limit of a client, `start` being the event that began it."""

    rule: str
    due_on: date
    kind: Kind
    state: State
    section: str
    owner: str
    start_type: str
    start_on: date
    steps: tuple[Step, ...] = field(hash=False)
    # The rule with its case, and the number of the plan that the event was of; two limits that say the same are one.
    row: str = field(compare=False)
    plan: int | None = field(default=None, compare=False)

    @property
    def why(self) -> dict[str, str]:
        """Give the reasons in both languages; they are put into words only when somebody asks."""
        return {language: whole(self.steps, language) for language in LANGUAGES}

    def as_document(self) -> dict[str, object]:
        """Give the obligation as `deadlines compute --json` prints it."""
        return {
            "rule": self.rule, "due_on": self.due_on.isoformat(), "kind": str(self.kind), "state": str(self.state), "section": self.section,
            "why": self.why,
        }  # fmt: skip


def owner_of(case: Case, row: Number) -> str:
    """Give who is responsible; for a caseworker's task the authority follows from the job search. Basis: 681/2023 §§ 3 and 8."""
    if row.owner != "CASEWORKER":
        return row.owner
    is_employment = case.is_jobseeker() or case.settings.all_clients_to_employment_authority
    return "CASEWORKER_EMPLOYMENT" if is_employment else "CASEWORKER_MUNICIPALITY"


def obligation(case: Case, row: Number, start: Event, due_on: date, state: State, steps: list[Step]) -> Obligation:
    """Make an obligation; its reasons tell the event, the rule and its version, the counting, and who is responsible."""
    owner = owner_of(case, row)
    told = [Step("start", day=start.on, event=start.type), *steps, Step("version", rule=row, since=row), Step("no_task") if owner == "NOBODY" else Step("owner", owner=owner)]
    return Obligation(
        rule=row.id, due_on=due_on, kind=row.kind, state=state, section=row.section, owner=owner, start_type=start.type, start_on=start.on,
        steps=tuple(told), row=row.rule, plan=start.plan,
    )  # fmt: skip


def limit_state(case: Case, due_on: date) -> State:
    """Give the state of a validity limit: its last day still belongs to it."""
    return State.PASSED if case.as_of > due_on else State.OPEN
