"""An exercise and its version, and a path of exercises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from app.training.exercises.steps import Step

# What the sections of exercises are of.
ACT = "681/2023"


@dataclass(frozen=True)
class Exercise:
    """A task that is checked from what was done; `edition` is raised when what is asked changes though the steps are named the same.

    `roles` are those it can be done by, `section` is of `ACT` as `sections_in_words` reads it ("18.2, 32 a"), `start` the address it begins at.
    """

    id: str
    roles: tuple[str, ...]
    section: str
    start: str
    steps: tuple[Step, ...]
    edition: int = 1

    @property
    def version(self) -> str:
        """Give a digest of what the exercise asks; its texts can be mended without a new one."""
        asked = [self.id, str(self.edition), *self.roles, *(part for step in self.steps for part in (step.key, *step.events, *step.reasons))]
        return sha256("\n".join(asked).encode()).hexdigest()[:16]

    @property
    def events(self) -> tuple[str, ...]:
        """Give the events that its steps read."""
        return tuple(name for step in self.steps for name in step.events)


@dataclass(frozen=True)
class Path:
    """The exercises of a role's work, in their order; `key` is at most twelve letters."""

    key: str
    exercises: tuple[Exercise, ...]

    @property
    def version(self) -> str:
        """Give a digest that changes when an exercise comes, goes or asks something else."""
        return version_of(self.exercises)


def version_of(exercises: Sequence[Exercise]) -> str:
    """Give the digest of what exercises ask, in 16 hexadecimal characters."""
    return sha256("\n".join(one.version for one in exercises).encode()).hexdigest()[:16]
