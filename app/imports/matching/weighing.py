"""What becomes of a row, of all whom it may be and what a person has said of them; pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from app.imports.mapping.findings import Finding, tier_of
from app.imports.matching.rules import LIKELY, SURE, Likeness

NEW, JOIN, UNDECIDED = "NEW", "JOIN", "UNDECIDED"


class Earlier(NamedTuple):
    """A row that stands before another and has a digest in common with it; `number` is the row as the user sees it."""

    key_digest: str
    number: int
    record: dict[str, Any]


@dataclass(frozen=True)
class Option:
    """One whom a row may be: a client of ours, or an earlier row of the source."""

    likeness: Likeness
    client_id: str | None = None
    earlier: Earlier | None = None
    # What a person decided: the same, another, or nothing yet.
    is_same: bool | None = None

    @property
    def other(self) -> str:
        """Give what a decision calls it."""
        return self.client_id or (self.earlier.key_digest if self.earlier else "")

    @property
    def has_code(self) -> bool:
        return not {"CODE", "CODE_OF_ANOTHER"}.isdisjoint(self.likeness.reasons)


@dataclass(frozen=True)
class Match:
    """What becomes of a row. JOIN names the client of ours, or the key of the earlier row whose client it is.

    `parted` are own clients whom a person judged to be others; `options` those who are still asked about.
    """

    kind: str
    client_id: str | None = None
    with_key: str | None = None
    findings: tuple[Finding, ...] = ()
    parted: tuple[str, ...] = ()
    options: tuple[Option, ...] = field(default=(), compare=False)


def weigh(options: Sequence[Option], day: date) -> Match:
    """Weigh whom a row may be: what a person said goes first, then what is sure, then everything is asked. `options` have clients first."""
    parted = tuple(one.client_id for one in options if one.client_id and one.is_same is False)
    said, rest = [one for one in options if one.is_same], [one for one in options if one.is_same is None]
    if len({one.client_id for one in said if one.client_id}) > 1:
        return _asked(said, parted, day)
    chosen = next(iter(said or [one for one in rest if one.likeness.kind == SURE]), None)
    blocking = [one for one in options if one is not chosen and _stands_in_the_way(one, chosen)]
    if blocking:
        return Match(UNDECIDED, findings=_findings("MATCH_CODE_OF_ANOTHER", blocking, day), parted=parted)
    if chosen:
        return Match(JOIN, chosen.client_id, chosen.earlier.key_digest if chosen.earlier else None, _findings("MATCH_JOINED", [chosen], day), parted)
    return _asked(rest, parted, day) if rest else Match(NEW, parted=parted)


def _stands_in_the_way(one: Option, chosen: Option | None) -> bool:
    """Tell whether somebody else has the row's code, which stands once in a register, whatever was decided."""
    if not one.has_code or one.is_same:
        return False
    if one.is_same is False:
        return True
    # An earlier row with the code that is surely the same person comes to the same client.
    return chosen is not None and (one.likeness.kind == LIKELY or bool(one.client_id and chosen.client_id))


def _asked(options: Sequence[Option], parted: tuple[str, ...], day: date) -> Match:
    client = next((one.client_id for one in options if one.client_id), None)
    key = next((one.earlier.key_digest for one in options if one.earlier), None)
    found = tuple(finding for one in options for finding in _findings(_code_of(one), [one], day))
    return Match(UNDECIDED, client, key, tuple(dict.fromkeys(found)), parted, tuple(options))


def _code_of(option: Option) -> str:
    if "CODE_OF_ANOTHER" in option.likeness.reasons:
        return "MATCH_CODE_OF_ANOTHER"
    return "MATCH_TWICE" if option.earlier else "MATCH_LIKELY"


def _findings(code: str, options: Sequence[Option], day: date) -> tuple[Finding, ...]:
    """Give findings; about a row of the source the value is the number that it has there."""
    return tuple(dict.fromkeys(
        Finding(tier_of(code, day), code, "identity_code" if one.has_code else "family_name", value=str(one.earlier.number) if one.earlier else "") for one in options
    ))  # fmt: skip
