"""The chain from a person to a client, link by link, and the name of the first link that breaks. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Refusal(StrEnum):
    """Why a right does not open a client's data; NO_RIGHT stands where a person has no right at all."""

    ACCOUNT_CLOSED = "ACCOUNT_CLOSED"
    NO_RIGHT = "NO_RIGHT"
    NOT_OPENED = "NOT_OPENED"
    NOT_BEGUN = "NOT_BEGUN"
    OVER = "OVER"
    ENDED = "ENDED"
    ROLE_WITHOUT_CLIENTS = "ROLE_WITHOUT_CLIENTS"
    NO_RELATION = "NO_RELATION"
    RELATION_NOT_BEGUN = "RELATION_NOT_BEGUN"
    RELATION_OVER = "RELATION_OVER"


@dataclass(frozen=True, kw_only=True)
class Right:
    """A person's right as the chain asks of it; `opens_clients` tells whether role and own role together open a client's page."""

    is_account_open: bool
    is_opened: bool
    is_ended: bool
    valid_from: date
    valid_to: date | None
    opens_clients: bool


@dataclass(frozen=True, kw_only=True)
class Relation:
    """An organisation's standing to the client: the controller's own (§ 78) or shared for a purpose and a period."""

    is_owner: bool
    purpose: str
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def broken_link(right: Right, relation: Relation | None, on: date) -> Refusal | None:
    """Give the first link that does not hold on a day, None when the right opens the client. Basis: 681/2023 §§ 79.2, 80.4, 81."""
    checks = (
        (not right.is_account_open, Refusal.ACCOUNT_CLOSED),
        (right.is_ended, Refusal.ENDED),
        (not right.is_opened, Refusal.NOT_OPENED),
        (on < right.valid_from, Refusal.NOT_BEGUN),
        (right.valid_to is not None and right.valid_to < on, Refusal.OVER),
        (not right.opens_clients, Refusal.ROLE_WITHOUT_CLIENTS),
        (relation is None, Refusal.NO_RELATION),
        (relation is not None and on < relation.valid_from, Refusal.RELATION_NOT_BEGUN),
        (relation is not None and not relation.holds_on(on), Refusal.RELATION_OVER),
    )
    return next((refusal for is_broken, refusal in checks if is_broken), None)


def telling_relation(relations: list[Relation], on: date) -> Relation | None:
    """Choose of an organisation's relations the one to speak of: one in force, else the latest."""
    return next((row for row in relations if row.holds_on(on)), None) or max(relations, key=lambda row: row.valid_from, default=None)
