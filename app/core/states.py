"""The life of a record: its states and the deeds that lead from one to another, declared once for code, pages, tests and pictures."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from statemachine import StateMachine
from statemachine.exceptions import TransitionNotAllowed


class HasStatus(Protocol):
    """A row with a state."""

    status: Any


class NotNow(Exception):
    """A deed that the state of the row does not allow; `str()` names codes only, the pages give the sentence."""

    def __init__(self, life: type[Life], status: str, deed: str) -> None:
        super().__init__(f"{life.__name__}: {deed} in {status}")
        self.life, self.status, self.deed = life, status, deed


class Life(StateMachine):
    """Base of the states of one kind of record; a subclass declares them as `State(value=CODE)` and its deeds as transitions.

    `codes` is the code list of the states, `view` the name of the class whose pages do the deeds, and `words` name each deed.
    A deed is the name of a page and of a permission of that view (`can_<deed>`), unless it stands in `by_itself`:
    then another change brings it about, and no page has it.
    """

    codes: ClassVar[str]
    view: ClassVar[str]
    words: ClassVar[dict[str, Any]]
    by_itself: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def deeds(cls) -> list[str]:
        """Give the names of all deeds, in the order of their declaration."""
        return [event.id for event in cls.events]  # type: ignore[attr-defined]

    @classmethod
    def steps(cls) -> list[tuple[str, str, str]]:
        """Give (state, deed, next state) for every transition."""
        return [(str(state.value), event.id, str(one.target.value)) for state in cls.states for one in state.transitions for event in one.events]

    @classmethod
    def allows(cls, status: str, deed: str) -> bool:
        """Tell whether the deed may be done in a state."""
        return any(state == status and name == deed for state, name, _target in cls.steps())


def follow(life: type[Life], item: HasStatus, deed: str) -> None:
    """Bring the row to the state that the deed leads to. Raises NotNow, and then the row is as it was."""
    status = item.status
    try:
        life(item, state_field="status").send(deed)
    except TransitionNotAllowed as error:
        raise NotNow(life, status, deed) from error
