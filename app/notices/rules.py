"""Whom an announcement concerns and when, and what its form may hold. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

INFORMATION, OUTAGE, WARNING = "INFORMATION", "OUTAGE", "WARNING"
LONGEST_OUTAGE = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Announced:
    """An announcement as every process keeps it; `texts` are (heading, text) by language."""

    id: str
    kind: str
    texts: dict[str, tuple[str, str]]
    shown_from: date
    shown_to: date
    outage_from: datetime | None = None
    outage_to: datetime | None = None
    role: str | None = None
    audience_id: str | None = None
    stage: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads a page; all None for whoever has not signed in or has no right."""

    role: str | None = None
    organisation_id: str | None = None
    stage: str | None = None
    dismissed: frozenset[str] = frozenset()


def is_current(announced: Announced, today: date, moment: datetime) -> bool:
    """Tell whether an announcement stands on pages: on its days, and an outage until it is over."""
    is_over = announced.outage_to is not None and announced.outage_to <= moment
    return announced.shown_from <= today <= announced.shown_to and not is_over


def concerns(announced: Announced, reader: Reader) -> bool:
    """Tell whether an announcement is for a reader who has not dismissed it; every limit that it has must fit."""
    limits = ((announced.role, reader.role), (announced.audience_id, reader.organisation_id), (announced.stage, reader.stage))
    is_dismissed = announced.kind == INFORMATION and announced.id in reader.dismissed
    return not is_dismissed and all(wanted is None or wanted == found for wanted, found in limits)


def broken_rules(kind: str, shown: tuple[date, date], outage: tuple[datetime | None, datetime | None]) -> Iterator[tuple[str, str]]:
    """Give (field, reason) of what does not fit together; an outage has a time, within the days of the announcement."""
    first, last = shown
    begins, ends = outage
    if last < first:
        yield "shown_to", "ORDER"
    if kind != OUTAGE:
        return
    if begins is None or ends is None:
        yield "outage_from" if begins is None else "outage_to", "NO_OUTAGE"
    elif ends <= begins:
        yield "outage_to", "OUTAGE_ORDER"
    elif ends - begins > LONGEST_OUTAGE:
        yield "outage_to", "TOO_LONG"
    elif not (first <= begins.astimezone().date() <= last and ends.astimezone().date() <= last):
        yield "outage_from", "NOT_SHOWN"


def still_kept(dismissed: frozenset[str], key: str, known: frozenset[str]) -> str:
    """Write what a reader has dismissed with one more, less what is not there any more, as the column holds it."""
    return " ".join(sorted((dismissed | {key}) & known))
